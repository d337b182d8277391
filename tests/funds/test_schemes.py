"""The arithmetic of schemes: bounds and fairness for any of them, and worked examples of the offices that use each."""

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.funds.ranking import Entry, rank
from portal.funds.schemes import GRADES, Band, Kind, Rule, Scale, Scheme, band_of, percent
from portal.funds.soundness import faults_of
from tests.timing import least_seconds

BANDS = (
    Band(70, "Fund", "award"), Band(60, "If the budget allows", "award"),
    Band(40, "Discuss", "discuss"), Band(0, "Decline", "decline"),
)  # fmt: skip
MATRIX = (Band(70, "Recommended", "award"), Band(50, "Referred", "discuss"), Band(0, "Rejected", "decline"))
COUNTED = [scale for scale in Scale if scale.is_counted]


def rules(*weights, **same):
    return tuple(Rule(key, f"c{key}", f"Criterion {key}", weight=weight, **same) for key, weight in enumerate(weights, 1))


def points(*given):
    return dict(enumerate(given, 1))


SAFER = Scheme(Kind.WEIGHTED, rules(30, 20, 20, 15, 10, 5), BANDS)
DORSET = Scheme(Kind.MATRIX, rules(50, 50, scale=Scale.ONE_TO_FIVE), MATRIX)
SAFE = Rule(9, "safe", "Safeguarding", scale=Scale.PASS)
MARKS = tuple(
    Rule(key, f"q{key}", f"Question {key}", Scale.TWENTY if key in (1, 8) else Scale.TEN, 20 if key in (1, 8) else 10)
    for key in range(1, 9)
)
CUMBRIA = Scheme(Kind.MARKS, (*MARKS, SAFE), BANDS)
LEICESTERSHIRE = Scheme(Kind.THRESHOLD, rules(30, 20, 20, 15, 10, 5), BANDS, threshold=65)
DEVON = Scheme(
    Kind.SHORTLIST,
    (Rule(1, "fit", "Plan fit", weight=25, second_weight=50), Rule(2, "need", "Need", weight=75, second_weight=50)), BANDS,
)  # fmt: skip
STAFFORDSHIRE = Scheme(Kind.GRADED, (Rule(1, "grade", "Grade", Scale.GRADE), Rule(2, "people", "People's choice", weight=100)))
MINISTRY = Scheme(
    Kind.GROUPED,
    (Rule(1, "need", "Need", Scale.ONE_TO_FIVE, 60, group="Strategic case"),
     Rule(2, "impact", "Impact", Scale.ONE_TO_FIVE, 40, group="Strategic case"),
     Rule(3, "cost", "Cost", Scale.ONE_TO_FIVE, 100, group="Management case")),
    BANDS, groups={"Strategic case": 53, "Management case": 47},
)  # fmt: skip
EVERY = {"Safer": SAFER, "Dorset": DORSET, "Cumbria": CUMBRIA, "Leicestershire": LEICESTERSHIRE, "Devon": DEVON,
         "Staffordshire": STAFFORDSHIRE, "ministry": MINISTRY}  # fmt: skip


@st.composite
def schemes(draw):
    """Any sound scheme that weighs: one to eight criteria of any scale, whose weights add to 100."""
    cuts = sorted(draw(st.sets(st.integers(1, 99), max_size=7)))
    shares = [after - before for before, after in zip([0, *cuts], [*cuts, 100], strict=True)]
    made = tuple(Rule(key, f"c{key}", "x", draw(st.sampled_from(COUNTED)), share, share) for key, share in enumerate(shares, 1))
    return Scheme(draw(st.sampled_from([Kind.WEIGHTED, Kind.THRESHOLD, Kind.SHORTLIST, Kind.MARKS])), made, BANDS)


@st.composite
def scored(draw):
    scheme = draw(st.one_of(schemes(), st.sampled_from([*EVERY.values()])))
    return scheme, {rule.key: draw(st.sampled_from([*rule.scale.points])) for rule in scheme.rules}


def with_more(scheme, given_points, data):
    rule = data.draw(st.sampled_from(scheme.rules))
    return given_points | {rule.key: data.draw(st.integers(given_points[rule.key], rule.highest))}


def test_an_example_worked_by_hand():
    # 30×4 + 20×3 + 20×4 + 15×3 + 10×5 + 5×2 = 120 + 60 + 80 + 45 + 50 + 10 = 365 of 500
    result = SAFER.judge(points(4, 3, 4, 3, 5, 2))
    assert (result.share, result.permille, result.advice.name) == (Fraction(365, 500), 730, "Fund")


@pytest.mark.parametrize(("axes", "text", "advice"), [
    ((2, 2), "4 of 10", "Rejected"), ((1, 4), "5 of 10", "Referred"), ((3, 3), "6 of 10", "Referred"),
    ((3, 4), "7 of 10", "Recommended"), ((5, 5), "10 of 10", "Recommended"), ((1, 1), "2 of 10", "Rejected"),
])  # fmt: skip
def test_dorset_rejects_four_refers_five_and_six_and_recommends_seven(axes, text, advice):
    result = DORSET.judge(points(*axes))
    assert (DORSET.text(result), result.advice.name) == (text, advice)


def test_cumbria_adds_marks_and_a_failed_question_keeps_a_bid_out():
    given_points = points(16, 8, 7, 6, 9, 5, 10, 11) | {9: 1}
    result = CUMBRIA.judge(given_points)
    assert (CUMBRIA.text(result), result.advice.name) == ("72 of 100 marks", "Fund")
    failed = CUMBRIA.judge(given_points | {9: 0})
    assert (failed.permille, failed.advice) == (720, Band(0, "Fails: Safeguarding", "decline"))


@pytest.mark.parametrize(("given_points", "shown", "recommends"), [
    ((4, 3, 3, 3, 2, 2), "63%", "decline"), ((4, 3, 3, 3, 3, 2), "65%", "award"), ((5, 5, 5, 5, 5, 5), "100%", "award"),
])  # fmt: skip
def test_leicestershire_recommends_from_its_threshold_and_not_by_bands(given_points, shown, recommends):
    result = LEICESTERSHIRE.judge(points(*given_points))
    assert (percent(result.permille), result.advice.recommends) == (shown, recommends)


def test_until_the_threshold_is_set_the_bands_speak():
    unset = Scheme(Kind.THRESHOLD, LEICESTERSHIRE.rules, BANDS)
    assert [unset.judge(points(*[n] * 6)).advice.name for n in (4, 3, 2, 1)] == [
        "Fund",
        "If the budget allows",
        "Discuss",
        "Decline",
    ]


def test_devon_and_cornwall_shortlists_at_exactly_two_thirds_and_weighs_again():
    even = tuple(Rule(key, f"c{key}", "x", Scale.TEN, weight, weight) for key, weight in enumerate((34, 33, 33), 1))
    on_the_line = Scheme(Kind.SHORTLIST, even, BANDS, shortlist=Fraction(67, 100)).judge(points(10, 10, 0))
    assert on_the_line.is_shortlisted  # 34 + 33 is 67 of 100, to the last digit
    thirds = [Scheme(Kind.SHORTLIST, even, BANDS).judge(points(*each)) for each in ((7, 10, 3), (6, 10, 4))]
    assert [(each.is_shortlisted, each.permille) for each in thirds] == [(True, 667), (False, 666)]
    below = DEVON.judge(points(5, 2))  # 25 + 30 = 55 %
    assert (below.is_shortlisted, below.permille, below.advice.name) == (False, 550, "Not shortlisted")
    above = DEVON.judge(points(2, 5))  # 10 + 75 = 85 %, then 20 + 50
    assert (above.is_shortlisted, above.permille) == (True, 700)


def test_staffordshire_grades_first_and_points_order_each_grade():
    given_bids = {"A low": (3, 1), "B high": (2, 5), "A high": (3, 4), "C": (1, 5)}
    ranked = rank(STAFFORDSHIRE, [Entry(name, points(*each), False, 0) for name, each in given_bids.items()])
    assert [each.entry.key for each in ranked] == ["A high", "A low", "B high", "C"]
    assert [each.result.advice for each in ranked] == [GRADES[3], GRADES[3], GRADES[2], GRADES[1]]
    assert STAFFORDSHIRE.text(ranked[0].result) == "A, 80%"


def test_the_ministry_weighs_criteria_in_groups_and_groups_in_the_whole():
    # strategic: 60 % × 4/5 + 40 % × 3/5 = 72 %; management: 2/5 = 40 %; 0.53 × 72 + 0.47 × 40 = 38.16 + 18.8
    result = MINISTRY.judge(points(4, 3, 2))
    assert (result.share, percent(result.permille)) == (Fraction(5696, 10000), "56.9%")


def test_fewer_than_the_least_points_recommend_no_grant_whatever_the_sum():
    scheme = Scheme(Kind.WEIGHTED, (Rule(1, "fit", "Plan fit", weight=10, least=2), Rule(2, "need", "Need", weight=90)), BANDS)
    assert scheme.judge(points(1, 5)).advice == Band(0, "Fewer than 2 points: Plan fit", "decline")
    assert scheme.judge(points(2, 5)).advice.name == "Fund"


def test_every_example_is_sound():
    assert {name: [fault.what for fault in faults_of(scheme)] for name, scheme in EVERY.items()} == {name: [] for name in EVERY}


@given(scored())
def test_a_score_lies_between_nothing_and_all_and_is_exact(case):
    scheme, given_points = case
    result = scheme.judge(given_points)
    assert 0 <= result.share <= 1
    assert result.permille == result.share * 1000 // 1


@given(schemes())
def test_the_most_points_are_all_of_it(scheme):
    assert scheme.judge({rule.key: rule.highest for rule in scheme.rules}).share == 1


@given(scored(), st.data())
def test_more_points_never_lower_a_bid(case, data):
    scheme, given_points = case
    better = with_more(scheme, given_points, data)
    if scheme.kind is Kind.SHORTLIST:  # the second stage weighs otherwise: within each stage it holds
        assert scheme.judge(better).is_shortlisted >= scheme.judge(given_points).is_shortlisted
        return
    assert scheme.judge(better).order >= scheme.judge(given_points).order


@given(scored(), st.randoms())
def test_the_order_of_criteria_does_not_matter(case, random):
    scheme, given_points = case
    turned = [*scheme.rules]
    random.shuffle(turned)
    other = Scheme(scheme.kind, tuple(turned), scheme.bands, scheme.threshold, scheme.shortlist, scheme.groups)
    assert other.judge(given_points).share == scheme.judge(given_points).share


@given(scored(), st.data())
def test_a_score_on_the_way_is_never_above_the_whole_one(case, data):
    scheme, given_points = case
    by_now = {key: given_points[key] for key in data.draw(st.sets(st.sampled_from(sorted(given_points))))}
    assert scheme.so_far(by_now) <= scheme.so_far(given_points)
    assert scheme.so_far({}) == 0


@given(st.integers(0, 1000), st.integers(0, 100))
def test_rounding_down_reaches_no_threshold_that_the_share_does_not(thousandths, threshold):
    share = Fraction(thousandths * 7, 7003)
    bands = (Band(threshold, "Reached", "award"), Band(0, "Not", "decline"))
    assert (band_of(int(share * 1000), bands).name == "Reached") == (share >= Fraction(threshold, 100) or threshold == 0)


def test_equal_bids_are_told_apart_as_the_round_says_and_else_share_a_place():
    scheme = Scheme(Kind.WEIGHTED, (Rule(1, "fit", "Fit", weight=50), Rule(2, "need", "Need", weight=50)), BANDS)
    bids = [
        Entry("later", points(3, 4), False, 2), Entry("funded area", points(3, 4), True, 1),
        Entry("fitting", points(4, 3), True, 9), Entry("earlier", points(3, 4), False, 1),
        Entry("twin", points(3, 4), False, 1), Entry("best", points(5, 5), True, 9),
    ]  # fmt: skip
    ranked = rank(scheme, bids)
    assert [(each.place, each.entry.key) for each in ranked] == [
        (1, "best"), (2, "fitting"), (3, "earlier"), (3, "twin"), (5, "later"), (6, "funded area"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", EVERY)
def test_ten_thousand_bids_are_ranked_in_a_second(name, record_property):
    scheme, random = EVERY[name], Random(7)
    bids = [
        Entry(number, {rule.key: random.choice(rule.scale.points) for rule in scheme.rules}, number % 3 == 0, number)
        for number in range(10_000)
    ]
    ranked, took = rank(scheme, bids), least_seconds(lambda: rank(scheme, bids))
    print(f"{name}: 10,000 bids ranked in {took * 1000:.0f} ms")
    assert took < 1
    assert [each.place for each in ranked[:1]] == [1]
    assert [each.result.order for each in ranked] == sorted((each.result.order for each in ranked), reverse=True)


@pytest.mark.parametrize(("scheme", "what"), [
    (Scheme(Kind.WEIGHTED, rules(30, 69), BANDS), "its weights add to 99 instead of 100"),
    (Scheme(Kind.WEIGHTED, (), BANDS), "it has no criteria to score"),
    (Scheme(Kind.WEIGHTED, rules(100), ()), "it has no bands"),
    (Scheme(Kind.WEIGHTED, rules(100), (BANDS[1], BANDS[0], BANDS[3])),
     "“Fund” does not begin below “If the budget allows”, which stands above it"),
    (Scheme(Kind.WEIGHTED, rules(100), BANDS[:2]), "the last band, “If the budget allows”, does not begin at 0"),
    (Scheme(Kind.MATRIX, rules(40, 30, 30), MATRIX), "a matrix needs exactly two axes of up to 5 points"),
    (Scheme(Kind.MARKS, MARKS[:-1], BANDS), "its marks add to 80 instead of 100"),
    (Scheme(Kind.SHORTLIST, rules(50, 50), BANDS), "its second weights add to 0 instead of 100"),
    (Scheme(Kind.GRADED, rules(100)), "it needs one criterion that is graded A, B or C"),
    (Scheme(Kind.WEIGHTED, (*rules(100), Rule(2, "g", "Grade", Scale.GRADE)), BANDS),
     "“Grade” is graded, which this scheme does not count"),
    (Scheme(Kind.GROUPED, rules(100), BANDS, groups={"Case": 90}), "its groups add to 90 instead of 100"),
])  # fmt: skip
def test_what_is_wrong_with_a_scheme_is_said_with_its_place(scheme, what):
    faults = faults_of(scheme)
    assert what in [fault.what for fault in faults]
    assert all(fault.place and fault.mend for fault in faults)
