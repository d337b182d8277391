"""Holding a round whose rules are changed: who was faster, what may still change, and what must hold afterwards."""

from typing import Any, TypeVar

from portal.core import clock
from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.core.problems import Conflict, NotNow, Refused
from portal.funds.actions.rounds import hold_numbers
from portal.funds.judging import missing_from
from portal.funds.models import Criterion, EligibilityQuestion, GateCheck, Round, RoundStage
from portal.funds.schemes import Kind

Row = Criterion | EligibilityQuestion | GateCheck
R = TypeVar("R", Criterion, EligibilityQuestion, GateCheck)
CALLED = {Criterion: "judging", EligibilityQuestion: "eligibility", GateCheck: "gate"}


class Overtaken(Conflict):
    """A colleague saved first: both versions are shown, and the person chooses."""


def hold_rules(round_: Round) -> Round:
    """Lock the round, if its rules may still be changed."""
    held = hold_numbers(round_)
    check_not_fixed(held)
    return held


def check_not_fixed(round_: Round) -> None:
    """Refused once the first bid has been handed in."""
    if round_.judging_fixed_at is not None:
        raise NotNow(
            f"{round_} received its first bid on {clock.read_moment(round_.judging_fixed_at)}. From then on every bid is judged"
            " by the same rules, so they can no longer be changed."
        )


def fix_rules(round_: Round) -> None:
    """Let the rules stand as they are, from the first bid that is handed in."""
    if round_.judging_fixed_at is None:
        held = hold_numbers(round_)
        held.judging_fixed_at = held.judging_fixed_at or clock.now()


def check_edition(thing: str, known: int, seen: int | None) -> None:
    """`seen` is what the page showed; None saves over whatever is there."""
    if seen is not None and seen != known:
        raise Overtaken(
            f"A colleague has changed {thing} since you opened this page. Nothing of yours is lost: see both versions."
        )


def settle(round_: Round, change: str, *, kind: str = "judging", by: Any) -> None:
    """Note the change. A round that was checked stays fit to judge by: what would break it is refused."""
    db.session.flush()
    db.session.expire(round_, ["criteria", "eligibility", "gate_checks"])
    if round_.scheme in (Kind.MARKS, Kind.MATRIX):
        for criterion in round_.criteria:
            criterion.weight = worth(round_, criterion)
    if round_.scheme is Kind.SHORTLIST and not any(criterion.second_weight for criterion in round_.criteria):
        for criterion in round_.criteria:
            criterion.second_weight = criterion.weight
    if round_.stage is not RoundStage.DRAFT and (missing := missing_from(round_)):
        raise Refused(
            f"{round_} is {round_.stage.label.lower()}, so it must stay fit to judge by; after this, {'; '.join(missing)}."
        )
    if kind == "judging":
        record("round.change_judging", round_, by=by, readers=OFFICE, change=change)
    elif kind == "eligibility":
        record("round.change_eligibility", round_, by=by, readers=OFFICE, change=change)
    else:
        record("round.change_gate", round_, by=by, readers=OFFICE, change=change)


def worth(round_: Round, criterion: Criterion) -> int:
    """Where marks are added as they are, they are the weight; the two axes of a matrix weigh the same."""
    if not criterion.scale.is_counted:
        return 0
    return criterion.scale.highest if round_.scheme is Kind.MARKS else 50


def move_row(row: R, *, up: bool, by: Any) -> None:
    """Change places with the one above or below; at the end of the list nothing happens."""
    round_ = hold_rules(row.round)
    rows = siblings(row)
    place = rows.index(row)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for number, each in enumerate(rows):
        each.position = number
    settle(round_, f"{row}: moved {'up' if up else 'down'}", kind=CALLED[type(row)], by=by)


def remove_row(row: R, *, by: Any) -> None:
    round_, name = hold_rules(row.round), str(row)
    db.session.delete(row)
    settle(round_, f"{name}: removed", kind=CALLED[type(row)], by=by)


def siblings(row: R) -> list[R]:
    lists: dict[type, Any] = {Criterion: "criteria", EligibilityQuestion: "eligibility", GateCheck: "gate_checks"}
    return list(getattr(row.round, lists[type(row)]))


def next_position(rows: list[Any]) -> int:
    return max((each.position for each in rows), default=-1) + 1
