"""What grants bring to the plan: their number, money and progress under each objective."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, case, func
from werkzeug.datastructures import MultiDict

from portal.awards.models import Award, AwardObjective, AwardStage
from portal.awards.policy import visible_to
from portal.core import money
from portal.core.clock import day_of, read_day
from portal.core.columns import Column
from portal.core.db import db
from portal.core.listing import Listing
from portal.core.page import Macros, address_of
from portal.people.models import Organisation, User
from portal.plan.models import Direction, Objective, Rag

MAIN = 0  # the position of the objective that an award's money counts under
ui = Macros()


@dataclass(frozen=True)
class Standing:
    """The grants whose money counts under one objective."""

    grants: int = 0
    pence: int = 0
    worst: Rag | None = None
    improving: int = 0
    declining: int = 0


def total_of(user: User, objective: Objective) -> Standing:
    return standing_under(user, AwardObjective.objective_id == objective.id).get(objective.id, Standing())


def standing_under(user: User, *conditions: Any) -> dict[int, Standing]:
    """Objective id → its grants, of those the person may see. Money counts once: under each grant's main objective."""
    rank = case(*((Award.delivery_rag == rag, rag.rank) for rag in Rag if rag.rank is not None))
    rows = db.session.execute(
        served_by(user, AwardObjective.position == MAIN, *conditions)
        .with_only_columns(
            AwardObjective.objective_id,
            func.count(Award.id),
            func.sum(Award.pence),
            func.max(rank),
            func.count(case((Award.direction == Direction.IMPROVING, 1))),
            func.count(case((Award.direction == Direction.DECLINING, 1))),
        )
        .group_by(AwardObjective.objective_id)
    )
    worst = {rag.rank: rag for rag in Rag}
    return {row[0]: Standing(row[1], int(row[2]), None if row[3] is None else worst[row[3]], row[4], row[5]) for row in rows}


def served_by(user: User | None, *conditions: Any) -> Select[Any]:
    """The awards that a person may see, joined with the objectives they serve; without offers that lapsed."""
    return (
        visible_to(user)
        .join(AwardObjective, AwardObjective.award_id == Award.id)
        .where(Award.stage != AwardStage.LAPSED, *conditions)
    )


def also_serving(user: User, objective: Objective) -> list[Award]:
    """Grants that name this objective too, their money counted elsewhere."""
    return awards_where(user, AwardObjective.objective_id == objective.id, AwardObjective.position != MAIN)


def serving_earlier(user: User, earlier: Iterable[Objective]) -> list[tuple[Award, Objective]]:
    """Grants under the objectives of earlier plans that led here, each with the objective it was made under."""
    by_id = {objective.id: objective for objective in earlier}
    if not by_id:
        return []
    query = served_by(user, AwardObjective.objective_id.in_(by_id), AwardObjective.position == MAIN)
    rows = db.session.execute(query.add_columns(AwardObjective.objective_id).order_by(Award.ref).limit(100))
    return [(row[0], by_id[row[1]]) for row in rows]


def awards_where(user: User, *conditions: Any) -> list[Award]:
    return list(db.session.scalars(served_by(user, *conditions).order_by(Award.ref).limit(100)))


class ObjectiveGrants(Listing):
    """The grants whose money counts under an objective."""

    caption = "Grants under this objective"
    noun = ("grant", "grants")
    entity = Award
    search_in = Award
    columns = (
        Column("Reference", Award.ref, sort=True),
        Column("Title", Award.title),
        Column("Recipient", Organisation.name),
        Column("Stage", Award.stage, show=lambda stage: ui.stage_tag(stage)),
        Column("Awarded", Award.pence, show=money.show, numeric=True),
        Column("Delivery", Award.delivery_rag, show=lambda rag: ui.rag(rag)),
        Column("Direction", Award.direction, show=lambda way: ui.direction(way)),
        Column("Offered", Award.offered_at, show=lambda at: read_day(day_of(at)), sort=True),
    )
    default_sort = "-offered"
    exports = ()  # the finance report gives them, by objective

    def __init__(self, args: MultiDict[str, str], user: Any, objective: Objective) -> None:
        super().__init__(args, user)
        self.objective = objective

    def base(self) -> Select[Any]:
        main = (AwardObjective.objective_id == self.objective.id, AwardObjective.position == MAIN)
        return served_by(self.user, *main).join(Award.recipient)

    def url(self, values: dict[str, Any]) -> str | None:
        return address_of("reporting.grant", ref=values["reference"])
