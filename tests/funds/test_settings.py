"""What is set in a round acts: how much there is, how it is paid, from when the clock counts, who is invited, and tests apart."""

import re
from datetime import timedelta
from inspect import signature

import pytest
from sqlalchemy import select, update
from werkzeug.datastructures import MultiDict

from portal.applications import actions as applying
from portal.applications.lists import promised_in
from portal.applications.models import Application, Stage
from portal.assessment.deadline import deadline_of
from portal.assessment.lists.ranked import money_for
from portal.assessment.lists.tables import AssessmentList, waited
from portal.core import clock, holidays
from portal.core.db import db, write
from portal.core.problems import Refused
from portal.funds import actions
from portal.funds.models import Round, RoundKind
from portal.plan.models import Objective
from tests import factories
from tests.cast import ADA, CLEO, GUS, OMAR, PRIYA, user_of
from tests.funds.rounds import round_called
from tests.test_tables import lists


def set_in(code="SCF26", **facts):
    write(db.session.execute, update(Round).where(Round.code == code).values(**facts))


def here(thing):
    return db.session.get(type(thing), thing.id)


def test_no_decision_goes_beyond_what_there_is_in_a_round(app, as_user):
    bid = factories.a_recommended_bid(ADA, pence=145_000)
    set_in(pot_pence=600_000, cap_pence=500_000)
    factories.decide(bid)
    other = factories.a_recommended_bid(CLEO, pence=145_000)
    assert promised_in(round_called("SCF26")) == 145_000
    assert money_for(round_called("SCF26")) == 600_000 - 145_000
    set_in(pot_pence=289_999, cap_pence=None)
    with pytest.raises(Refused, match=r"£1,449\.99 left of the £2,899\.99"):
        factories.decide(other)
    priya = as_user(PRIYA)
    refused = priya.post("/commissioning/rounds/SCF26/pot", data={"pot_pence": "1,449.99", "reason": "Less came in."})
    assert (refused.status_code, "£1,450.00 of it is promised already" in refused.text) == (422, True)
    assert (
        priya.post("/commissioning/rounds/SCF26/pot", data={"pot_pence": "2,900", "reason": "A penny came in."}).status_code
        == 303
    )
    factories.decide(here(other))
    assert "In all</dt>" in as_user(None).get("/funds/safer-communities").text


def test_who_accepts_a_grant_reads_how_it_is_paid(app, as_user):
    set_in(payment_mode="in_arrears")
    award = factories.an_offered_award(ADA)
    for who, place in ((GUS, f"/awards/{award.ref}/accept"), (None, "/funds/safer-communities"), (ADA, f"/grants/{award.ref}")):
        assert "We pay what you have spent, on evidence" in as_user(who).get(place).text, place


def test_where_bids_compete_the_clock_counts_from_the_closing(app, frozen):
    bid = factories.a_submitted_bid(ADA)
    closes_at = frozen.now + timedelta(days=20)
    set_in(kind=RoundKind.COMPETED, closes_at=closes_at)
    frozen.move(days=10)
    assert deadline_of(here(bid)).waited == 0
    assert deadline_of(here(bid)).due_on == holidays.working_day_after(clock.day_of(closes_at), 10)
    factories.ask(here(bid))  # while the others still write: no day of ours is used
    assert here(bid).clock_used_days == 0
    frozen.move(days=1)
    factories.submit(here(bid))
    frozen.at(closes_at + timedelta(days=1))
    listing = AssessmentList(MultiDict(), user_of(OMAR))
    told = [waited(row[2 + [each.key for each in listing.columns].index("working_days")]) for row in listing.found[0]]
    assert deadline_of(here(bid)).waited == told[0] == holidays.working_days_between(clock.day_of(closes_at), clock.today())


def test_whom_one_invites_gets_a_letter_with_the_way_in_once_it_is_open(app, frozen, outbox):
    like, omar = round_called("SCF26"), user_of(OMAR)
    write(actions.begin, like.fund, "DIR1", "A direct award", RoundKind.DIRECT, like, by=omar)
    round_ = round_called("DIR1")
    write(actions.save, round_, {"opens_at": frozen.now + clock.DAY}, round_.edition, by=omar)
    write(actions.invite, round_called("DIR1"), user_of(ADA).memberships[0].organisation, "The only body.", by=omar)
    write(actions.check, round_called("DIR1"), by=omar)
    assert outbox() == []
    write(actions.open_round, round_called("DIR1"), by=user_of(PRIYA), at_once=True)
    write(actions.invite, round_called("DIR1"), user_of(CLEO).memberships[0].organisation, "And this one.", by=omar)
    told = {mail.to_name: mail.body for mail in outbox() if mail.template == "funds/invited"}
    assert {"Ada Khan", "Cleo Marsh"} <= told.keys()
    assert re.search(r"/applications/start/DIR1", told["Cleo Marsh"])


def test_no_list_count_or_export_knows_of_a_test(app):
    """Every list there is, asked by everybody who runs rounds and by the applicant in whose name the form was tried."""
    people = [user_of(who) for who in (OMAR, PRIYA, ADA)]
    before = {(kind, who.id): rows_of(kind, who) for kind in lists() for who in people}
    round_ = round_called("SCF26")
    test = write(applying.try_out, round_, user_of(ADA).memberships[0].organisation, by=user_of(OMAR))
    factories.answer_all(test, by=OMAR)
    write(applying.submit, here(test), by=user_of(OMAR))
    after = {(kind, who.id): rows_of(kind, who) for kind in lists() for who in map(here, people)}
    assert {kind.__name__ for (kind, who), rows in after.items() if rows != before[kind, who]} <= {
        "EventList"
    }  # the history tells of it
    assert db.session.get(Application, test.id).stage is Stage.SUBMITTED
    assert promised_in(round_) == 0


def rows_of(kind, user):
    """How many there are, and all that an export would write."""
    about = {"person": user, "objective": db.session.scalars(select(Objective)).first()}
    listing = kind(MultiDict(), user, *(about[name] for name in [*signature(kind).parameters][2:]))
    return listing.count, [str(row) for batch in listing.batches(db.session()) for row in batch]
