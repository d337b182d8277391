"""When a round takes bids: two people open it, it opens and closes by itself, pauses, more time for all or for one."""

from datetime import timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from portal.applications import actions as applying
from portal.applications.models import Application, Stage
from portal.core import clock
from portal.core.db import db, write
from portal.core.problems import Forbidden, NotNow, Problem, Refused
from portal.funds import actions
from portal.funds.models import Extension, Round, RoundStage
from tests.at_once import at_once
from tests.cast import ADA, CLEO, OMAR, PRIYA, user_of
from tests.databases import NOW
from tests.factories import a_complete_draft, a_draft
from tests.funds.lives import a_checked_round, an_open_round, round_called

HOUR = timedelta(hours=1)


def organisation_of(person):
    return user_of(person).memberships[0].organisation


def letters(outbox, template):
    return [mail.to_name for mail in outbox() if mail.template == template]


def test_the_one_who_checked_does_not_open(app, frozen):
    round_ = a_checked_round(frozen)
    write(actions.change, round_, by=user_of(OMAR))
    write(actions.check, round_called("SCF27"), by=user_of(PRIYA))
    with pytest.raises(Forbidden, match="not the person who checked it"):
        write(actions.open_round, round_called("SCF27"), by=user_of(PRIYA), at_once=True)
    with pytest.raises(Forbidden):
        write(actions.open_round, round_called("SCF27"), by=user_of(OMAR), at_once=True)


def test_a_round_opens_by_itself_only_once_it_was_agreed(app, frozen):
    a_checked_round(frozen)
    frozen.move(days=1)
    assert write(actions.open_due) == []
    write(actions.agree_opening, round_called("SCF27"), by=user_of(PRIYA))
    assert [each.code for each in write(actions.open_due)] == ["SCF27"]
    assert write(actions.open_due) == []
    assert round_called("SCF27").is_open
    frozen.move(days=9)
    assert not round_called("SCF27").is_open
    assert "SCF27" in {each.code for each in write(actions.close_overdue)}


def test_a_pause_stops_bids_and_tells_who_has_a_draft(app, frozen, outbox):
    bid = a_complete_draft(ADA)
    write(actions.pause, bid.round, "A question was wrong.", by=user_of(OMAR))
    assert letters(outbox, "applications/round_changed") == ["Ada Khan", "Ben Carter"]
    with pytest.raises(NotNow, match="paused: A question was wrong"):
        write(applying.submit, db.session.get(Application, bid.id), by=user_of(ADA))
    write(actions.resume, round_called("SCF26"), by=user_of(OMAR))
    assert len(letters(outbox, "applications/round_changed")) == 4
    write(applying.submit, db.session.get(Application, bid.id), by=user_of(ADA))


def test_more_time_for_one_is_for_nobody_else(app, frozen, outbox):
    ada, cleo = a_complete_draft(ADA), a_complete_draft(CLEO)
    round_ = round_called("SCF26")
    until = round_.closes_at + 24 * HOUR
    write(actions.extend, round_, until, "A power cut.", only=organisation_of(ADA), by=user_of(PRIYA))
    assert letters(outbox, "applications/round_changed") == ["Ada Khan", "Ben Carter"]
    frozen.at(until - HOUR)
    write(actions.close_overdue)
    assert not round_called("SCF26").is_open
    assert db.session.get(Application, ada.id).is_in_time
    with pytest.raises(NotNow, match="closed on"):
        write(applying.submit, db.session.get(Application, cleo.id), by=user_of(CLEO))
    frozen.at(until)
    assert not db.session.get(Application, ada.id).is_in_time


def test_more_time_is_later_than_what_there_was_and_has_a_reason(app, frozen):
    round_ = an_open_round(frozen)
    for until, reason, sentence in (
        (round_.closes_at, "Why not", "Choose a time after"), (round_.closes_at + HOUR, "", "Say why"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=sentence):
            write(actions.extend, round_called("SCF27"), until, reason, by=user_of(PRIYA))
    with pytest.raises(Forbidden):
        write(actions.extend, round_called("SCF27"), round_called("SCF27").closes_at + HOUR, "Late.", by=user_of(OMAR))


def test_a_closed_round_is_open_again_with_more_time(app, frozen):
    closes_at = an_open_round(frozen).closes_at
    frozen.at(closes_at)
    write(actions.close_overdue)
    write(actions.extend, round_called("SCF27"), closes_at + HOUR, "The portal was down.", by=user_of(PRIYA))
    assert round_called("SCF27").is_open


def test_a_round_is_archived_once_every_bid_has_ended(app, frozen):
    bid = a_complete_draft(ADA)
    write(applying.submit, bid, by=user_of(ADA))
    write(actions.close, round_called("SCF26"), "The pot is spent.", by=user_of(PRIYA))
    with pytest.raises(NotNow, match="still under way"):
        write(actions.archive, round_called("SCF26"), by=user_of(OMAR))
    write(applying.withdraw, db.session.get(Application, bid.id), "We cannot do it now.", by=user_of(ADA))
    write(actions.archive, round_called("SCF26"), by=user_of(OMAR))
    assert round_called("SCF26").stage is RoundStage.ARCHIVED


def test_who_submits_while_the_round_closes_is_judged_by_when_they_came(app, frozen):
    bid = a_complete_draft(ADA)
    bid_id, closes_at = bid.id, frozen.now + timedelta(seconds=1)
    write(db.session.execute, update(Round).where(Round.code == "SCF26").values(closes_at=closes_at))

    def close_after():
        with clock.hold(closes_at):
            return write(actions.close_overdue)

    found = at_once(app, [partial(submit, bid_id), close_after])
    assert found[0] == "submitted"
    assert round_called("SCF26").stage is RoundStage.CLOSED
    assert db.session.get(Application, bid_id).stage is Stage.SUBMITTED


def submit(bid_id):
    write(applying.submit, db.session.get(Application, bid_id), by=user_of(ADA))
    return "submitted"


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["open", "pause", "resume", "extend", "extend_one", "close", "tick", "tick", "tick"]),
        st.integers(1, 30),
    ),
    min_size=1, max_size=14,
)  # fmt: skip
ONE, ANOTHER = 1, 2


class Model:
    """What should be so: told from the outside, second by second, without looking at how a round keeps it."""

    def __init__(self, closes_at):
        self.opened, self.paused, self.ended, self.until, self.own = False, False, False, closes_at, None

    def takes(self, who, now):
        until = max(self.until, self.own) if who == ONE and self.own else self.until
        by_own = who == ONE and self.own is not None and now < self.own
        return self.opened and not self.paused and now < until and (not self.ended or by_own)


def attempt(model, name, hours, now, round_):
    """The real conditions and stamps of each move, on a round that no database holds."""
    if name == "open" and not model.opened:
        round_.stage, model.opened = RoundStage.OPEN, True
    elif name == "pause" and round_.stage is RoundStage.OPEN and now < model.until:
        round_.stage, round_.paused_at, model.paused = RoundStage.PAUSED, now, True
    elif name == "resume" and model.paused and now < model.until:
        round_.stage, model.paused = RoundStage.OPEN, False
        actions.rounds.end_pause(round_)
    elif name == "extend" and model.opened:
        model.until = round_.closes_at = max(model.until, now) + hours * HOUR
        round_.stage, model.paused, model.ended = RoundStage.OPEN, False, False
        actions.rounds.end_pause(round_)
    elif name == "extend_one" and model.opened:
        model.own = max(model.until, model.own or model.until, now) + hours * HOUR
        round_.extensions.append(Extension(organisation_id=ONE, closes_at=model.own))
    elif name == "close" and round_.stage in (RoundStage.OPEN, RoundStage.PAUSED):
        round_.stage, round_.closed_at, model.paused, model.ended = RoundStage.CLOSED, now, False, True
        actions.rounds.end_pause(round_)


@settings(max_examples=300)
@given(STEPS, st.integers(1, 72))
def test_in_whatever_order_a_round_is_run_nobody_is_let_in_late_or_shut_out_early(steps, lasts):
    now = NOW
    model = Model(NOW + lasts * HOUR)
    round_ = Round(stage=RoundStage.CHECKED, opens_at=NOW, closes_at=model.until)
    for name, hours in steps:
        with clock.hold(now):
            attempt(model, name, hours, now, round_)
        now += hours * HOUR if name == "tick" else timedelta(minutes=1)
        with clock.hold(now):
            for who in (ONE, ANOTHER):
                assert round_.is_open_for(who) == model.takes(who, now), (name, who)


@settings(max_examples=8)
@given(st.lists(st.sampled_from(["pause", "resume", "extend", "extend_one", "close", "hours", "days"]), min_size=3, max_size=8))
def test_a_bid_is_taken_exactly_when_the_page_says_so(app, frozen, steps):
    bid = db.session.scalar(select(Application)) or a_draft(ADA)
    for step in steps:
        try:
            take(step, frozen)
        except Problem:
            db.session.rollback()
        here = db.session.get(Application, bid.id)
        shown, round_ = here.is_in_time, here.round
        until = round_.closes_for(here.organisation_id)
        assert not (shown and (frozen.now >= until or round_.stage is RoundStage.PAUSED))
        db.session.rollback()


def take(step, frozen):
    round_ = round_called("SCF26")
    later = max(round_.closes_at, frozen.now) + 30 * HOUR
    {
        "pause": lambda: write(actions.pause, round_, "Wait.", by=user_of(OMAR)),
        "resume": lambda: write(actions.resume, round_, by=user_of(OMAR)),
        "extend": lambda: write(actions.extend, round_, later, "More.", by=user_of(PRIYA)),
        "extend_one": lambda: write(actions.extend, round_, later, "More.", only=organisation_of(ADA), by=user_of(PRIYA)),
        "close": lambda: write(actions.close, round_, "Spent.", by=user_of(PRIYA)),
        "hours": lambda: frozen.move(hours=20),
        "days": lambda: (frozen.move(days=60), write(actions.close_overdue)),
    }[step]()
