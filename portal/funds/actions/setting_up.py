"""Setting up a fund: what it is for, who may apply, which objectives it serves, and where it stands in the cycle."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.core import clock, money
from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.core.problems import Refused
from portal.funds.actions.budgets import allocated_in
from portal.funds.actions.editing import changed, hold_edition, name_for
from portal.funds.models import CycleStep, Envelope, Fund, FundArea, FundBody, FundObjective, Phase
from portal.funds.standard import POINTS
from portal.people.models import User
from portal.plan.lists import objectives_of


def create_fund(facts: dict[str, Any], *, by: User) -> Fund:
    """Begin a fund. It is the office's alone until a round of it opens."""
    fund = Fund(slug=name_for(Fund.slug, facts["name"]), edition=1, who_can_apply="", checklist={},
                accepts=[], **facts)  # fmt: skip
    refuse_second_name(fund)
    db.session.add(fund)
    db.session.flush()
    record("fund.create", fund, by=by, readers=OFFICE, name=fund.name)
    return fund


def refuse_second_name(fund: Fund) -> None:
    same = select(Fund.id).where(Fund.name == fund.name, Fund.slug != fund.slug)
    if db.session.scalar(same.limit(1)) is not None:
        raise Refused("There is a fund of this name already. Choose another name", "name")


def change_fund(fund: Fund, facts: dict[str, Any], edition: int, *, by: User) -> None:
    """Change the words and people of a fund. Refused with both versions when somebody else did so meanwhile."""
    hold_edition(fund, edition)
    fields = changed(fund, facts)
    refuse_second_name(fund)
    if "envelope" in fields and fund.envelope_id is not None:
        check_fits(db.session.get_one(Envelope, fund.envelope_id, with_for_update=True, populate_existing=True))
    if fields:
        record("fund.change", fund, by=by, readers=OFFICE, fields=fields)


def choose_applicants(fund: Fund, words: str, accepts: list[str], bodies: Iterable[int], areas: Iterable[int], edition: int,
                      *, by: User) -> None:  # fmt: skip
    """Say who may apply: kinds, areas, and bodies by name. It holds for every round from now on."""
    hold_edition(fund, edition)
    fund.who_can_apply, fund.accepts = words, accepts
    keep_only(fund.bodies, "organisation_id", set(bodies), FundBody)
    keep_only(fund.areas, "area_id", set(areas), FundArea)
    record("fund.applicants", fund, by=by, readers=OFFICE)


def choose_objectives(fund: Fund, plan_id: int, objectives: Iterable[int], edition: int, *, by: User) -> None:
    """Say which objectives of which plan a fund serves. One that is no longer in the plan is refused, not forgotten."""
    hold_edition(fund, edition)
    wanted, known = set(objectives), {each.id for each in objectives_of(plan_id)}
    if not wanted <= known:
        raise Refused(
            "An objective that you chose is not in this plan any more. Look at the list again and choose anew", "objectives"
        )
    fund.plan_id = plan_id
    keep_only(fund.served, "objective_id", wanted, FundObjective)
    record("fund.objectives", fund, by=by, readers=OFFICE)


def keep_only(rows: list[Any], key: str, wanted: set[int], kind: type[Any]) -> None:
    """Let a list of links lead to these and no others; what stays is not written anew."""
    for row in [row for row in rows if getattr(row, key) not in wanted]:
        rows.remove(row)
    for number in sorted(wanted - {getattr(row, key) for row in rows}):
        rows.append(kind(**{key: number}))


def record_step(fund: Fund, phase: Phase, on: date, note: str, *, by: User) -> CycleStep:
    """Note that a fund came to a step of the cycle. The latest day says where it stands."""
    if on > clock.today():
        raise Refused("Enter the day on which it happened: today or earlier", "on")
    db.session.refresh(fund, ["phase"], with_for_update={"key_share": True})
    step = CycleStep(fund_id=fund.id, phase=phase, on=on, note=note, by_id=by.id, at=clock.now())
    if all(on >= earlier.on for earlier in fund.steps):
        fund.phase = phase
    db.session.add(step)
    record("fund.step", fund, by=by, readers=OFFICE, phase=phase.label, day=clock.read_day(on), note=note)
    return step


def answer_checklist(fund: Fund, answers: Mapping[str, tuple[str, str]], edition: int, *, by: User) -> None:
    """Say how the fund stands to each point of the standard: (answer, note). Only what is new carries a new name and day."""
    hold_edition(fund, edition)
    fresh = {
        key: {"answer": answer, "note": note, "by": by.name, "on": clock.today().isoformat()}
        for key, (answer, note) in answers.items()
        if key in POINTS and answer and (answer, note) != said(fund, key)
    }
    if fresh:
        fund.checklist = {**fund.checklist, **fresh}
        points = [f"{POINTS[key][0]}: {each['answer'].replace('_', ' ')}" for key, each in fresh.items()]
        record("fund.checklist", fund, by=by, readers=OFFICE, points=points)


def said(fund: Fund, key: str) -> tuple[str, str]:
    found = fund.checklist.get(key, {})
    return found.get("answer", ""), found.get("note", "")


def create_envelope(facts: dict[str, Any], *, by: User) -> Envelope:
    envelope = Envelope(slug=name_for(Envelope.slug, facts["name"]), edition=1, **facts)
    db.session.add(envelope)
    db.session.flush()
    record("envelope.create", envelope, by=by, readers=OFFICE, name=envelope.name, pence=envelope.pence)
    return envelope


def change_envelope(envelope: Envelope, facts: dict[str, Any], edition: int, *, by: User) -> None:
    """Change what was announced. Never to less than its funds were given."""
    hold_edition(envelope, edition)
    before = envelope.pence
    changed(envelope, facts)
    check_fits(envelope)
    record("envelope.change", envelope, by=by, readers=OFFICE, before_pence=before, after_pence=envelope.pence)


def check_fits(envelope: Envelope) -> None:
    db.session.flush()
    if (given := allocated_in(envelope)) > envelope.pence:
        raise Refused(
            f"The funds of {envelope} have budgets of {money.show(given)} in {envelope.years}: "
            f"{money.show(given - envelope.pence)} more than the total. Lower a budget, or raise the total.",
            "amount",
        )
