"""What the forms of the gate, of scoring and of moderation post: fields named for the check or the criterion they speak of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from portal.assessment.actions.scoring import Given
from portal.assessment.models import Moderated
from portal.core.forms import clean
from portal.funds.models import Criterion, GateCheck
from portal.questions.posted import as_number

Form = Mapping[str, str]


@dataclass(frozen=True)
class Typed:
    """Points and words on one criterion as they were typed."""

    points: str
    words: str
    edition: int
    problem: str | None  # what is wrong with the points

    @property
    def number(self) -> int | None:
        return None if self.problem or not self.points else int(self.points)

    @property
    def given(self) -> Given:
        return Given(self.number, self.words, self.edition)


def read_scores(form: Form, criteria: Sequence[Criterion]) -> dict[int, Typed]:
    """What was typed for each criterion, without those where the person has chosen what another window saved."""
    return {each.id: read_score(form, each) for each in criteria if f"take-{each.id}" not in form}


def read_score(form: Form, criterion: Criterion) -> Typed:
    return read_typed(form, criterion, "justification")


def read_agreed(form: Form, criterion: Criterion, saved: Moderated | None) -> Typed:
    """What was agreed on one criterion. After a clash `stands-…` says whose is to stand, and `seen-…` which edition was shown."""
    typed = read_typed(form, criterion, "note")
    if (stands := form.get(f"stands-{criterion.id}")) not in ("mine", "theirs"):
        return typed
    seen = as_number(form.get(f"seen-{criterion.id}"))
    if stands == "mine" or saved is None:
        return replace(typed, edition=seen)
    return Typed(str(saved.points), saved.note, seen, None)


def read_typed(form: Form, criterion: Criterion, words: str) -> Typed:
    """`keep-…` says that what another window saved was seen, and may be saved over."""
    points = clean(form.get(f"points-{criterion.id}"))
    return Typed(
        points=points,
        words=clean(form.get(f"{words}-{criterion.id}")),
        edition=as_number(form.get(f"keep-{criterion.id}") or form.get(f"edition-{criterion.id}")),
        problem=None if not points or points in known_points(criterion) else "Choose points from the scale",
    )


def known_points(criterion: Criterion) -> set[str]:
    return {str(step["points"]) for step in criterion.steps}


def read_gate(form: Form, checks: list[GateCheck]) -> dict[int, tuple[bool, str]]:
    """The checks that were answered: passed or not, with the note."""
    answers = {}
    for check in checks:
        if (answer := form.get(f"check-{check.id}")) in ("pass", "fail"):
            answers[check.id] = answer == "pass", clean(form.get(f"note-{check.id}"))
    return answers
