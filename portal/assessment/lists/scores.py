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
from portal.funds.judging import rule_of, scheme_of
from portal.funds.models import Criterion
from portal.funds.schemes import Band, Points, Result, Scheme


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


def agreed_points(application: Application, assignments: Sequence[Assignment]) -> Points | None:
    """The points that count once the score stands: those agreed in moderation, or those of the only assessor."""
    if application.agreed_permille is None:
        return None
    points = {each.criterion_id: each.points for each in moderated_of(application)}
    if not points:
        points = next(iter(points_given(assignments)), {})
    return points if points.keys() >= {criterion.id for criterion in application.round.criteria} else None


@dataclass(frozen=True)
class Verdict:
    """An agreed score: how it reads, and what the round's scheme recommends. A person decides."""

    text: str
    band: Band | None


def verdict_of(application: Application, assignments: Sequence[Assignment]) -> Verdict | None:
    """None while no score is agreed."""
    points = agreed_points(application, assignments)
    if points is None:
        return None
    scheme = scheme_of(application.round)
    result = scheme.judge(points)
    return Verdict(scheme.text(result), result.advice)


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

    def show(self, points: int | None) -> int | str | None:
        """Points as a number; of a pass or a grade its word."""
        return points if self.criterion.scale.is_counted else self.criterion.in_words(points)

    @property
    def shown(self) -> list[int | str | None]:
        return [self.show(points) for points in self.points]

    @property
    def spread(self) -> int:
        return scoring.spread(self.points)

    @property
    def is_wide(self) -> bool:
        """The assessors are so far apart that they should talk; on a pass or a grade, whenever they differ."""
        return scoring.is_wide(self.points, self.widest if self.criterion.scale.is_counted else 1)

    @property
    def mean(self) -> str:
        if not self.criterion.scale.is_counted:
            return ""
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
    results: list[Result]
    scheme: Scheme
    widest_permille: int

    @property
    def assessors(self) -> list[str]:
        return [each.assessor.name for each in self.assignments]

    @property
    def totals(self) -> list[int]:
        return [result.permille for result in self.results]

    @property
    def texts(self) -> list[str]:
        """Each assessor's score as it reads under the round's scheme."""
        return [self.scheme.text(result) for result in self.results]

    @property
    def mean(self) -> int:
        return scoring.mean_permille(self.totals)

    @property
    def spread(self) -> int:
        return scoring.spread(self.totals)

    @property
    def is_wide_overall(self) -> bool:
        return scoring.is_wide(self.totals, self.widest_permille)

    @property
    def wide(self) -> str:
        """What they differ on, as the end of a sentence; empty when nothing is far apart."""
        names = [row.criterion.name for row in self.rows if row.is_wide]
        return together([*names, "the score overall"] if self.is_wide_overall else names)

    @cached_property
    def result(self) -> Result | None:
        """What counts, once every criterion is settled."""
        points = {row.criterion.id: row.settled for row in self.rows if row.settled is not None}
        return self.scheme.judge(points) if len(points) == len(self.rows) else None

    @property
    def score(self) -> str:
        return self.scheme.text(self.result) if self.result else ""

    @property
    def band(self) -> Band | None:
        return self.result.advice if self.result else None

    @property
    def low(self) -> list[str]:
        """The criteria on which the bid hardly answers at all."""
        return [row.criterion.name for row in self.rows if rule_of(row.criterion).is_low(row.settled)]

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
    scheme = scheme_of(application.round)
    results = [scheme.judge(points) for points in points_given(submitted)]
    return Comparison(submitted, rows, results, scheme, application.round.spread_percent * 10)
