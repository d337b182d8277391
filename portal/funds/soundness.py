"""What keeps a scheme from being used, as pure arithmetic: each fault with its place and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.funds.schemes import Band, Kind, Scale, Scheme

WHOLE = 100


@dataclass(frozen=True)
class Fault:
    """`place` is where it is mended, `what` the end of a sentence, `mend` a sentence of its own."""

    place: str
    what: str
    mend: str

    @property
    def sentence(self) -> str:
        return f"{self.what[0].upper()}{self.what[1:]}. {self.mend}"


def faults_of(scheme: Scheme) -> list[Fault]:
    if not scheme.counted:
        return [Fault("criteria", "it has no criteria to score", "Add those that bids are scored on.")]
    return [*faults_of_kind(scheme), *faults_of_grades(scheme), *faults_of_bands(scheme)]


def faults_of_kind(scheme: Scheme) -> list[Fault]:
    """What each scheme asks of its weights."""
    counted = scheme.counted
    if scheme.kind is Kind.MATRIX:
        is_square = len(counted) == 2 and all(rule.highest == 5 for rule in counted)
        mend = "Keep two criteria of up to 5 points; others can only pass or fail."
        return [] if is_square else [Fault("criteria", "a matrix needs exactly two axes of up to 5 points", mend)]
    if scheme.kind is Kind.MARKS:
        return off("marks", "criteria", scheme.most, "Change the scales of the criteria, or add or remove one.")
    if scheme.kind is Kind.GROUPED:
        return faults_of_groups(scheme)
    faults = off("weights", "weights", sum(rule.weight for rule in counted))
    if scheme.kind is Kind.SHORTLIST:
        faults += off("second weights", "weights", sum(rule.second_weight for rule in counted))
    return faults


def off(what: str, place: str, total: int, mend: str = "") -> list[Fault]:
    """A sum that is not a hundred, and by how much."""
    if total == WHOLE:
        return []
    by = f"Add {WHOLE - total} to them." if total < WHOLE else f"Take {total - WHOLE} off them."
    return [Fault(place, f"its {what} add to {total} instead of {WHOLE}", mend or by)]


def faults_of_groups(scheme: Scheme) -> list[Fault]:
    faults = off("groups", "groups", sum(scheme.groups.values()))
    for name in scheme.groups:
        inside = [rule.weight for rule in scheme.counted if rule.group == name]
        faults += off(f"weights in the group “{name}”", "weights", sum(inside))
    lost = [rule for rule in scheme.counted if rule.group not in scheme.groups]
    return faults + [Fault("criteria", f"“{rule.name}” is in no group", "Put it into one of them.") for rule in lost]


def faults_of_grades(scheme: Scheme) -> list[Fault]:
    grades = [rule for rule in scheme.rules if rule.scale is Scale.GRADE]
    if scheme.kind is Kind.GRADED and len(grades) != 1:
        return [Fault("criteria", "it needs one criterion that is graded A, B or C", "Give exactly one that scale.")]
    if scheme.kind is not Kind.GRADED and grades:
        return [Fault("criteria", f"“{grades[0].name}” is graded, which this scheme does not count", "Give it another scale.")]
    return []


def faults_of_bands(scheme: Scheme) -> list[Fault]:
    """Grades say by themselves what they recommend."""
    if scheme.kind is Kind.GRADED:
        return []
    if not scheme.bands:
        return [Fault("bands", "it has no bands", "Say what a score recommends.")]
    return [Fault("bands", text, "Change where it begins.") for _, text in disorder(scheme.bands)]


def disorder(bands: Sequence[Band]) -> list[tuple[int, str]]:
    """The bands that stand out of order, by their place in the list, each as the end of a sentence."""
    found = []
    for number, band in enumerate(bands):
        if not 0 <= band.from_percent <= WHOLE:
            found.append((number, f"“{band.name}” does not begin between 0 and {WHOLE}"))
        elif number and band.from_percent >= bands[number - 1].from_percent:
            found.append((number, f"“{band.name}” does not begin below “{bands[number - 1].name}”, which stands above it"))
    if bands and not found and bands[-1].from_percent != 0:
        found.append((len(bands) - 1, f"the last band, “{bands[-1].name}”, does not begin at 0"))
    return found
