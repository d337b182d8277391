"""What bulk bids stand on: a fund with rounds, organisations and people of its own, so that no real budget is touched."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from portal.awards.actions.deciding import locked_year
from portal.awards.models import DecisionYear
from portal.core import clock
from portal.core.db import db, write
from portal.demonstration import reference, rounds
from portal.demonstration.telling import day, tell
from portal.funds.models import Budget, Fund, Round, Source, SourceKind, SourceYear
from portal.people.actions import change_standing
from portal.people.models import Area, Membership, Organisation, OrganisationKind, Right, Standing, User
from portal.plan.lists import objectives_of
from portal.questions.models import Question
from portal.questions.published import sections_of

SLUG = "bulk-synthetic"
OPENED, CLOSED = -900, -1  # days from today between which the bids came
LATEST_START = 60  # days from today
ROUNDS, ORGANISATIONS, ASSESSORS, SOURCES = 5, 200, 20, 3
BUDGET_PENCE = 100_000_000_000
ANSWERED = ("title", "problem", "requested")


@dataclass(frozen=True)
class Body:
    """An organisation that bids, with its lead."""

    id: int
    name: str
    area_id: int | None
    lead_id: int
    lead_email: str


def prepare() -> None:
    """Make the fund, its rounds and its people, where they are not there yet."""
    if db.session.scalar(select(Fund.id).where(Fund.slug == SLUG)) is None:
        facts = fund_facts()
        write(write_rows, facts)
        tell(rounds.lives([facts]))
    write(add_missing_budgets)


def fund_facts() -> dict[str, Any]:
    """As the Safer Communities Fund, under names that nobody takes for real."""
    model = reference.data("funds")[0]
    return model | {
        "slug": SLUG, "name": "Bulk fund (synthetic)", "purpose": "Rows to measure with.", "source": "", "budgets": [],
        "summary": "Made by `flask seed --bids`. Nothing in it is real.",
        "rounds": [round_facts(model["rounds"][-1], number) for number in range(1, ROUNDS + 1)],
    }  # fmt: skip


def round_facts(model: dict[str, Any], number: int) -> dict[str, Any]:
    """Never open to the public, and judged on two criteria."""
    weights = (60, 40)
    criteria = [row | {"weight": weight} for row, weight in zip(model["criteria"], weights, strict=False)]
    return model | {
        "code": f"BULK{number}", "title": f"Synthetic round {number}", "kind": "direct", "accepts": ["police"],
        "criteria": criteria,
        "opens": {"days": OPENED - 1, "time": "09:00"}, "closes": {"days": CLOSED, "time": "17:00"},
        "gate_checks": model["gate_checks"][:1],
    }  # fmt: skip


def write_rows(facts: dict[str, Any]) -> None:
    db.session.add_all(
        Source(key=f"synthetic-{n}", name=f"Synthetic source {n}", kind=SourceKind.OTHER) for n in range(1, SOURCES + 1)
    )
    plan = db.session.scalars(select(Fund).where(Fund.slug == reference.data("funds")[0]["slug"])).one().plan
    made = reference.fund(facts, plan)
    made.rounds.extend(rounds.draft(row) for row in facts["rounds"])
    db.session.add(made)
    areas = list(db.session.scalars(select(Area).order_by(Area.id)))
    for number in range(1, ORGANISATIONS + 1):
        db.session.add_all(body(number, areas[number % len(areas)]))
    office = ["officer", "decision-maker", *(f"assessor {number}" for number in range(1, ASSESSORS + 1))]
    db.session.add_all(person(f"Synthetic {work}", active=False) for work in office)


def body(number: int, area: Area) -> Iterator[Any]:
    """An organisation, its lead, and what earlier grants say of it: nothing yet."""
    organisation = Organisation(key=f"synthetic-{number:03}", name=f"Synthetic organisation {number:03}", area=area,
                                kind=OrganisationKind.CHARITY, is_example=True)  # fmt: skip
    lead = person(f"Synthetic lead {number:03}", active=True)
    yield from (organisation, lead, Standing(organisation=organisation))
    yield Membership(user=lead, organisation=organisation, right=Right.LEAD, from_on=day(OPENED))


def person(name: str, active: bool) -> User:
    """Somebody without a password, so that nobody can sign in as them."""
    key = name.lower().replace(" ", "-")
    return User(name=name, email=f"{key}@synthetic.example", fs_uniquifier=key, active=active, password=None)


def add_missing_budgets() -> None:
    """A budget of each source in each year that a grant may begin in, large enough for all that comes."""
    fund = db.session.scalars(select(Fund).where(Fund.slug == SLUG).options(selectinload(Fund.budgets))).one()
    there = {(budget.source_id, budget.year) for budget in fund.budgets}
    for source in sources():
        for year in years():
            if (source.id, year) not in there:
                fund.budgets.append(Budget(source=source, year=year, pence=BUDGET_PENCE))
                db.session.add(SourceYear(source=source, year=year, pence=BUDGET_PENCE, allocated_pence=BUDGET_PENCE))


def sources() -> Iterable[Source]:
    return db.session.scalars(select(Source).where(Source.key.startswith("synthetic-")).order_by(Source.id)).all()


def years() -> set[str]:
    return {clock.financial_year(day(days)) for days in (*range(OPENED, LATEST_START, 90), LATEST_START)}


class Ground:
    """The numbers of all that bids point at, read once for each transaction."""

    def __init__(self) -> None:
        self.fund = db.session.scalars(select(Fund).where(Fund.slug == SLUG).options(selectinload(Fund.budgets))).one()
        self.budgets: dict[str, list[Budget]] = {}
        for budget in self.fund.budgets:
            self.budgets.setdefault(budget.year, []).append(budget)
        office = db.session.scalars(select(User).where(User.email.endswith("@synthetic.example"), User.active.is_(False)))
        ids = {user.name: user.id for user in office}
        self.officer_id, self.decider_id = ids.pop("Synthetic officer"), ids.pop("Synthetic decision-maker")
        self.assessor_ids = sorted(ids.values())
        self.bids_before = sum(round_.last_number for round_ in self.rounds)
        self.standing: Counter[tuple[int, str]] = Counter()
        self.decisions: dict[int, DecisionYear] = {}

    @cached_property
    def rounds(self) -> list[Round]:
        found = select(Round).where(Round.fund_id == self.fund.id).order_by(Round.code)
        return list(
            db.session.scalars(found.options(selectinload(Round.criteria), selectinload(Round.gate_checks)).with_for_update())
        )

    @cached_property
    def bodies(self) -> list[Body]:
        rows = db.session.execute(
            select(Organisation.id, Organisation.name, Organisation.area_id, User.id, User.email)
            .join(Membership, Membership.organisation_id == Organisation.id)
            .join(Membership.user)
            .where(Organisation.key.startswith("synthetic-"))
            .order_by(Organisation.id)
        )
        return [Body(*row) for row in rows]

    @cached_property
    def objective_ids(self) -> list[int]:
        return [objective.id for objective in objectives_of(self.fund.plan_id)]

    @cached_property
    def questions(self) -> list[Question]:
        """The few questions that bulk bids answer."""
        sections = sections_of(self.rounds[0].question_version_id or 0)
        return [
            question
            for section in sections
            for question in section.questions
            if question.code in ANSWERED and not question.group_id
        ]

    def next_decision(self, year: int) -> str:
        """The next number in the register of that year, held for this transaction."""
        if year not in self.decisions:
            self.decisions[year] = locked_year(year)
        self.decisions[year].last_number += 1
        return f"D{year}-{self.decisions[year].last_number:04d}"

    def settle(self) -> None:
        """Add to what the organisations' earlier grants say of them."""
        for (organisation_id, name), change in self.standing.items():
            change_standing(organisation_id, **{name: change})
