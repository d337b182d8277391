"""The arithmetic of an award, and the days it has to report: promises for any numbers."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.awards.actions import note_spend
from portal.awards.calendar import periods_of
from portal.funds.models import ReturnSchedule
from portal.plan.models import Direction, Rag, direction_between

PENCE = st.integers(0, 10**11)
PARTS = st.lists(st.integers(1, 10**11), min_size=1, max_size=4)
RAGS = st.sampled_from(list(Rag))


def award_of(parts):
    return SimpleNamespace(funding=[SimpleNamespace(pence=pence, spent_pence=0) for pence in parts])


@given(PARTS, PENCE)
def test_reported_spend_is_spread_to_the_penny(parts, spent):
    award = award_of(parts)
    note_spend(award, spent)
    assert sum(part.spent_pence for part in award.funding) == spent


@given(PARTS, PENCE)
def test_money_is_spent_in_order_and_only_the_last_part_runs_over(parts, spent):
    award = award_of(parts)
    note_spend(award, spent)
    for part, later in zip(award.funding, award.funding[1:], strict=False):
        assert 0 <= part.spent_pence <= part.pence
        assert later.spent_pence == 0 or part.spent_pence == part.pence


@given(PARTS, PENCE, PENCE)
def test_what_was_noted_before_leaves_no_trace(parts, first, second):
    twice, once = award_of(parts), award_of(parts)
    note_spend(twice, first)
    note_spend(twice, second)
    note_spend(once, second)
    assert twice == once


@given(RAGS, RAGS)
def test_direction_is_the_opposite_the_other_way_round(before, now):
    opposite = {Direction.IMPROVING: Direction.DECLINING, Direction.DECLINING: Direction.IMPROVING}
    there, back = direction_between(before, now), direction_between(now, before)
    assert back is opposite.get(there, there)


@given(RAGS)
def test_nothing_to_compare_with_is_new(now):
    assert direction_between(None, now) is Direction.NEW
    assert direction_between(Rag.GREY, now) is Direction.NEW


def a_grant(days, midpoint=6, returns=28, form=1, schedule=ReturnSchedule.MIDPOINT):
    round_ = SimpleNamespace(midpoint_over_months=midpoint, return_days=returns, return_version_id=form, return_schedule=schedule)
    start = date(2026, 6, 30)
    return SimpleNamespace(starts_on=start, ends_on=start + timedelta(days=days), application=SimpleNamespace(round=round_))


@pytest.mark.parametrize(
    ("days", "finals"), [(0, [True]), (90, [True]), (183, [True]), (184, [False, True]), (365, [False, True])]
)
def test_only_a_grant_of_more_than_six_months_reports_half_way(days, finals):
    assert [period.is_final for period in periods_of(a_grant(days))] == finals


@given(st.integers(0, 800), st.integers(1, 24), st.integers(0, 90))
def test_periods_lie_within_the_grant_and_are_due_after_it(days, midpoint, returns):
    grant = a_grant(days, midpoint, returns)
    periods = periods_of(grant)
    assert periods[-1].until == grant.ends_on
    for period in periods:
        assert grant.starts_on <= period.until <= grant.ends_on
        assert period.due_on - period.until == timedelta(days=returns)


@pytest.mark.parametrize(("schedule", "days", "ends"), [
    (ReturnSchedule.QUARTERLY, 364, ["2026-09-29", "2026-12-29", "2027-03-29", "2027-06-29"]),
    (ReturnSchedule.QUARTERLY, 100, ["2026-10-08"]),  # the final return tells of the last nine days
    (ReturnSchedule.HALF_YEARLY, 364, ["2026-12-29", "2027-06-29"]),
    (ReturnSchedule.FINAL_ONLY, 364, ["2027-06-29"]),
])  # fmt: skip
def test_a_round_says_how_often_its_grants_report(schedule, days, ends):
    periods = periods_of(a_grant(days, schedule=schedule))
    assert [period.until.isoformat() for period in periods] == ends
    assert [period.kind for period in periods] == ["interim"] * (len(ends) - 1) + ["final"]


@given(st.integers(0, 800), st.sampled_from(ReturnSchedule))
def test_periods_of_every_schedule_follow_one_another_to_the_end(days, schedule):
    grant = a_grant(days, schedule=schedule)
    ends = [period.until for period in periods_of(grant)]
    assert ends == sorted(set(ends))
    assert ends[-1] == grant.ends_on


def test_a_round_without_a_form_for_returns_asks_for_none():
    assert periods_of(a_grant(365, form=None)) == []
