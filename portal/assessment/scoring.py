"""The arithmetic of scores: pure functions, no database. Percentages are whole permille (712 is 71.2 %), halves up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

HIGHEST = 5
Points = Mapping[int, int]  # criterion id → points


@dataclass(frozen=True)
class Band:
    """What a percentage recommends. A person decides."""

    from_percent: int
    name: str
    recommends: str


def permille(points: Points, weights: Mapping[int, int]) -> int:
    """The weighted share of the highest score. Every weight needs its points.

    Weights add to 100; with one criterion of weight 100, 5 points are 1,000 permille.
    """
    total = sum(weight * points[criterion] for criterion, weight in weights.items())
    return (total * 1000 * 2 + HIGHEST * 100) // (HIGHEST * 100 * 2)


def so_far(points: Points, weights: Mapping[int, int]) -> int:
    """The same while scoring goes on: a criterion without points counts nothing yet."""
    return permille(dict.fromkeys(weights, 0) | dict(points), weights)


def mean_permille(totals: Sequence[int]) -> int:
    """The mean of several assessors' totals, halves up. Advisory: moderation agrees the score."""
    return (sum(totals) * 2 + len(totals)) // (len(totals) * 2)


def mean_tenths(given: Sequence[int]) -> int:
    """The mean of several points in tenths, halves up: 4 and 3 give 35. Advisory too."""
    return (sum(given) * 10 * 2 + len(given)) // (len(given) * 2)


def spread(given: Sequence[int]) -> int:
    """How far the highest is from the lowest."""
    return max(given) - min(given) if given else 0


def is_wide(given: Sequence[int], widest: int) -> bool:
    """True when several people differ by so much, in points on a criterion or in permille overall, that they should talk."""
    return len(given) > 1 and spread(given) >= widest


def band_of(score: int | None, bands: Iterable[Band]) -> Band | None:
    """The highest band that a permille score reaches."""
    reached = [band for band in bands if score is not None and score >= band.from_percent * 10]
    return max(reached, key=lambda band: band.from_percent, default=None)


def show(score: int | None) -> str:
    """71.2%, and 70% where nothing stands behind the point."""
    if score is None:
        return ""
    return f"{score // 10}%" if score % 10 == 0 else f"{score // 10}.{score % 10}%"
