"""The scores of one bid side by side: what each assessor gave, how far apart they are, what was agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from portal.applications.models import Application
from portal.assessment import scoring
from portal.assessment.lists.finding import moderated_of
from portal.assessment.models import Assignment, Moderated, Score, Stage
from portal.assessment.policy import is_open
from portal.assessment.words import together
from portal.funds.models import Criterion, Round


def weights(application: Application) -> dict[int, int]:
    return {criterion.id: criterion.weight for criterion in application.round.criteria}


def points_given(assignments: Sequence[Assignment]) -> list[dict[int, int]]:
    """Criterion → points of each submitted assignment."""
    return [
        {score.criterion_id: score.points for score in each.scores if score.points is not None}
        for each in assignments
        if each.stage is Stage.SUBMITTED
    ]


def awaited(application: Application, assignments: Sequence[Assignment]) -> str | None:
    """Which scores are still to come, as a sentence. None once all required ones are in."""
    waiting = [each.assessor.name for each in assignments if is_open(each)]
    if waiting:
        return f"Scores are still to come from {together(waiting)}."
    needed, there = application.round.scores_needed, len(points_given(assignments))
    if there < needed:
        return f"This round needs the scores of {needed} {'assessor' if needed == 1 else 'assessors'}; there are {there}."
    return None


def bands_of(round_: Round) -> list[scoring.Band]:
    return [scoring.Band(band["from_percent"], band["name"], band["recommends"]) for band in round_.bands]


def band_of_bid(application: Application) -> scoring.Band | None:
    """What the agreed score recommends."""
    return scoring.band_of(application.agreed_permille, bands_of(application.round))


@dataclass(frozen=True)
class Row:
    """One criterion: the scores in the order of the assessors, and what was agreed."""

    criterion: Criterion
    scores: list[Score]
    agreed: Moderated | None
    widest: int

    @cached_property
    def points(self) -> list[int]:
        return [score.points or 0 for score in self.scores]

    @property
    def spread(self) -> int:
        return scoring.spread(self.points)

    @property
    def is_wide(self) -> bool:
        """The assessors are so far apart that they should talk."""
        return scoring.is_wide(self.points, self.widest)

    @property
    def mean(self) -> str:
        tenths = scoring.mean_tenths(self.points)
        return f"{tenths // 10}.{tenths % 10}"

    @property
    def settled(self) -> int | None:
        """The points that count: the agreed ones, or those of the only assessor."""
        if self.agreed is not None:
            return self.agreed.points
        return self.points[0] if len(self.points) == 1 else None


@dataclass(frozen=True)
class Comparison:
    """All required scores of one bid. Made only for those who may see them."""

    assignments: list[Assignment]
    rows: list[Row]
    totals: list[int]
    round: Round

    @property
    def assessors(self) -> list[str]:
        return [each.assessor.name for each in self.assignments]

    @property
    def mean(self) -> int:
        return scoring.mean_permille(self.totals)

    @property
    def spread(self) -> int:
        return scoring.spread(self.totals)

    @property
    def is_wide_overall(self) -> bool:
        return scoring.is_wide(self.totals, self.round.spread_percent * 10)

    @property
    def wide(self) -> str:
        """What they differ on, as the end of a sentence; empty when nothing is far apart."""
        names = [row.criterion.name for row in self.rows if row.is_wide]
        return together([*names, "the score overall"] if self.is_wide_overall else names)

    @property
    def score(self) -> int | None:
        """The score that counts, once every criterion is settled."""
        points = {row.criterion.id: row.settled for row in self.rows if row.settled is not None}
        weights = {row.criterion.id: row.criterion.weight for row in self.rows}
        return scoring.permille(points, weights) if len(points) == len(weights) else None

    @property
    def low(self) -> list[str]:
        """The criteria on which the bid hardly answers at all."""
        return [row.criterion.name for row in self.rows if row.settled in (0, 1)]

    @property
    def is_moderated(self) -> bool:
        return any(row.agreed for row in self.rows)


def compare(application: Application, assignments: Sequence[Assignment]) -> Comparison:
    """Lay the submitted scores side by side."""
    submitted = [each for each in assignments if each.stage is Stage.SUBMITTED]
    given = [{score.criterion_id: score for score in each.scores} for each in submitted]
    agreed = {each.criterion_id: each for each in moderated_of(application)}
    rows = [
        Row(criterion, [scores[criterion.id] for scores in given], agreed.get(criterion.id), application.round.spread_points)
        for criterion in application.round.criteria
    ]
    totals = [scoring.permille(points, weights(application)) for points in points_given(submitted)]
    return Comparison(submitted, rows, totals, application.round)
