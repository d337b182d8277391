"""The gate: what the portal finds, what an officer must say, and the three ways out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.applications.lists import open_request
from portal.applications.models import Stage
from portal.assessment import actions, gate, lists
from portal.core.db import db, write
from portal.core.problems import Incomplete, NotNow, Refused
from portal.funds.models import Round
from portal.people.actions import change_standing
from tests import factories
from tests.cast import ADA, ALEX, CLEO, OMAR, PRIYA


def found(bid, key):
    return next(each for each in gate.findings(bid) if each.check.key == key)


def answers(bid, **changes):
    """Every check passes but those that are named: key=(passed, note)."""
    return {each.check.id: changes.get(each.check.key, (True, "")) for each in gate.findings(bid)}


def posted(bid, way, **changes):
    """The form as a browser sends it."""
    fields = {"way": way}
    for key, (passed, note) in answers(bid, **changes).items():
        fields |= {f"check-{key}": "pass" if passed else "fail", f"note-{key}": note}
    return fields


def test_the_portal_says_what_it_can_find_out_by_itself(app):
    bid = factories.a_submitted_bid()
    to_look_at = {each.check.key for each in gate.findings(bid) if each.passed is None}
    assert to_look_at == {"nothing_excluded", "is_a_grant"}
    assert {each.passed for each in gate.findings(bid) if each.check.key not in to_look_at} == {True}
    assert found(bid, "cap").evidence == "£1,450.00 asked for; £5,000.00 limit."
    assert all(each.evidence for each in gate.findings(bid))


def test_an_overdue_return_is_found(app):
    bid = factories.a_submitted_bid()
    write(change_standing, bid.organisation_id, overdue_returns=1)
    assert found(bid, "no_overdue_return").passed is False


def test_a_lookalike_of_the_same_applicant_is_pointed_at(app):
    first, second = factories.a_submitted_bid(), factories.a_submitted_bid()
    factories.a_submitted_bid(by=CLEO)
    assert found(second, "not_duplicate").passed is None
    assert first.ref in found(second, "not_duplicate").evidence
    factories.withdraw(first)
    assert found(second, "not_duplicate").passed is True


def test_what_we_asked_for_may_come_after_the_round_has_closed(app, frozen):
    bid = factories.a_returned_bid()
    frozen.at(db.session.scalars(select(Round.closes_at).where(Round.code == "SCF26")).one() + timedelta(days=1))
    factories.submit(bid)
    assert found(bid, "window").passed is True


def test_passing_needs_an_answer_to_every_check(app, person):
    bid = factories.a_submitted_bid()
    given = answers(bid)
    first = bid.round.gate_checks[0].id
    del given[first]
    with pytest.raises(Incomplete) as problem:
        write(actions.admit, bid, given, by=person(OMAR))
    assert problem.value.missing == [(f"Say whether this holds: {bid.round.gate_checks[0].label}", f"#check-{first}")]
    assert bid.stage is Stage.SUBMITTED
    assert lists.gate_results(bid) == []


def test_overruling_the_portal_needs_a_note(app, person):
    bid = factories.a_submitted_bid()
    write(change_standing, bid.organisation_id, overdue_returns=1)
    with pytest.raises(Incomplete):
        write(actions.admit, bid, answers(bid), by=person(OMAR))
    write(actions.admit, bid, answers(bid, no_overdue_return=(True, "It came by post.")), by=person(OMAR))
    assert bid.stage is Stage.IN_ASSESSMENT


def test_a_bid_that_fails_a_check_cannot_be_passed(app, person):
    bid = factories.a_submitted_bid()
    with pytest.raises(Refused, match="cannot go to assessors"):
        write(actions.admit, bid, answers(bid, is_a_grant=(False, "")), by=person(OMAR))
    assert bid.stage is Stage.SUBMITTED


def test_refusing_tells_the_applicant_the_reasons_and_never_the_notes(app, person, outbox, verbs_about):
    bid = factories.a_submitted_bid()
    failing = answers(bid, is_a_grant=(False, "Smells like procurement"))
    write(actions.refuse_entry, bid, failing, "Ask our procurement team.", by=person(OMAR))
    assert bid.stage is Stage.INELIGIBLE
    assert verbs_about(bid)[-1] == "application.refuse_entry"
    mail = outbox()[-1]
    assert (mail.template, mail.to_address) == ("assessment/ineligible", ADA.email)
    assert "That goes through procurement" in mail.body
    assert "Ask our procurement team." in mail.body
    assert "Smells" not in mail.body


def test_a_bid_that_passes_everything_cannot_be_refused(app, person):
    bid = factories.a_submitted_bid()
    with pytest.raises(Refused, match="no reason to refuse"):
        write(actions.refuse_entry, bid, answers(bid), by=person(OMAR))


def test_the_gate_is_shut_once_the_bid_has_gone_on(app, person):
    bid = factories.an_admitted_bid()
    with pytest.raises(NotNow):
        write(actions.keep_gate, bid, answers(bid), by=person(OMAR))


def test_an_officer_passes_a_bid_and_a_second_click_meets_the_first(as_user):
    bid = factories.a_submitted_bid()
    omar = as_user(OMAR)
    assert "It came while the round was open" in omar.get(f"/assessment/{bid.ref}/gate").text
    for _ in range(2):
        assert omar.post(f"/assessment/{bid.ref}/gate", data=posted(bid, "pass")).status_code == 303
    assert bid.stage is Stage.IN_ASSESSMENT
    assert "Checked by Omar Haddad" in omar.get(f"/assessment/{bid.ref}?part=gate").text


def test_what_was_typed_at_the_gate_stays_when_something_is_missing(as_user):
    bid = factories.a_submitted_bid()
    fields = posted(bid, "pass", is_a_grant=(True, "Read twice, is a grant"))
    missing = bid.round.gate_checks[0]
    del fields[f"check-{missing.id}"]
    reply = as_user(OMAR).post(f"/assessment/{bid.ref}/gate", data=fields)
    assert reply.status_code == 422
    assert "Read twice, is a grant" in reply.text
    assert f'href="#check-{missing.id}"' in reply.text


def test_asking_the_applicant_keeps_what_was_checked_and_opens_the_sections(as_user, outbox):
    bid = factories.a_submitted_bid()
    omar = as_user(OMAR)
    reply = omar.post(f"/assessment/{bid.ref}/gate", data=posted(bid, "ask", is_a_grant=(False, "Which is it?")))
    assert reply.location.endswith(f"/assessment/{bid.ref}/return")
    assert "Which is it?" in omar.get(f"/assessment/{bid.ref}/gate").text
    reply = omar.post(f"/assessment/{bid.ref}/return", data={"sections": ["results"], "reason": "Say how you count."})
    assert reply.status_code == 303
    assert (bid.stage, open_request(bid).section_codes) == (Stage.RETURNED, ["results"])
    assert "Say how you count." in outbox()[-1].body


@pytest.mark.parametrize("fields", [
    {"reason": "Say how you count."}, {"sections": ["results"]}, {"sections": ["nonsense"], "reason": "x"},
    {"sections": ["results"], "reason": "x" * 20_000},
])  # fmt: skip
def test_asking_needs_known_sections_and_a_reason_that_can_be_read(as_user, fields):
    bid = factories.a_submitted_bid()
    reply = as_user(OMAR).post(f"/assessment/{bid.ref}/return", data=fields)
    assert reply.status_code == 422
    assert bid.stage is Stage.SUBMITTED
    assert fields.get("reason", "") in reply.text


def test_refusing_shows_first_what_the_applicant_will_read(as_user):
    bid = factories.a_submitted_bid()
    omar, place = as_user(OMAR), f"/assessment/{bid.ref}"
    assert omar.post(f"{place}/gate", data=posted(bid, "refuse")).status_code == 422
    assert omar.get(f"{place}/refuse").location.endswith("/gate")
    assert omar.post(f"{place}/gate", data=posted(bid, "refuse", is_a_grant=(False, "n0te"))).location.endswith("/refuse")
    page = omar.get(f"{place}/refuse").text
    assert "That goes through procurement" in page
    assert "n0te" not in page
    assert bid.stage is Stage.SUBMITTED
    assert omar.post(f"{place}/refuse", data={"explanation": ""}).status_code == 303
    assert bid.stage is Stage.INELIGIBLE


def test_a_refusal_needs_no_more_than_what_fails(as_user):
    bid = factories.a_submitted_bid()
    check = next(each for each in bid.round.gate_checks if each.key == "is_a_grant")
    omar, place = as_user(OMAR), f"/assessment/{bid.ref}"
    assert omar.post(f"{place}/gate", data={f"check-{check.id}": "fail", "way": "refuse"}).location.endswith("/refuse")
    assert omar.post(f"{place}/refuse", data={"explanation": "x" * 20_000}).status_code == 422
    assert omar.post(f"{place}/refuse").status_code == 303
    assert bid.stage is Stage.INELIGIBLE


def test_what_overrules_the_portal_needs_a_note_before_a_refusal_too(as_user):
    bid = factories.a_submitted_bid()
    reply = as_user(OMAR).post(f"/assessment/{bid.ref}/gate", data=posted(bid, "refuse", cap=(False, "")))
    assert reply.status_code == 422
    assert "Say why you see this differently" in reply.text


def test_only_the_head_of_commissioning_takes_a_refusal_back(as_user, outbox):
    bid = factories.refuse_entry(factories.a_submitted_bid())
    place = f"/assessment/{bid.ref}/reinstate"
    assert as_user(OMAR).post(place, data={"reason": "x"}).status_code == 403
    assert as_user(ALEX).get(place).status_code == 403
    priya = as_user(PRIYA)
    assert priya.post(place, data={"reason": ""}).status_code == 422
    assert priya.post(place, data={"reason": "We misread the map."}).status_code == 303
    assert bid.stage is Stage.SUBMITTED
    assert "We misread the map." in outbox()[-1].body
    assert priya.post(place, data={"reason": "again"}).status_code == 409
