"""An offer: accepted by who receives the money, cut to fit after an award in part, turned down, or out of time."""

import re

import pytest

from portal.applications.models import Stage
from portal.awards import actions
from portal.awards.models import AwardStage
from portal.core.clock import read_day
from portal.core.db import db, write
from portal.core.problems import Forbidden, NotNow, Refused
from portal.funds.models import Budget, Commitment
from portal.monitoring.models import Return
from portal.people.lists import standing_now
from tests.cast import ADA, ALEX, BEN, CLEO, DANA, FINN, GUS, NED, OMAR, ROSA, user_of
from tests.factories import accept, an_accepted_award, an_offered_award, decline_offer


def committed(award):
    fund = db.session.query(Budget).filter_by(fund_id=award.fund_id, year="2026-27").one()
    return fund.committed_pence


def test_only_the_signatory_of_the_recipient_answers_an_offer(as_user):
    award = an_offered_award()
    for who, status in [(ADA, 403), (BEN, 403), (ROSA, 403), (CLEO, 404), (NED, 404), (OMAR, 403), (DANA, 403), (ALEX, 403),
                        (FINN, 403), (None, 303), (GUS, 200)]:  # fmt: skip
        for page in ("accept", "decline"):
            client = as_user(who)
            assert client.get(f"/awards/{award.ref}/{page}").status_code == status, (who, page)
            if who is not GUS:
                assert client.post(f"/awards/{award.ref}/{page}", data={"agreed": "y"}).status_code == status, (who, page)
    assert award.stage is AwardStage.OFFERED


def test_accepting_needs_the_tick_and_schedules_the_returns_in_the_same_write(as_user, verbs_about):
    award = an_offered_award()
    gus, url = as_user(GUS), f"/awards/{award.ref}/accept"

    unticked = gus.post(url, data={})
    assert unticked.status_code == 422
    assert 'href="#agreed"' in unticked.text

    reply = gus.post(url, data={"agreed": "y"})
    assert (reply.status_code, reply.location) == (303, f"/grants/{award.ref}")
    assert (award.stage, award.accepted_by_id) == (AwardStage.ACCEPTED, user_of(GUS).id)
    due = db.session.query(Return).filter_by(award_id=award.id).order_by(Return.number).all()
    page = gus.get(f"/returns/{due[0].ref}").text
    assert [each.kind.value for each in due] == ["midpoint", "final"]
    assert "What you need" in page
    assert verbs_about(award)[-1] == "award.accept"


def test_the_offer_names_the_days_that_the_returns_are_then_due(as_user):
    award = an_offered_award()
    page = as_user(GUS).get(f"/awards/{award.ref}/accept").text
    accept(award)
    for return_ in db.session.query(Return).filter_by(award_id=award.id):
        assert read_day(return_.due_on) in page


def test_a_second_click_meets_the_grant(as_user):
    award = an_offered_award()
    gus, url = as_user(GUS), f"/awards/{award.ref}/accept"
    gus.post(url, data={"agreed": "y"})
    again = gus.post(url, data={"agreed": "y"})
    assert (again.status_code, again.location) == (303, f"/grants/{award.ref}")
    assert db.session.query(Return).filter_by(award_id=award.id).count() == 2


def recut(award, pence, targets=()):
    fields = {f"line-{line.id}": text for line, text in zip(award.lines, pence, strict=True)}
    fields |= {f"target-{measure.id}": measure.target for measure in award.measures}
    fields |= {f"target-{measure.id}": text for measure, text in zip(award.measures, targets, strict=False)}
    return fields | {"agreed": "y"}


def test_after_an_award_in_part_lines_and_targets_are_cut_to_fit(as_user):
    award = an_offered_award(awarded=100_000)  # of £920 + £530; what others pay for is no line of the grant
    gus, url = as_user(GUS), f"/awards/{award.ref}/accept"

    for pence, sentence in [
        (("920.00", "530.00"), "Your lines add up to £1,450.00: make them £1,000.00"),
        (("700.00", "299.99"), "Your lines add up to £999.99: make them £1,000.00"),
        (("1000.00", "0"), "Enter an amount from £0 to £920.00"),
        (("a lot", "300"), "Enter an amount in pounds"),
        (("-1", "300"), "Enter an amount in pounds"),
        (("", "300"), "Enter an amount, or 0 if this is left out"),
    ]:
        refused = gus.post(url, data=recut(award, pence))
        assert refused.status_code == 422, pence
        assert sentence in refused.text
        assert re.search(rf'value="{re.escape(pence[0])}"', refused.text)
    assert "whole number" in gus.post(url, data=recut(award, ("700", "300"), ["some"])).text
    assert award.stage is AwardStage.OFFERED

    assert gus.post(url, data=recut(award, ("700", "300"), ["3"])).status_code == 303
    assert [line.pence for line in award.lines] == [70_000, 30_000]
    assert [line.asked_pence for line in award.lines] == [92_000, 53_000]
    assert award.measures[0].target == 3


def test_a_full_award_is_accepted_as_it_was_asked_for(person):
    award = an_offered_award()
    line = award.lines[0]
    write(actions.accept, award, {line.id: 1}, {}, by=person(GUS))
    assert sum(line.pence for line in award.lines) == award.pence


def test_acceptance_after_the_last_day_is_refused(person, frozen, as_user):
    award = an_offered_award()
    frozen.move(days=28)
    assert award.accept_by_on == frozen.now.date()
    frozen.move(days=1)

    with pytest.raises(NotNow, match="ran out on 7 July 2026"):
        write(actions.accept, award, {}, {}, by=person(GUS))
    assert as_user(GUS).post(f"/awards/{award.ref}/accept", data={"agreed": "y"}).status_code == 409


def test_acceptance_counts_into_the_partnerships_standing(person):
    award = an_accepted_award()
    standing = standing_now(award.partnership_id)
    assert (standing.awards, standing.awarded_pence) == (1, 145_000)


def test_offers_out_of_time_lapse_and_give_their_money_back(frozen, outbox):
    award, kept = an_offered_award(), an_accepted_award(project="chatteris-bikes")
    held = committed(award)
    frozen.move(days=28)
    assert write(actions.lapse_overdue) == []
    frozen.move(days=1)

    assert write(actions.lapse_overdue) == [award]

    assert (award.stage, award.application.stage) == (AwardStage.LAPSED, Stage.LAPSED)
    assert committed(award) == held - award.pence
    assert kept.stage is AwardStage.ACCEPTED
    assert {mail.template for mail in outbox()[-3:]} == {"awards/lapsed"}
    assert write(actions.lapse_overdue) == []
    assert committed(award) == held - award.pence


def test_who_can_accept_an_offer_is_reminded_before_it_ends_each_time_once(frozen, outbox):
    an_offered_award()
    before, told = len(outbox()), []
    for day in range(30):
        told += [day] * sum(write(actions.remind_of_offers) for _ in range(2))
        write(actions.lapse_overdue)
        frozen.move(days=1)
    assert told == [28 - 7, 28 - 2, 28]
    letters = [mail for mail in outbox()[before:] if mail.template == "awards/reminder"]
    words = [mail.subject.split(":")[0].removeprefix("An offer ends ") for mail in letters]
    assert words == [each for each in ("in 7 days", "in 2 days", "today") for _ in range(2)]
    assert {mail.to_address for mail in letters} == {GUS.email, ADA.email}


def test_declining_an_offer_says_why_and_gives_the_money_back(as_user, outbox):
    award = an_offered_award()
    held = committed(award)
    gus, url = as_user(GUS), f"/awards/{award.ref}/decline"
    assert gus.get(url).status_code == 200
    assert gus.post(url, data={"reason": ""}).status_code == 422

    assert gus.post(url, data={"reason": "The council clears it itself."}).status_code == 303

    assert (award.stage, award.application.stage) == (AwardStage.LAPSED, Stage.LAPSED)
    assert committed(award) == held - award.pence
    assert db.session.query(Commitment).filter_by(case=award.ref).one().released_at is not None
    assert any("The council clears it itself." in mail.body for mail in outbox())
    with pytest.raises(NotNow):
        accept(award)


def test_the_lead_cannot_sign_for_the_council(person):
    award = an_offered_award()
    with pytest.raises(Forbidden):
        accept(award, by=ADA)
    with pytest.raises(Forbidden):
        decline_offer(award, by=ADA)
    with pytest.raises(Refused):
        write(actions.decline_offer, award, "", by=person(GUS))


def test_an_officer_starts_an_accepted_grant_once(as_user):
    award = an_accepted_award()
    assert as_user(GUS).post(f"/awards/{award.ref}/start").status_code == 403
    assert as_user(CLEO).post(f"/awards/{award.ref}/start").status_code == 404
    omar = as_user(OMAR)
    assert omar.post(f"/awards/{award.ref}/start").status_code == 303
    assert award.stage is AwardStage.LIVE
    assert omar.post(f"/awards/{award.ref}/start").status_code == 303
