"""Handing in: what must be there, until when, by whom; the receipt; once."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.applications import actions
from portal.applications.lists import latest_snapshot, snapshots_of
from portal.applications.models import Snapshot, Stage
from portal.core.clock import read_moment
from portal.core.db import db, write
from portal.core.problems import Incomplete, NotNow
from tests.applications.forms import autosave, item, key, reload, section_url
from tests.cast import ADA, BEN, CLEO, OMAR, ROSA
from tests.factories import a_complete_draft, a_draft, a_returned_bid, a_submitted_bid


def submit(client, bid):
    return client.post(f"/applications/{bid.ref}/submit")


def check(client, bid):
    return client.get(f"/applications/{bid.ref}/check").text


@pytest.mark.parametrize(("who", "status"), [(ADA, 303), (BEN, 403), (ROSA, 403), (CLEO, 404), (OMAR, 404), (None, 303)])
def test_who_may_submit(as_user, who, status):
    bid = a_complete_draft(ADA)
    assert submit(as_user(who), bid).status_code == status
    assert reload(bid).stage is (Stage.SUBMITTED if who is ADA else Stage.DRAFT)


def test_submitting_leads_to_a_receipt_with_what_happens_next(as_user, outbox, verbs_about, frozen):
    bid = a_complete_draft(ADA)
    client = as_user(ADA)
    reply = submit(client, bid)
    assert (reply.status_code, reply.location) == (303, f"/applications/{bid.ref}/receipt")
    page = client.get(reply.location).text
    for words in (bid.ref, "9 June 2026 at 11am", "What happens next", "£1,450.00", "within 10 working days of receiving it"):
        assert words in page
    assert [(mail.template, mail.to_name) for mail in outbox()] == [
        ("applications/received", "Ada Khan"),
        ("applications/arrived", "Omar Haddad"),
    ]
    assert verbs_about(bid) == ["application.start", "application.submit"]
    assert reload(bid).submitted_at == frozen.now


def test_letters_say_what_happens_next_and_where(as_user, outbox):
    bid = a_complete_draft(ADA)
    submit(as_user(ADA), bid)
    received, arrived = outbox()
    assert received.subject == f"We have your application {bid.ref}"
    assert f"/applications/{bid.ref}/receipt" in received.body
    assert "What happens next" in received.body
    assert "£1,450.00" in arrived.body


def test_submitting_twice_gives_the_first_receipt(as_user, outbox):
    bid = a_complete_draft(ADA)
    client = as_user(ADA)
    assert submit(client, bid).location == submit(client, bid).location == f"/applications/{bid.ref}/receipt"
    assert db.session.scalar(select(func.count()).select_from(Snapshot)) == 1
    assert len(outbox()) == 2


def test_a_bid_with_something_missing_is_refused_with_the_way_to_each_question(as_user):
    bid = a_complete_draft(ADA)
    client = as_user(ADA)
    autosave(client, bid, "title", "")
    reply = submit(client, bid)
    assert reply.status_code == 422
    assert "<title>Error: Check your answers" in reply.text
    assert f'href="{section_url(bid, "problem")}?check=yes#question-{key(bid, "title")}"' in reply.text
    assert reload(bid).stage is Stage.DRAFT


def test_a_penny_over_the_cap_is_refused_and_the_cap_itself_is_not(as_user):
    bid = a_complete_draft(ADA, pence=500_001)
    assert "This round gives at most £5,000.00" in submit(as_user(ADA), bid).text
    other = a_complete_draft(ADA, pence=500_000)
    assert submit(as_user(ADA), other).status_code == 303


def test_days_the_wrong_way_round_are_refused(as_user):
    bid = a_complete_draft(ADA)
    client = as_user(ADA)
    autosave(client, bid, "ends_on", ["1", "1", "2026"])
    reply = submit(client, bid)
    assert reply.status_code == 422
    assert "or a later day" in reply.text


def test_a_file_that_must_be_there_is_asked_for(as_user):
    bid = a_complete_draft(ADA)
    client = as_user(ADA)
    autosave(client, bid, "at_risk", "yes")
    reply = submit(client, bid)
    assert reply.status_code == 422
    assert "Answer: What is your safeguarding policy?" in reply.text


@pytest.mark.parametrize(("seconds", "status"), [(-1, 303), (0, 409), (1, 409)])
def test_the_deadline_to_the_second(as_user, frozen, seconds, status):
    bid = a_complete_draft(ADA)
    frozen.at(bid.round.closes_at + timedelta(seconds=seconds))
    client = as_user(ADA)
    for code in ("starts_on", "ends_on"):
        day = frozen.now.date() + timedelta(days=30 if code == "starts_on" else 60)
        autosave(client, bid, code, [str(day.day), str(day.month), str(day.year)])
    autosave(client, bid, "liability_until", ["1", "1", "2030"])
    reply = submit(client, bid)
    assert reply.status_code == status
    if status == 409:
        assert "closed on 7 October 2026 at 5pm" in reply.text
        assert "Your answers are kept" in reply.text
        assert reload(bid).stage is Stage.DRAFT


def test_the_action_asks_for_itself(app, person, frozen):
    with pytest.raises(Incomplete):
        write(actions.submit, a_draft(ADA), by=person(ADA))
    bid = a_complete_draft(ADA)
    frozen.at(bid.round.closes_at)
    with pytest.raises(NotNow):
        write(actions.submit, bid, by=person(ADA))


def test_what_was_submitted_is_kept_as_it_was(app):
    bid = a_submitted_bid(ADA)
    snapshot = latest_snapshot(bid)
    assert len(snapshot.digest) == 64
    assert [section["code"] for section in snapshot.content][:2] == ["partnership", "contacts"]
    answers = {each["code"]: each for section in snapshot.content for each in section["items"]}
    assert answers["requested"]["shown"] == "£1,450.00"
    assert answers["title"]["shown"] == item(bid, "title").raw


def test_the_check_lists_what_is_missing_and_offers_no_button(as_user):
    bid = a_draft(ADA)
    page = check(as_user(ADA), bid)
    assert "What is still missing" in page
    assert "not yet started" in page
    assert "Submit application" not in page


def test_the_check_offers_the_button_to_the_lead_alone(as_user):
    bid = a_complete_draft(ADA)
    page = check(as_user(ADA), bid)
    assert "Submit application" in page
    assert "you confirm that" in page
    assert "Fenland District Council" in page
    page = check(as_user(BEN), bid)
    assert "Submit application" not in page
    assert "Only Ada Khan can send it. Nothing is missing: tell them that it is ready." in page
    page = check(as_user(ROSA), bid)
    assert "Submit application" not in page
    assert "Change" not in page


def test_a_returned_bid_is_sent_again_even_after_the_round_has_closed(as_user, frozen, outbox):
    bid = a_returned_bid(ADA)
    client = as_user(ADA)
    page = client.get(f"/applications/{bid.ref}").text
    assert "We have a question" in page
    assert "Look at this again" in page
    frozen.at(bid.round.closes_at + timedelta(days=1))
    client = as_user(ADA)
    autosave(client, bid, "afterwards", "The council looks after it.")
    assert submit(client, bid).status_code == 303
    bid = reload(bid)
    assert bid.stage is Stage.SUBMITTED
    assert latest_snapshot(bid).number == 2
    _, first = client.get(f"/applications/{bid.ref}/receipt").text.split("First received")
    assert read_moment(snapshots_of(bid)[0].taken_at) in first


def test_there_is_no_receipt_before_and_no_check_afterwards(as_user):
    client = as_user(ADA)
    assert client.get(f"/applications/{a_draft(ADA).ref}/receipt").status_code == 409
    bid = a_submitted_bid(ADA)
    assert client.get(f"/applications/{bid.ref}/check").location == f"/applications/{bid.ref}"


@pytest.mark.parametrize(("who", "status"), [(ADA, 200), (BEN, 200), (ROSA, 200), (OMAR, 200), (CLEO, 404), (None, 303)])
def test_who_reads_a_submitted_bid(as_user, who, status):
    bid = a_submitted_bid(ADA)
    assert as_user(who).get(f"/applications/{bid.ref}").status_code == status
    assert as_user(who).get(f"/applications/{bid.ref}/receipt").status_code == status
