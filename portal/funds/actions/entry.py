"""Saying who may apply at all: questions before the form, and the checks at the gate after submission."""

from collections.abc import Mapping
from typing import Any

from portal.core.db import db
from portal.funds.actions.holding import check_edition, hold_rules, next_position, settle
from portal.funds.actions.judging import code_of
from portal.funds.models import EligibilityQuestion, GateCheck, Round

Facts = Mapping[str, Any]


def add_question(round_: Round, facts: Facts, *, by: Any) -> EligibilityQuestion:
    held = hold_rules(round_)
    made = EligibilityQuestion(round_id=held.id, position=next_position(held.eligibility), **facts)
    db.session.add(made)
    settle(held, f"{made}: added", kind="eligibility", by=by)
    return made


def add_check(round_: Round, facts: Facts, *, by: Any) -> GateCheck:
    held = hold_rules(round_)
    taken = {each.key for each in held.gate_checks}
    made = GateCheck(round_id=held.id, key=code_of(facts["label"], taken), position=next_position(held.gate_checks), **facts)
    db.session.add(made)
    settle(held, f"{made}: added", kind="gate", by=by)
    return made


def change_question(question: EligibilityQuestion, facts: Facts, edition: int | None = None, *, by: Any) -> None:
    """Whoever has answered it before is asked again."""
    change(question, "this question", facts, edition, "eligibility", by=by)


def change_check(check: GateCheck, facts: Facts, edition: int | None = None, *, by: Any) -> None:
    change(check, "this check", facts, edition, "gate", by=by)


def change(row: EligibilityQuestion | GateCheck, thing: str, facts: Facts, edition: int | None, kind: str, *, by: Any) -> None:
    held = hold_rules(row.round)
    check_edition(thing, row.edition, edition)
    for name, value in facts.items():
        setattr(row, name, value)
    row.edition += 1
    settle(held, f"{row}: changed", kind=kind, by=by)


def copy_entry(round_: Round, source: Round, *, by: Any) -> None:
    """Ask and check what an earlier round did, in the place of what is here."""
    held = hold_rules(round_)
    for row in (*held.eligibility, *held.gate_checks):
        db.session.delete(row)
    db.session.flush()
    for asked in source.eligibility:
        facts = {name: getattr(asked, name) for name in ("position", "text", "hint", "passes_on_yes", "refusal")}
        db.session.add(EligibilityQuestion(round_id=held.id, **facts))
    for check in source.gate_checks:
        facts = {name: getattr(check, name) for name in ("position", "key", "label", "refusal", "prefill")}
        db.session.add(GateCheck(round_id=held.id, **facts))
    settle(held, f"Taken over from {source}", kind="eligibility", by=by)
