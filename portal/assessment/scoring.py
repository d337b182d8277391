"""The arithmetic of several assessors' scores: pure functions, no database. What points come to is for funds/schemes.py."""

from collections.abc import Sequence


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
