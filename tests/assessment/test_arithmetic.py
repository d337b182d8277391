"""The arithmetic of several assessors: means that stay between them, and how far apart they are."""

from hypothesis import given
from hypothesis import strategies as st

from portal.assessment import scoring

points = st.integers(0, 20)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=6))
def test_the_mean_lies_between_the_lowest_and_the_highest(totals):
    assert min(totals) <= scoring.mean_permille(totals) <= max(totals)


def test_halves_go_up():
    assert scoring.mean_permille([700, 701]) == 701
    assert scoring.mean_tenths([4, 4, 3, 4]) == 38  # 3.75


@given(st.lists(points, min_size=1, max_size=4), st.randoms(), points)
def test_who_scored_first_does_not_matter_to_the_spread(scores, random, widest):
    turned = random.sample(scores, len(scores))
    assert scoring.spread(scores) == scoring.spread(turned)
    assert scoring.is_wide(scores, widest) == scoring.is_wide(turned, widest)


def test_scores_are_far_apart_from_the_rounds_threshold_on():
    assert [scoring.is_wide([4, low], 2) for low in (4, 3, 2)] == [False, False, True]
    assert scoring.is_wide([800, 650], 150)
    assert not scoring.is_wide([800, 651], 150)
    assert not scoring.is_wide([5], 0)  # nobody to differ from
