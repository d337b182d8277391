"""Rounds on the newer forms: begun like the Safer Communities round by an officer, checked, and opened by another person."""

from typing import Any

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db, write
from portal.demonstration.cast import ADA, OMAR, PRIYA, Person, user_of
from portal.demonstration.rounds import round_of, version_id
from portal.funds import actions
from portal.funds.models import Fund, Round, RoundKind
from portal.people.models import Organisation, User
from portal.questions.published import form_of

LIKE, FUND = "SCF26", "safer-communities"
BY_INVITATION = (RoundKind.DIRECT, RoundKind.CONTRIBUTION)
WHY = "It is the only body that runs this, and other funders depend on our share. The Commissioner agreed it with the budget."


def open_round(
    code: str, title: str, form: str, return_form: str, *, kind: RoundKind = RoundKind.COMPETED, invites: Person = ADA,
    **facts: Any,
) -> Round:  # fmt: skip
    """The whole way from a draft to an open round."""
    write(draft, code, title, form, return_form, kind, facts, by=user_of(OMAR))
    if kind in BY_INVITATION:
        write(invite, code, invites, by=user_of(OMAR))
    write(lambda: actions.check(round_of(code), by=user_of(OMAR)))
    write(lambda: actions.open_round(round_of(code), by=user_of(PRIYA)))
    return round_of(code)


def draft(code: str, title: str, form: str, return_form: str, kind: RoundKind, facts: dict[str, Any], *, by: User) -> None:
    fund = db.session.scalars(select(Fund).where(Fund.slug == FUND)).one()
    made = actions.begin(fund, code, title, kind, round_of(LIKE), by=by)
    chosen = {"question_version_id": version_id(form), "return_version_id": version_id(return_form), "opens_at": clock.now(),
              "closes_at": clock.now() + clock.DAY * 42} | facts  # fmt: skip
    actions.save(made, chosen, made.edition, by=by)
    known = set(form_of(made.question_version_id or 0).by_code)
    for criterion in made.criteria:
        criterion.question_codes = [each for each in criterion.question_codes if each in known]


def invite(code: str, whom: Person, *, by: User) -> None:
    body = db.session.scalars(select(Organisation).where(Organisation.key == whom.organisation)).one()
    actions.invite(round_of(code), body, WHY, by=by)
