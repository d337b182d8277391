"""Columns of a round that say how its bids are judged. They stay as they are from the first bid that is handed in."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import one_of
from portal.funds.schemes import Kind, Scale

USUAL_TIES = ["fit", "need", "area", "earlier"]
COUNTED = {tuple(scale.points): scale for scale in Scale if scale.is_counted}


class HowJudged:
    """The scheme of a round, with the scale that its criteria share unless they have one of their own."""

    scheme: Mapped[Kind] = mapped_column(one_of(Kind, "scheme"), default=Kind.WEIGHTED)
    bands: Mapped[list[Any]] = mapped_column(JSON, default=list)
    scale: Mapped[list[Any]] = mapped_column(JSON, default=list)  # the points, each with its word and what it means
    groups: Mapped[list[Any]] = mapped_column(JSON, default=list)
    threshold_percent: Mapped[int | None]
    shortlist: Mapped[str] = mapped_column(default="2/3")  # of the most
    ties: Mapped[list[str]] = mapped_column(default=lambda: list(USUAL_TIES))
    spread_points: Mapped[int] = mapped_column(default=2)
    spread_percent: Mapped[int] = mapped_column(default=15)
    judging_edition: Mapped[int] = mapped_column(default=1)
    judging_fixed_at: Mapped[datetime | None]

    @property
    def usual_scale(self) -> Scale:
        """The kind of scale that the round's own points are."""
        return scale_of(self.scale) or Scale.FIVE


def scale_of(steps: list[Any]) -> Scale | None:
    return COUNTED.get(tuple(sorted(step["points"] for step in steps)))
