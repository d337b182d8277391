"""What surrounds a round: questions with one answer for all, tests apart from live bids, stages, area limits, holidays."""

import re
from datetime import date

import pytest
from sqlalchemy import update

from portal.applications import actions as applying
from portal.applications.around import cap_for
from portal.applications.lists import sheet_of
from portal.applications.models import Application
from portal.assessment.deadline import deadline_of
from portal.core import clock, holidays
from portal.core.db import db, write
from portal.core.problems import Problem, Refused
from portal.funds import actions
from portal.funds.lists import counted_in
from portal.funds.models import CapPer, Clarification, Round, RoundKind
from tests import factories
from tests.cast import ADA, BEN, CLEO, IRA, KIT, OMAR, PRIYA, user_of
from tests.factories import a_complete_draft, a_draft, a_submitted_bid, ask, submit
from tests.funds.lives import a_clone, round_called

FUND = "/funds/safer-communities"


def test_a_question_from_anybody_has_one_answer_for_everybody(as_user, outbox):
    a_draft(ADA), a_draft(CLEO)
    assert as_user(None).post(f"{FUND}/ask", data={"question": "May <b>two</b> of us bid?"}).status_code == 303
    assert "May &lt;b&gt;" not in as_user(CLEO).get(FUND).text
    assert [mail.to_name for mail in outbox() if mail.template == "funds/asked"] == ["Omar Haddad"]
    asked = db.session.query(Clarification).one()
    typed = {"question": "May two of us bid?", "answer": "Yes, each for their own area."}
    assert as_user(OMAR).post(f"/commissioning/rounds/SCF26/clarifications/{asked.id}", data=typed).status_code == 303
    for who in (None, ADA, CLEO):
        assert "Yes, each for their own area." in as_user(who).get(FUND).text
    assert {mail.to_name for mail in outbox() if mail.template == "applications/clarified"} == {"Ada Khan", "Cleo Marsh"}
    again = as_user(PRIYA).post(f"/commissioning/rounds/SCF26/clarifications/{asked.id}", data=typed | {"answer": "No."})
    assert again.status_code == 409
    assert "No." not in as_user(None).get(FUND).text


def test_what_is_set_aside_is_read_by_nobody_outside(as_user):
    asked = write(actions.ask, round_called("SCF26"), "Buy my fence!", by=None)
    as_user(OMAR).post(f"/commissioning/rounds/SCF26/clarifications/{asked.id}/set-aside")
    assert "Buy my fence" not in as_user(None).get(FUND).text
    assert counted_in(round_called("SCF26")).waiting == 0
    with pytest.raises(Refused):
        write(actions.ask, round_called("SCF26"), "x" * 1001, by=None)


def test_a_test_is_apart_from_live_bids_everywhere(as_user, outbox):
    round_ = a_clone()
    test = write(applying.try_out, round_, user_of(ADA).memberships[0].organisation, by=user_of(OMAR))
    ref, omar = test.ref, as_user(OMAR)
    assert ref == "TEST-SCF27-0001"
    assert "This is a test." in omar.get(f"/applications/{ref}").text
    factories.answer_all(test, "new-drove", by=OMAR)
    write(applying.submit, db.session.get(Application, test.id), by=user_of(OMAR))
    assert outbox() == []
    for address in ("/applications/", "/applications/export.csv", "/assessment/", "/reports/finance", "/desk",
                    f"/commissioning/rounds/{round_.code}/watch", "/funds", "/decisions"):  # fmt: skip
        assert ref not in omar.get(address).text, address
    for address in (f"/assessment/{ref}", f"/grants/{ref}"):
        assert omar.get(address).status_code == 404
    for who in (ADA, BEN):
        assert as_user(who).get(f"/applications/{ref}").status_code == 404
        assert ref not in as_user(who).get("/applications/").text
    assert "0" in re.search(r"Sent</dt>\s*<dd[^>]*>(.*?)</dd>", omar.get("/commissioning/rounds/SCF27/watch").text)[1]


def test_an_area_has_one_limit_for_what_was_sent_and_awarded(app):
    """£10,000 for each area: what one applicant sent is not left for the next."""
    write(db.session.execute, update(Round).where(Round.code == "SCF26").values(cap_per=CapPer.AREA, cap_pence=1_000_000))
    a_submitted_bid(ADA, pence=145_000)
    second = a_draft(ADA)
    assert cap_for(second) == 1_000_000 - 145_000
    factories.an_offered_award(ADA, pence=145_000, awarded=100_000)
    assert cap_for(db.session.get(Application, second.id)) == 1_000_000 - 145_000 - 100_000
    assert cap_for(a_draft(CLEO)) == 1_000_000


def missing_from(bid):
    here = db.session.get(Application, bid.id)
    return applying.missing_answers(here, sheet_of(here))


def test_what_is_too_little_or_has_too_little_from_others_is_refused(app):
    bid = a_complete_draft(ADA)
    write(db.session.execute, update(Round).where(Round.code == "SCF26").values(least_pence=400_000, match_percent=50))
    problems = [sentence for sentence, _ in missing_from(bid)]
    assert any("gives £4,000.00 or more" in each for each in problems)
    write(db.session.execute, update(Round).where(Round.code == "SCF26").values(least_pence=None))
    problems = [sentence for sentence, _ in missing_from(bid)]
    assert any("Others must pay 50% of the whole cost" in each for each in problems)


def test_a_second_stage_takes_only_what_was_taken_forward(app, frozen, as_user, outbox):
    bid, _ = a_submitted_bid(ADA), a_submitted_bid(CLEO)
    made = a_clone()
    facts = {"follows_id": round_called("SCF26").id, "opens_at": frozen.now + clock.DAY, "closes_at": frozen.now + 9 * clock.DAY}
    write(actions.save, made, facts, made.edition, by=user_of(OMAR))
    assert as_user(OMAR).post("/applications/forward/SCF27", data={}).status_code == 422
    assert as_user(OMAR).post("/applications/forward/SCF27", data={"bids": [bid.id]}).status_code == 303
    assert [mail.to_name for mail in outbox() if mail.template == "applications/taken_forward"] == ["Ada Khan"]
    write(actions.check, round_called("SCF27"), by=user_of(OMAR))
    write(actions.open_round, round_called("SCF27"), by=user_of(PRIYA), at_once=True)
    with pytest.raises(Refused):
        factories.start_bid(CLEO, "SCF27")
    assert factories.start_bid(ADA, "SCF27").follows_id == bid.id
    with pytest.raises(Problem):
        factories.start_bid(ADA, "SCF27")  # one full bid for each that was taken forward


def test_a_round_by_invitation_is_found_by_those_who_were_invited(app, frozen, as_user):
    like = round_called("SCF26")
    write(actions.begin, like.fund, "DIR1", "By invitation", RoundKind.DIRECT, like, by=user_of(OMAR))
    round_ = round_called("DIR1")
    write(actions.save, round_, {"opens_at": frozen.now + clock.DAY}, round_.edition, by=user_of(OMAR))
    write(actions.invite, round_called("DIR1"), user_of(ADA).memberships[0].organisation, "The only body.", by=user_of(OMAR))
    write(actions.check, round_called("DIR1"), by=user_of(OMAR))
    write(actions.open_round, round_called("DIR1"), by=user_of(PRIYA), at_once=True)
    assert as_user(ADA).get("/applications/start/DIR1").status_code == 200
    assert as_user(CLEO).get("/applications/start/DIR1").status_code == 404
    assert "By invitation" not in as_user(None).get("/funds").text


def test_the_clock_stands_still_while_a_question_is_with_the_applicant(app, frozen):
    bid = a_submitted_bid(ADA)  # on Tuesday 9 June
    frozen.move(days=2)
    ask(bid)
    frozen.move(days=20)
    submit(db.session.get(Application, bid.id))
    frozen.move(days=1)
    found = deadline_of(db.session.get(Application, bid.id))
    assert (found.waited, found.target) == (3, 10)
    assert found.due_on == holidays.working_day_after(clock.day_of(frozen.now) - clock.DAY, 8)


def test_bank_holidays_are_no_working_days_and_an_administrator_keeps_them(as_user):
    assert holidays.working_day_after(date(2026, 8, 28), 1) == date(2026, 9, 1)
    assert clock.add_working_days(date(2026, 9, 1), -1, holidays.known()) == date(2026, 8, 28)
    ira = as_user(IRA)
    assert (
        ira.post("/commissioning/holidays/add", data={"on": ["2", "9", "2026"], "name": "A day of mourning"}).status_code == 303
    )
    assert holidays.working_day_after(date(2026, 9, 1), 1) == date(2026, 9, 3)
    assert ira.post("/commissioning/holidays/add", data={"on": ["2", "9", "2026"], "name": "Again"}).status_code == 422
    assert as_user(OMAR).post("/commissioning/holidays/add", data={"on": ["3", "9", "2026"], "name": "No"}).status_code == 403
    last = holidays.from_this_year()[-1]
    assert as_user(KIT).post(f"/commissioning/holidays/{last.id}/remove").status_code == 303


def test_the_announced_holidays_are_loaded_once(app):
    assert write(holidays.load) == 0
    assert app.test_cli_runner().invoke(args=["bank-holidays"]).output == "Added 0 bank holidays; 67 are known.\n"
