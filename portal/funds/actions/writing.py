"""Writing a round down: from nothing or after an earlier one, section by section; and whom to invite."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect, select

from portal.core import clock, outbox
from portal.core.audit import OFFICE, record
from portal.core.constraints import explain
from portal.core.db import Base, db
from portal.core.problems import Conflict, NotNow, Refused
from portal.funds.actions.judging import COPIED
from portal.funds.actions.rounds import hold_numbers
from portal.funds.models import Criterion, EligibilityQuestion, Fund, GateCheck, Round, RoundInvitation, RoundKind, RoundStage
from portal.people.lists import members_of
from portal.people.models import Organisation, Right

OF_A_ROUND: tuple[type[Base], ...] = (Criterion, EligibilityQuestion, GateCheck)  # what is copied with it, row by row
ITS_OWN = {  # not copied: its name, its dates, and what happened to it
    "id", "code", "title", "kind", "fund_id", "edition", "cloned_from_id", "follows_id", "stage", "checked_at", "checked_by_id",
    "agreed_by_id", "open_at", "paused_at", "resumed_at", "pause_reason", "closed_at", "archived_at", "opens_at", "closes_at",
    "last_number", "last_test_number", "judging_edition", "judging_fixed_at",
}  # fmt: skip
CODE = re.compile(r"[A-Z][A-Z0-9]{2,9}")
explain(
    uq_round_code="Another round has this code. Choose another one.",
    ck_round_closes_after_opening="A round closes after it opens.",
    ck_round_least_within_cap="The smallest amount must not be above the limit.",
    ck_round_cap_within_pot="The limit must not be above the pot.",
    one_round_invitation_each="This body is invited already.",
)


def begin(fund: Fund, code: str, title: str, kind: RoundKind, like: Round | None = None, *, by: Any) -> Round:
    """A new draft; `like` an earlier round of any fund, it has all that one had but its dates."""
    if not CODE.fullmatch(code):
        raise Refused("Use 3 to 10 capital letters and figures, beginning with a letter, like SCF27", "code")
    if db.session.scalar(select(Round.id).where(Round.code == code)) is not None:
        raise Refused(f"There is a round {code} already. Choose another code", "code")
    made = Round(fund_id=fund.id, code=code, title=title, kind=kind, accepts=[], stage=RoundStage.DRAFT)
    if like is not None:
        copy_facts(like, made)
        made.cloned_from_id = like.id
    db.session.add(made)
    db.session.flush()
    if like is not None:
        copy_parts(like, made)
    record("round.begin", made, by=by, readers=OFFICE, like=like.code if like else "")
    return made


def copy_facts(like: Round, made: Round) -> None:
    for column in inspect(Round).column_attrs:
        if column.key not in ITS_OWN:
            setattr(made, column.key, getattr(like, column.key))


def copy_parts(like: Round, made: Round) -> None:
    """Its criteria, questions and checks, each a row of its own from now on."""
    for kind in OF_A_ROUND:
        for row in db.session.scalars(select(kind).where(kind.round_id == like.id).order_by(kind.id)):  # type: ignore[attr-defined]
            facts = {column.key: getattr(row, column.key) for column in inspect(kind).column_attrs if column.key != "id"}
            db.session.add(kind(**(facts | {"round_id": made.id})))


def bring(round_: Round, like: Round, *, by: Any) -> None:
    """Take criteria, scale and checks from another round; what was there before goes."""
    hold_draft(round_)
    for kind in OF_A_ROUND:
        for row in db.session.scalars(select(kind).where(kind.round_id == round_.id)):  # type: ignore[attr-defined]
            db.session.delete(row)
    db.session.flush()
    for name in COPIED:
        setattr(round_, name, getattr(like, name))
    copy_parts(like, round_)
    round_.edition += 1
    db.session.flush()
    db.session.expire(round_, ["criteria", "eligibility", "gate_checks"])
    record("round.bring", round_, by=by, readers=OFFICE, like=like.code)


def save(round_: Round, facts: Mapping[str, Any], edition: int, *, by: Any) -> None:
    """Save a section. Raises `Conflict` when somebody has saved since `edition`: nothing is overwritten unseen."""
    hold_draft(round_)
    changed = {name: value for name, value in facts.items() if getattr(round_, name) != value}
    if not changed:
        return
    if round_.edition != edition:
        raise Conflict("Somebody else has changed this round since you opened the page.")
    for name, value in changed.items():
        setattr(round_, name, value)
    round_.edition += 1
    record("round.save", round_, by=by, readers=OFFICE, what=sorted(changed))


def hold_draft(round_: Round) -> None:
    hold_numbers(round_)
    if round_.stage is not RoundStage.DRAFT:
        raise NotNow(f"{round_} is {round_.stage.label.lower()}, so its rules stand. Only a draft can be changed.")


def invite(round_: Round, organisation: Organisation, justification: str, *, by: Any) -> RoundInvitation:
    """Invite a body by name into a round that is not competed, with the reason why it need not compete."""
    hold_numbers(round_)
    if not round_.kind.is_by_invitation:
        raise NotNow(f"{round_} is open to all who may apply: nobody is invited.")
    if not round_.takes_invitations:
        raise NotNow(f"{round_} is {round_.stage.label.lower()}: nobody can be invited now.")
    if not justification:
        raise Refused("Say why this body need not compete", "justification")
    made = RoundInvitation(round_id=round_.id, organisation_id=organisation.id, justification=justification,
                           invited_at=clock.now(), invited_by_id=by.id)  # fmt: skip
    db.session.add(made)
    record("round.invite", round_, by=by, readers=OFFICE, organisation=organisation.name, reason=justification)
    if round_.stage is RoundStage.OPEN:
        tell_invited(round_, organisation.id)
    return made


def tell_invited(round_: Round, organisation_id: int) -> None:
    """Write to who can apply for a body. A round that nobody applies in, as it was decided elsewhere, has no way in."""
    if round_.question_version_id is not None:
        outbox.send(
            "funds/invited", to=members_of(organisation_id, Right.LEAD, Right.CONTRIBUTOR), case=round_.code, round=round_
        )


def tell_all_invited(round_: Round, *, by: Any) -> None:
    """Once the round is open, and with it the way in."""
    invited = select(RoundInvitation.organisation_id).where(RoundInvitation.round_id == round_.id)
    for organisation_id in db.session.scalars(invited.order_by(RoundInvitation.id)):
        tell_invited(round_, organisation_id)
