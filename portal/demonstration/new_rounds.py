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
    code: str, title: str, form: str, return_form: str, *, fund: str = FUND, like: str = LIKE,
    kind: RoundKind = RoundKind.COMPETED, invites: Person = ADA, **facts: Any,
) -> Round:  # fmt: skip
    """The whole way from a draft to an open round."""
    chosen = {"question_version_id": version_id(form), "return_version_id": version_id(return_form), **facts}
    write(draft, fund_called(fund), round_of(like), code, title, kind, chosen, by=user_of(OMAR))
    if kind in BY_INVITATION:
        write(invite, code, invites, by=user_of(OMAR))
    write(lambda: actions.check(round_of(code), by=user_of(OMAR)))
    write(lambda: actions.open_round(round_of(code), by=user_of(PRIYA)))
    return round_of(code)


def draft(fund: Fund, like: Round, code: str, title: str, kind: RoundKind, chosen: dict[str, Any], *, by: User) -> None:
    made = actions.begin(fund, code, title, kind, like, by=by)
    chosen = {"opens_at": clock.now(), "closes_at": clock.now() + clock.DAY * 42} | chosen
    actions.save(made, chosen, made.edition, by=by)
    known = set(form_of(made.question_version_id or 0).by_code)
    for criterion in made.criteria:
        criterion.question_codes = [each for each in criterion.question_codes if each in known]


def fund_called(slug: str) -> Fund:
    return db.session.scalars(select(Fund).where(Fund.slug == slug)).one()


def invite(code: str, whom: Person, *, by: User) -> None:
    body = db.session.scalars(select(Organisation).where(Organisation.key == whom.organisation)).one()
    actions.invite(round_of(code), body, WHY, by=by)
