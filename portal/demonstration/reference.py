"""Loads the real reference data: areas, organisations, plans, sources, funds, forms; and brings each round to its stage."""

from datetime import date
from typing import Any

from sqlalchemy import select

from portal.core import clock, holidays
from portal.core.db import db, write
from portal.demonstration import cast, forms, rounds
from portal.demonstration.data import data
from portal.demonstration.telling import tell
from portal.funds.models import Budget, CarryOver, Fund, FundObjective, Source, SourceKind, SourceYear
from portal.people.models import Area, Hosting, Identifier, Organisation, OrganisationKind, Register
from portal.plan.models import Action, Direction, Mapping, Objective, Plan, Rag, Reading, Theme, direction_between

YEARS = {"last": -1, "this": 0, "next": 1}  # financial years of the demonstration, whenever it is run

FORMS = (  # of bids, then of returns
    "safer_communities_form", "youth_and_community_form", "victim_services_form", "csp_capacity_form", "contribution_form",
    "large_service_form", "safer_streets_form", "small_return_form", "quarterly_return_form", "victims_return_form",
)  # fmt: skip


def load_reference() -> None:
    """Fill an empty database with all that bids need: reference data, the cast, and rounds that are open now."""
    load_rows()
    tell(rounds.lives(data("funds")))


def load_rows() -> None:
    """The same, with every round still a draft."""
    write(write_reference)
    cast.load_cast()


def write_reference() -> None:
    """Parents before children; each step finds what it needs by key."""
    holidays.load()
    for step in (write_places, write_plans, write_sources, write_forms, write_funds):
        step()
        db.session.flush()


def write_places() -> None:
    areas = {each["code"]: Area(code=each["code"], name=each["name"], kind=each["kind"]) for each in data("areas")}
    bodies = {each["key"]: organisation(each, areas) for each in data("organisations")}
    db.session.add_all([*areas.values(), *bodies.values()])
    for each in data("organisations"):
        if each.get("hosted_by"):
            db.session.add(Hosting(partnership=bodies[each["key"]], host=bodies[each["hosted_by"]],
                                   from_on=date.fromisoformat(each["hosted_from"])))  # fmt: skip


def organisation(facts: dict[str, Any], areas: dict[str, Area]) -> Organisation:
    register = next(each for each in Register if facts["identifier"].startswith(f"{each}-"))
    return Organisation(
        key=facts["key"], name=facts["name"], kind=OrganisationKind(facts["kind"]), identifier=facts["identifier"],
        address=facts["address"] or "", postcode=facts["postcode"] or "", is_example=facts.get("example", False),
        identifiers=[Identifier(register=register, number=facts["identifier"].removeprefix(f"{register}-"))],
        area=areas[facts["area"]],
    )  # fmt: skip


def write_plans() -> None:
    objectives: dict[str, Objective] = {}
    for facts in data("plans")["plans"]:
        plan = Plan(key=facts["key"], title=facts["title"], from_on=date.fromisoformat(facts["from_on"]),
                    to_on=day_or_none(facts["to_on"]), note=facts["in_force_note"])  # fmt: skip
        for position, part in enumerate(facts["themes"]):
            plan.themes.append(theme(part, position))
        db.session.add(plan)
        objectives |= {each.code: each for part in plan.themes for each in part.objectives}
    db.session.flush()
    for pair in data("plans")["mappings"]:
        db.session.add(Mapping(from_id=objectives[pair["from"]].id, to_id=objectives[pair["to"]].id))


def theme(facts: dict[str, Any], position: int) -> Theme:
    made = Theme(position=position, code=facts["code"], title=facts["title"], aim=facts["aim"])
    for number, each in enumerate(facts["objectives"]):
        made.objectives.append(
            Objective(position=number, code=each["code"], text=each["text"], is_provisional=each["provisional"])
        )
    for number, each in enumerate(facts["actions"]):
        action = Action(position=number, code=each["code"], text=each["text"], owner=each["owner"])
        action.readings.extend(readings(each["readings"]))
        made.actions.append(action)
    return made


def readings(rows: list[dict[str, Any]]) -> list[Reading]:
    """In order of time, each with its direction of travel; one that the papers leave out is worked out."""
    made: list[Reading] = []
    for row in sorted(rows, key=lambda row: row["on"]):
        rag = Rag(row["rag"])
        worked_out = direction_between(made[-1].rag if made else None, rag)
        made.append(
            Reading(on=date.fromisoformat(row["on"]), rag=rag, narrative=row["narrative"],
                    direction=Direction(row["direction"]) if row["direction"] else worked_out, cause=row.get("cause", ""),
                    mitigation=row.get("mitigation", ""), governance=row.get("governance", ""))
        )  # fmt: skip
    return made


def write_sources() -> None:
    for facts in data("sources"):
        source = Source(key=facts["key"], name=facts["name"], kind=SourceKind(facts["kind"]), is_ring_fenced=facts["ring_fenced"],
                        carry_over=CarryOver.YES if facts["carry_over"] else CarryOver.NO)  # fmt: skip
        for each in facts["years"]:
            db.session.add(SourceYear(source=source, year=year_of(each["year"]), pence=each["pence"],
                                      is_provisional=each.get("provisional", False)))  # fmt: skip


def write_forms() -> None:
    for name in FORMS:
        forms.write_form(data(name))


def write_funds() -> None:
    plans = {each.key: each for each in db.session.scalars(select(Plan))}
    objectives = {each.code: each for each in db.session.scalars(select(Objective))}
    for facts in data("funds"):
        made = fund(facts, plans[facts["plan"]])
        db.session.add(made)
        db.session.flush()
        db.session.add_all(FundObjective(fund_id=made.id, objective_id=objectives[code].id) for code in facts["objectives"])
        for row in rounds.in_full(facts["rounds"]):
            made.rounds.append(rounds.draft(row))


def fund(facts: dict[str, Any], plan: Plan) -> Fund:
    sources = {each.key: each for each in db.session.scalars(select(Source))}
    words = (
        "slug",
        "name",
        "purpose",
        "summary",
        "who_can_apply",
        "what_for",
        "not_funded",
        "how_judged",
        "legal_basis",
        "contact",
    )
    made = Fund(plan=plan, published_source=facts["source"], **{word: facts[word] for word in words})
    for row in facts["budgets"]:
        made.budgets.append(
            Budget(source=allotted(sources[row["source"]], year_of(row["year"]), row["pence"]), year=year_of(row["year"]),
                   pence=row["pence"], committed_pence=0,
                   over_programming_pence=row["over_programming_pence"], over_programming_agreed_by=row["agreed_by"] or "",
                   is_provisional=row.get("provisional", False))
        )  # fmt: skip
    return made


def allotted(source: Source, year: str, pence: int) -> Source:
    """The source, of whose year a fund gets so much."""
    next(each for each in source.years if each.year == year).allocated_pence += pence
    return source


def year_of(text: str) -> str:
    """`2021-22` as it is; `this`, `last` and `next` as the financial year they are today."""
    return clock.financial_year(clock.add_months(clock.today(), 12 * YEARS[text])) if text in YEARS else text


def day_or_none(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
