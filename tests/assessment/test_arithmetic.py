"""The arithmetic of scores: bounds, fairness, and one example worked by hand."""

from hypothesis import given
from hypothesis import strategies as st

from portal.assessment import scoring
from portal.assessment.scoring import Band

WEIGHTS = {1: 30, 2: 20, 3: 20, 4: 15, 5: 10, 6: 5}  # of the Safer Communities Fund
BANDS = [
    Band(70, "Fund", "award"), Band(60, "If the budget allows", "award"),
    Band(40, "Discuss", "discuss"), Band(0, "Decline", "decline"),
]  # fmt: skip

points = st.integers(0, 5)


@st.composite
def weights(draw):
    """Any round's weights: one to eight criteria that add to 100."""
    cuts = sorted(draw(st.sets(st.integers(1, 99), max_size=7)))
    shares = [after - before for before, after in zip([0, *cuts], [*cuts, 100], strict=True)]
    return dict(enumerate(shares, 1))


@st.composite
def scored(draw):
    shares = draw(weights())
    return {criterion: draw(points) for criterion in shares}, shares


def test_an_example_worked_by_hand():
    given_points = {1: 4, 2: 3, 3: 4, 4: 3, 5: 5, 6: 2}
    # 30×4 + 20×3 + 20×4 + 15×3 + 10×5 + 5×2 = 120 + 60 + 80 + 45 + 50 + 10 = 365 of 500
    assert scoring.permille(given_points, WEIGHTS) == 730
    assert scoring.show(730) == "73%"
    assert scoring.band_of(730, BANDS).name == "Fund"


@given(scored())
def test_a_score_lies_between_nothing_and_all(case):
    given_points, shares = case
    assert 0 <= scoring.permille(given_points, shares) <= 1000


@given(weights())
def test_fives_all_over_are_a_thousand_and_noughts_nothing(shares):
    assert scoring.permille(dict.fromkeys(shares, 5), shares) == 1000
    assert scoring.permille(dict.fromkeys(shares, 0), shares) == 0


@given(scored(), st.data())
def test_a_better_criterion_never_lowers_the_score(case, data):
    given_points, shares = case
    criterion = data.draw(st.sampled_from(sorted(shares)))
    better = given_points | {criterion: data.draw(st.integers(given_points[criterion], 5))}
    assert scoring.permille(better, shares) >= scoring.permille(given_points, shares)


@given(scored(), st.randoms())
def test_the_order_of_criteria_does_not_matter(case, random):
    given_points, shares = case
    order = list(shares)
    random.shuffle(order)
    turned = {criterion: shares[criterion] for criterion in order}
    assert scoring.permille(dict(reversed(given_points.items())), turned) == scoring.permille(given_points, shares)


@given(scored(), st.data())
def test_a_score_on_the_way_is_never_above_the_whole_one(case, data):
    given_points, shares = case
    by_now = {key: given_points[key] for key in data.draw(st.sets(st.sampled_from(sorted(shares))))}
    assert scoring.so_far(by_now, shares) <= scoring.permille(given_points, shares)
    assert scoring.so_far(given_points, shares) == scoring.permille(given_points, shares)
    assert scoring.so_far({}, shares) == 0


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


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_a_higher_score_never_reaches_a_lower_band(one, other):
    low, high = sorted((one, other))
    assert scoring.band_of(low, BANDS).from_percent <= scoring.band_of(high, BANDS).from_percent


def test_bands_begin_on_their_percentage():
    assert [scoring.band_of(score, BANDS).name for score in (700, 699, 600, 599, 400, 399)] == [
        "Fund", "If the budget allows", "If the budget allows", "Discuss", "Discuss", "Decline",
    ]  # fmt: skip
    assert scoring.band_of(None, BANDS) is None


def test_percentages_read_as_people_write_them():
    assert [scoring.show(score) for score in (None, 0, 700, 712, 1000)] == ["", "0%", "70%", "71.2%", "100%"]
