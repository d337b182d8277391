"""The rounds of the demonstration: written as drafts, then checked, opened and closed by the people who may."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import select

from portal.core.db import db, write
from portal.demonstration.cast import OMAR, PRIYA, user_of
from portal.demonstration.data import data
from portal.demonstration.telling import Story, at
from portal.funds import actions
from portal.funds.models import CapPer, Criterion, EligibilityQuestion, GateCheck, Round, RoundKind
from portal.funds.schemes import Kind, Scale
from portal.people.models import Organisation
from portal.questions.models import QuestionSet, QuestionVersion

PLAIN = (
    "code", "title", "cap_pence", "longest_months", "accepts", "assessors_required", "has_panel",
    "decision_working_days", "scale", "bands", "pot_pence", "keeps_reserve",
)  # fmt: skip
CHECKED_DAYS_BEFORE = 5


def draft(facts: dict[str, Any]) -> Round:
    """A round as it is written down, before anybody has looked at it."""
    made = Round(
        kind=RoundKind(facts["kind"]), cap_per=CapPer(facts["cap_per"]), opens_at=instant(facts["opens"]),
        closes_at=instant(facts["closes"]), question_version_id=version_id(facts["form"]),
        return_version_id=version_id(facts["return_form"]), **{name: facts[name] for name in PLAIN if name in facts},
    )  # fmt: skip
    made.scheme = Kind(facts.get("scheme", Kind.WEIGHTED))
    made.threshold_percent = facts.get("threshold_percent")
    for position, row in enumerate(facts["criteria"]):
        own_scale = Scale(row["scale"]) if "scale" in row else None
        made.criteria.append(
            Criterion(position=position, code=row["code"], name=row["name"], weight=row["weight"], guidance=row["guidance"],
                      question_codes=row["questions"], own_scale=own_scale, own_steps=row.get("steps", []))
        )  # fmt: skip
    for position, row in enumerate(facts.get("eligibility", [])):
        made.eligibility.append(
            EligibilityQuestion(position=position, text=row["text"], hint=row["hint"], refusal=row["refusal"],
                                passes_on_yes=row["passes_on"] == "yes")
        )  # fmt: skip
    for position, row in enumerate(facts["gate_checks"]):
        made.gate_checks.append(
            GateCheck(position=position, key=row["key"], label=row["label"], refusal=row["refusal"], prefill=row["prefill"])
        )
    return made


def in_full(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rounds of a fund; one that is like another says only what differs."""
    by_code = {row["code"]: row for row in rows}
    return [by_code[row["like"]] | row if "like" in row else row for row in rows]


def version_id(form: str | None) -> int | None:
    found = select(QuestionVersion.id).join(QuestionVersion.question_set).where(QuestionSet.key == form)
    return db.session.scalar(found) if form else None


def instant(moment: str | dict[str, Any]) -> datetime:
    """A published instant, or a time of day so many days from today."""
    return datetime.fromisoformat(moment) if isinstance(moment, str) else at(moment["days"], moment["time"])


def lives(funds: list[dict[str, Any]]) -> Iterator[Story]:
    """The life of every round so far."""
    return (life(row["code"], row.get("checked_days_before", CHECKED_DAYS_BEFORE)) for fund in funds for row in fund["rounds"])


def life(code: str, checked_days_before: int) -> Story:
    """Checked by one person, opened by another, closed by the clock."""
    window = select(Round.opens_at, Round.closes_at).where(Round.code == code)
    opens_at, closes_at = cast("tuple[datetime, datetime | None]", db.session.execute(window).one())
    yield opens_at - timedelta(days=checked_days_before)
    invite_recipients(round_of(code))
    write(actions.check, round_of(code), by=user_of(OMAR))
    yield opens_at
    write(actions.open_round, round_of(code), by=user_of(PRIYA))
    if closes_at is not None:
        yield closes_at
        write(actions.close_overdue)


def invite_recipients(round_: Round) -> None:
    """Nobody competed for a direct award: who received it was named, and the published paper is the reason."""
    if not round_.kind.is_by_invitation:
        return
    named = [each for each in data("history_awards") if each["round"] == round_.code]
    reason = f"The Commissioner decided it directly, as published: {round_.fund.published_source}."
    for organisation in organisations_of(round_, {each["recipient"] for each in named}):
        write(actions.invite, round_, organisation, reason, by=user_of(OMAR))


def organisations_of(round_: Round, keys: set[str]) -> Sequence[Organisation]:
    """Those that are named, else all of the kinds that the round is for."""
    is_meant = Organisation.key.in_(keys) if keys else Organisation.kind.in_(round_.accepts)
    return db.session.scalars(select(Organisation).where(is_meant).order_by(Organisation.id)).all()


def round_of(code: str) -> Round:
    return db.session.scalars(select(Round).where(Round.code == code)).one()
