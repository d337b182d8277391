"""Saying how a round judges: its scheme, bands and points, its criteria and their weights."""

import re
from collections.abc import Mapping
from typing import Any

from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.core.problems import NotNow, Refused
from portal.funds.actions.holding import check_edition, hold_rules, next_position, settle
from portal.funds.actions.rounds import hold_numbers
from portal.funds.models import Criterion, Round
from portal.funds.schemes import Kind
from portal.funds.soundness import off
from portal.funds.words import SCHEMES

COPIED = ("scheme", "bands", "scale", "groups", "threshold_percent", "shortlist", "ties", "spread_points", "spread_percent")
OF_CRITERION = (
    "position", "code", "name", "weight", "second_weight", "least", "group", "guidance", "question_codes",
    "own_scale", "own_steps",
)  # fmt: skip
Facts = Mapping[str, Any]  # column → what it is to hold


def save_scheme(round_: Round, facts: Facts, edition: int | None = None, *, by: Any) -> None:
    """Choose the scheme with its bands, threshold, groups, tie-breaks and spread."""
    change_rules(round_, facts, edition, SCHEMES[facts["scheme"]][0], by=by)


def save_points(round_: Round, steps: list[Any], edition: int | None = None, *, by: Any) -> None:
    """Say what the points mean, for every criterion without a scale of its own."""
    change_rules(round_, {"scale": steps}, edition, "What the points mean", by=by)


def change_rules(round_: Round, facts: Facts, edition: int | None, change: str, *, by: Any) -> None:
    held = hold_rules(round_)
    check_edition("how this round judges", held.judging_edition, edition)
    for name, value in facts.items():
        setattr(held, name, value)
    held.judging_edition += 1
    settle(held, change, by=by)


def save_weights(round_: Round, weights: Mapping[int, tuple[int, int]], edition: int | None = None, *, by: Any) -> None:
    """All weights at once: those of the first stage and, where there are two, of the second. Refused unless they add up."""
    held = hold_rules(round_)
    check_edition("the weights", held.judging_edition, edition)
    for criterion in held.criteria:
        if criterion.id in weights and criterion.scale.is_counted:
            criterion.weight, criterion.second_weight = weights[criterion.id]
    if held.scheme is not Kind.GROUPED:
        counted = [each for each in held.criteria if each.scale.is_counted]
        for fault in off("weights", "weights", sum(each.weight for each in counted)):
            raise Refused(fault.sentence, "weights")
    held.judging_edition += 1
    settle(held, "The weights", by=by)


def add_criterion(round_: Round, facts: Facts, *, by: Any) -> Criterion:
    held = hold_rules(round_)
    codes = {each.code for each in held.criteria}
    made = Criterion(round_id=held.id, code=code_of(facts["name"], codes), position=next_position(held.criteria), **facts)
    db.session.add(made)
    settle(held, f"{made}: added", by=by)
    return made


def code_of(name: str, taken: set[str]) -> str:
    """A short word for addresses inside the page: the first one of the name that is free."""
    words = re.findall(r"[a-z0-9]+", name.lower()) or ["criterion"]
    tries = [*words, *(f"{words[0]}-{number}" for number in range(2, len(taken) + 3))]
    return next(word for word in tries if word not in taken)


def change_criterion(criterion: Criterion, facts: Facts, edition: int | None = None, *, by: Any) -> None:
    held = hold_rules(criterion.round)
    check_edition("this criterion", criterion.edition, edition)
    for name, value in facts.items():
        setattr(criterion, name, value)
    criterion.edition += 1
    settle(held, f"{criterion}: changed", by=by)


def copy_judging(round_: Round, source: Round, *, by: Any) -> None:
    """Judge as an earlier round did: its scheme, its points and its criteria take the place of what is here."""
    held = hold_rules(round_)
    for criterion in held.criteria:
        db.session.delete(criterion)
    db.session.flush()
    for name in COPIED:
        setattr(held, name, getattr(source, name))
    for criterion in source.criteria:
        db.session.add(Criterion(round_id=held.id, **{name: getattr(criterion, name) for name in OF_CRITERION}))
    held.judging_edition += 1
    settle(held, f"Taken over from {source}", by=by)


def set_threshold(round_: Round, percent: int, reason: str, *, by: Any) -> None:
    """Set the percentage from which bids are recommended. It may follow the scores, once, with its reason; nothing else may."""
    held = hold_numbers(round_)
    if held.scheme is not Kind.THRESHOLD:
        raise NotNow(f"{held} has no threshold: its scheme is another.")
    if held.threshold_percent is not None and held.judging_fixed_at is not None:
        raise NotNow(f"The threshold of {held} has been set to {held.threshold_percent}% already.")
    if not 0 < percent <= 100:
        raise Refused("Enter a percentage from 1 to 100", "threshold")
    if not reason:
        raise Refused("Say why the threshold lies there", "reason")
    held.threshold_percent = percent
    held.judging_edition += 1
    record("round.set_threshold", held, by=by, readers=OFFICE, percent=percent, reason=reason)
