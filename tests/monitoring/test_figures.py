"""What figures suggest: promises for any numbers."""

from hypothesis import assume, given
from hypothesis import strategies as st

from portal.monitoring import figures
from portal.plan.models import Rag

COUNT = st.integers(0, 10**6)
PERCENT = st.integers(1, 100)
PENCE = st.integers(0, 10**11)


@given(COUNT, COUNT, COUNT, COUNT, PERCENT)
def test_coming_nearer_to_the_target_never_looks_worse(baseline, target, one, other, elapsed):
    assume(baseline != target)
    low, high = sorted((one, other))
    nearer, farther = (high, low) if target > baseline else (low, high)
    rag = [figures.delivery_rag([(baseline, target, reached)], elapsed) for reached in (nearer, farther)]
    assert rag[0].rank <= rag[1].rank


@given(st.lists(st.tuples(COUNT, COUNT, COUNT), min_size=1, max_size=5), PERCENT)
def test_delivery_is_as_good_as_its_worst_measure(reached, elapsed):
    single = [figures.delivery_rag([each], elapsed).rank for each in reached]
    assert figures.delivery_rag(reached, elapsed).rank == max(single)


@given(COUNT, COUNT, PERCENT)
def test_a_reached_target_is_green_at_any_time(baseline, target, elapsed):
    assert figures.delivery_rag([(baseline, target, target)], elapsed) is Rag.GREEN


@given(COUNT, COUNT, COUNT)
def test_before_anything_should_have_moved_nothing_is_said(baseline, target, reached):
    assert figures.delivery_rag([(baseline, target, reached)], 0) is Rag.GREY
    assert figures.delivery_rag([], 50) is Rag.GREY


@given(st.integers(1, 10**11), PENCE, PENCE)
def test_spend_nearer_to_the_plan_never_looks_worse(planned, one, other):
    near, far = sorted((one, other), key=lambda spent: abs(spent - planned))
    assert figures.spend_rag(near, planned).rank <= figures.spend_rag(far, planned).rank


@given(st.integers(4, 10**11))
def test_spend_exactly_as_planned_is_green_and_twice_as_much_red(planned):
    assert figures.spend_rag(planned, planned) is Rag.GREEN
    assert figures.spend_rag(planned * 2, planned) is Rag.RED


def test_the_edges_are_those_of_the_definition():
    assert [figures.spend_rag(1000 + over, 1000) for over in (100, 110, 250, 260)] == [Rag.GREEN, Rag.AMBER, Rag.AMBER, Rag.RED]
    assert [figures.delivery_rag([(0, 100, reached)], 100) for reached in (90, 89, 70, 69)] == [
        Rag.GREEN,
        Rag.AMBER,
        Rag.AMBER,
        Rag.RED,
    ]
    assert figures.spend_rag(0, 0) is Rag.GREY
    assert figures.spend_rag(1, 0) is Rag.RED


@given(st.integers(0, 10**9), st.integers(1, 10**9))
def test_shares_are_whole_per_cent_halves_up(done, whole):
    exact = done * 100 / whole
    assert abs(figures.share(done, whole) - exact) <= 0.5 + 1e-6 * exact
