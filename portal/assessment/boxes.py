"""One criterion as its assessor meets it on the page: what stands in the fields, how it was saved, what is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from portal.assessment.actions.scoring import LONGEST
from portal.assessment.models import Assignment, Score
from portal.assessment.posted import Typed
from portal.core import clock
from portal.funds.judging import scheme_of
from portal.funds.models import Criterion
from portal.funds.schemes import Band, percent


@dataclass(frozen=True)
class Box:
    """The fields of one criterion."""

    criterion: Criterion
    points: str = ""
    words: str = ""
    edition: int = 0
    saved: str = ""
    problem: str | None = None
    other: Score | None = None  # what another window saved first

    @property
    def points_text(self) -> str:
        return in_words(self.criterion, self.points)

    @property
    def other_text(self) -> str:
        return in_words(self.criterion, str(self.other.points)) if self.other else ""


def in_words(criterion: Criterion, points: str) -> str:
    """The points with the scale's word for them: 4 Good."""
    return criterion.in_words(points)


def stored_box(criterion: Criterion, score: Score | None) -> Box:
    if score is None:
        return Box(criterion)
    points = "" if score.points is None else str(score.points)
    is_today = clock.day_of(score.saved_at) == clock.today()
    saved = f"Saved at {clock.read_time(score.saved_at)}" if is_today else f"Saved on {clock.read_moment(score.saved_at)}"
    return Box(criterion, points, score.justification, score.edition, saved, too_long(score.justification))


def too_long(words: str) -> str | None:
    if len(words) <= LONGEST:
        return None
    return f"Use {LONGEST:,} characters or fewer: there are {len(words):,}. They are saved, but cannot be submitted like this."


def box_of(criterion: Criterion, typed: Typed, problem: str | None = None) -> Box:
    return Box(criterion, typed.points, typed.words, typed.edition, problem=problem)


def boxes_of(assignment: Assignment) -> list[Box]:
    """Every criterion as it is stored."""
    known = {score.criterion_id: score for score in assignment.scores}
    return [stored_box(criterion, known.get(criterion.id)) for criterion in assignment.application.round.criteria]


def typed_boxes(assignment: Assignment, typed: Mapping[int, Typed]) -> list[Box]:
    """Every criterion as it was typed, so that nothing of it is lost when it cannot be saved."""
    return [
        box_of(box.criterion, new, new.problem) if (new := typed.get(box.criterion.id)) else box for box in boxes_of(assignment)
    ]


def clash(assignment: Assignment, boxes: Iterable[Box], criterion_ids: list[int]) -> list[Box]:
    """Both texts where another window saved first. The old edition stays, so that typing on overwrites nothing unseen."""
    known = {score.criterion_id: score for score in assignment.scores}
    return [replace(box, other=known[box.criterion.id]) if box.criterion.id in criterion_ids else box for box in boxes]


@dataclass(frozen=True)
class Total:
    """One's own score by now."""

    text: str
    scored: int
    criteria: int
    weight: int  # percent that the scored ones are worth together
    advice: Band | None  # once every criterion is scored

    @property
    def is_complete(self) -> bool:
        return self.scored == self.criteria


def total_of(assignment: Assignment) -> Total:
    scheme = scheme_of(assignment.application.round)
    points = {score.criterion_id: score.points for score in assignment.scores if score.points is not None}
    part = sum(scheme.weight_of(rule) for rule in scheme.counted if rule.key in points)
    whole = scheme.judge(points) if len(points) == len(scheme.rules) else None
    text = scheme.text(whole) if whole else percent(scheme.so_far(points))
    return Total(text, len(points), len(scheme.rules), int(part * 100), whole.advice if whole else None)
