"""How bids are judged, as pure arithmetic: scales, weights, bands and schemes. Whole numbers and fractions only.

Every scheme comes down to a share of the most that a bid can reach. Percentages are whole permille (712 is 71.2 %), rounded
down, so that no bid is shown to have reached a threshold that it has not; ranking (ranking.py) compares the shares themselves.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from math import lcm

Points = Mapping[int, int]  # criterion id → points


class Scale(StrEnum):
    """The points that may be given on one criterion."""

    FOUR = "0-4"
    FIVE = "0-5"
    ONE_TO_FIVE = "1-5"
    TEN = "0-10"
    TWENTY = "0-20"
    GRADE = "grade"
    PASS = "pass"

    @property
    def points(self) -> range:
        return RANGES[self]

    @property
    def highest(self) -> int:
        return RANGES[self][-1]

    @property
    def is_counted(self) -> bool:
        """Grades order bids, and a fail keeps one out; neither is part of a sum."""
        return self not in (Scale.GRADE, Scale.PASS)


RANGES = {
    Scale.FOUR: range(5), Scale.FIVE: range(6), Scale.ONE_TO_FIVE: range(1, 6), Scale.TEN: range(11), Scale.TWENTY: range(21),
    Scale.GRADE: range(1, 4), Scale.PASS: range(2),
}  # fmt: skip


class Kind(StrEnum):
    """The schemes in use among commissioners' offices."""

    WEIGHTED = "weighted"
    THRESHOLD = "threshold"  # Leicestershire
    MARKS = "marks"  # Cumbria
    MATRIX = "matrix"  # Dorset
    SHORTLIST = "shortlist"  # Devon and Cornwall
    GRADED = "graded"  # Staffordshire
    GROUPED = "grouped"  # the ministry's Community Ownership Fund


@dataclass(frozen=True)
class Band:
    """What a percentage recommends: award, discuss or decline. A person decides."""

    from_percent: int
    name: str
    recommends: str


@dataclass(frozen=True)
class Rule:
    """One criterion as the arithmetic knows it. Fewer than the `least` points recommend no grant, whatever the sum."""

    key: int
    code: str
    name: str
    scale: Scale = Scale.FIVE
    weight: int = 0
    second_weight: int = 0
    group: str = ""
    least: int = 0

    @property
    def highest(self) -> int:
        return self.scale.highest

    def is_low(self, points: int | None) -> bool:
        """The bid hardly answers this at all: a quarter of the points or fewer, grade C, a fail."""
        if points is None:
            return False
        return points * 4 <= self.highest if self.scale.is_counted else points == self.scale.points[0]


@dataclass(frozen=True)
class Result:
    """What points come to: `total` of `of`, and what that recommends."""

    total: int
    of: int
    advice: Band | None = None
    grade: int = 0
    is_shortlisted: bool = True
    is_sound: bool = True  # nothing failed, and every least number of points was reached

    @property
    def share(self) -> Fraction:
        return Fraction(self.total, self.of)

    @property
    def permille(self) -> int:
        return self.total * 1000 // self.of

    @property
    def order(self) -> tuple[int, ...]:
        """Compared within one scheme: the greater, the higher the bid stands."""
        return self.is_sound, self.grade, self.is_shortlisted, self.total


@dataclass(frozen=True)
class Scheme:
    """The criteria of a round, and how their points become a result."""

    kind: Kind
    rules: tuple[Rule, ...]
    bands: tuple[Band, ...] = ()
    threshold: int | None = None  # percent; from here on a bid is recommended
    shortlist: Fraction = Fraction(2, 3)  # of the most; from here on the second weights count
    groups: Mapping[str, int] = field(default_factory=dict)
    ties: tuple[str, ...] = ("fit", "need", "area", "earlier")

    @cached_property
    def counted(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if rule.scale.is_counted)

    @cached_property
    def most(self) -> int:
        """The points there are in all, for schemes that add them as they are."""
        return sum(rule.highest for rule in self.counted)

    def weight_of(self, rule: Rule, is_second: bool = False) -> Fraction:
        """Which part of the whole a criterion is worth."""
        if self.kind in (Kind.MARKS, Kind.MATRIX):
            return Fraction(rule.highest, self.most)
        if self.kind is Kind.GROUPED:
            return Fraction(rule.weight * self.groups.get(rule.group, 0), 100 * 100)
        return Fraction(rule.second_weight if is_second else rule.weight, 100)

    @cached_property
    def units(self) -> tuple[dict[int, int], dict[int, int], int]:
        """What one point is worth in the first and in the second stage, as whole numbers, and how many make the whole."""
        first = {rule.key: self.weight_of(rule) / rule.highest for rule in self.counted}
        second = {rule.key: self.weight_of(rule, True) / rule.highest for rule in self.counted}
        of = lcm(1, *(part.denominator for part in (*first.values(), *second.values())))
        whole = [{key: int(part * of) for key, part in worth.items()} for worth in (first, second)]
        return whole[0], whole[1], of

    def judge(self, points: Points) -> Result:
        """Every criterion needs its points."""
        first, second, of = self.units
        total = sum(worth * points[key] for key, worth in first.items())
        is_shortlisted = self.kind is not Kind.SHORTLIST or Fraction(total, of) >= self.shortlist
        if self.kind is Kind.SHORTLIST and is_shortlisted:
            total = sum(worth * points[key] for key, worth in second.items())
        grade = min((points[rule.key] for rule in self.rules if rule.scale is Scale.GRADE), default=0)
        stops = self.stops(points)
        advice = self.advice(total * 1000 // of, stops, grade, is_shortlisted)
        return Result(total, of, advice, grade, is_shortlisted, not stops)

    def so_far(self, points: Points) -> int:
        """The permille while scoring goes on: a criterion without points counts nothing yet."""
        first, _, of = self.units
        return sum(worth * points.get(key, 0) for key, worth in first.items()) * 1000 // of

    def stops(self, points: Points) -> str:
        """What speaks against a grant whatever the sum, as a short sentence; empty for most bids."""
        for rule in self.rules:
            if rule.scale is Scale.PASS and points[rule.key] == 0:
                return f"Fails: {rule.name}"
            if points[rule.key] < rule.least:
                return f"Fewer than {rule.least} points: {rule.name}"
        return ""

    def advice(self, permille: int, stops: str, grade: int, is_shortlisted: bool) -> Band | None:
        if stops:
            return Band(0, stops, "decline")
        if not is_shortlisted:
            return Band(0, "Not shortlisted", "decline")
        if grade and self.kind is Kind.GRADED:
            return GRADES[grade]
        if self.threshold is not None and self.kind is Kind.THRESHOLD:
            is_reached = permille >= self.threshold * 10
            words = "At or above" if is_reached else "Below"
            return Band(0, f"{words} the threshold of {self.threshold}%", "award" if is_reached else "decline")
        return band_of(permille, self.bands)

    def text(self, result: Result) -> str:
        """The result as people of this scheme say it: 73%, 7 of 10, 64 of 100 marks, A with 73%."""
        if self.kind in (Kind.MARKS, Kind.MATRIX):
            return f"{result.total * self.most // result.of} of {self.most}{' marks' if self.kind is Kind.MARKS else ''}"
        return f"{LETTERS[result.grade]}, {percent(result.permille)}" if result.grade else percent(result.permille)


LETTERS = {1: "C", 2: "B", 3: "A"}
GRADES = {3: Band(0, "Grade A: fund", "award"), 2: Band(0, "Grade B: fund if the budget allows", "discuss"),
          1: Band(0, "Grade C: decline", "decline")}  # fmt: skip


def band_of(permille: int | None, bands: Iterable[Band]) -> Band | None:
    """The highest band that a score reaches."""
    reached = [band for band in bands if permille is not None and permille >= band.from_percent * 10]
    return max(reached, key=lambda band: band.from_percent, default=None)


def percent(permille: int | None) -> str:
    """71.2%, and 70% where nothing stands behind the point."""
    if permille is None:
        return ""
    return f"{permille // 10}%" if permille % 10 == 0 else f"{permille // 10}.{permille % 10}%"
