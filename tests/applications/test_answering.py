"""Answering: each answer as it is typed, or a section at a time, and what follows from an answer; until the bid is locked."""

import pytest
from markupsafe import escape
from sqlalchemy import select

from portal.applications.models import ApplicationObjective
from portal.core.db import db
from portal.people.models import Involvement
from tests.applications.forms import answer_url, autosave, item, key, reload, section_url, typed
from tests.cast import ADA, ALEX, BEN, CLEO, OMAR, ROSA
from tests.factories import a_complete_draft, a_draft, a_returned_bid, a_submitted_bid

# One answer


def test_an_answer_is_saved_as_it_is_typed(as_user, frozen):
    bid = a_draft(ADA)
    frozen.move(minutes=5)
    reply = autosave(as_user(ADA), bid, "title", "New Drove")
    assert reply.status_code == 200
    assert reply.text.count("<div") == 1
    assert "Saved at 11:05am" in reply.text
    assert f'name="edition-{key(bid, "title")}" value="1"' in reply.text
    assert reload(bid).title == "New Drove"
    assert reload(bid).changed_at == frozen.now


def test_without_scripts_the_same_address_leads_back_to_the_question(as_user):
    bid = a_draft(ADA)
    reply = as_user(ADA).post(answer_url(bid, "title"), data=typed(bid, "title", "New Drove"))
    assert reply.status_code == 303
    assert reply.location == f"{section_url(bid, 'problem')}#question-{key(bid, 'title')}"
    assert reload(bid).title == "New Drove"


def test_a_warning_stands_beside_an_answer_that_is_saved_all_the_same(as_user):
    bid = a_draft(ADA)
    reply = autosave(as_user(ADA), bid, "requested", "about 5,000")
    assert reply.status_code == 200
    assert "Enter an amount in pounds" in reply.text
    assert (item(bid, "requested").raw, reload(bid).requested_pence) == ("about 5,000", None)
    assert autosave(as_user(ADA), bid, "requested", "4,950").status_code == 200
    assert reload(bid).requested_pence == 495000


def test_the_sum_of_the_budget_comes_with_each_of_its_amounts(as_user):
    bid = a_draft(ADA)
    reply = autosave(as_user(ADA), bid, "budget", "1450", column="from_grant", row=1)
    assert 'hx-swap-oob="true"' in reply.text
    assert "£1,450.00" in reply.text
    assert "£3,550.00" in reply.text
    assert "hx-swap-oob" not in autosave(as_user(ADA), bid, "title", "New Drove").text


def test_objectives_become_facts_of_the_bid(as_user):
    bid = a_draft(ADA)
    chosen = item(bid, "objectives", "objective", 1).choices[0][0]
    autosave(as_user(ADA), bid, "objectives", chosen, column="objective", row=1)
    autosave(as_user(ADA), bid, "objectives", "Fewer fires", column="how", row=1)
    facts = db.session.scalars(select(ApplicationObjective)).all()
    assert [(str(fact.objective_id), fact.how) for fact in facts] == [(chosen, "Fewer fires")]


def test_whoever_writes_has_a_hand_in_the_bid(as_user, person):
    bid = a_draft(ADA)
    autosave(as_user(BEN), bid, "title", "New Drove")
    autosave(as_user(BEN), bid, "title", "New Drove, cleared")
    hands = db.session.scalars(select(Involvement.user_id).where(Involvement.case == bid.ref)).all()
    assert sorted(hands) == sorted([person(ADA).id, person(BEN).id])


@pytest.mark.parametrize(("who", "status"), [(ADA, 200), (BEN, 200), (ROSA, 403), (CLEO, 404), (OMAR, 404), (ALEX, 404)])
def test_who_may_answer(as_user, who, status):
    bid = a_draft(ADA)
    assert autosave(as_user(who), bid, "title", "New Drove").status_code == status


def test_the_office_reads_but_never_answers(as_user):
    bid = a_submitted_bid(ADA)
    assert autosave(as_user(OMAR), bid, "title", "Mine").status_code == 403


def test_somebody_who_was_signed_out_is_sent_to_sign_in_without_losing_the_page(as_user):
    bid = a_draft(ADA)
    reply = autosave(as_user(None), bid, "title", "New Drove")
    assert (reply.status_code, reply.headers["HX-Redirect"][:8]) == (401, "/sign-in")


# A section


def test_every_section_opens_for_those_who_write_and_those_who_read(as_user):
    bid = a_complete_draft(ADA)
    ada, rosa = as_user(ADA), as_user(ROSA)
    for section in (
        "partnership",
        "contacts",
        "problem",
        "plan",
        "work",
        "partners",
        "money",
        "results",
        "safeguards",
        "declaration",
    ):
        assert "Save and continue" in ada.get(section_url(bid, section)).text
        page = rosa.get(section_url(bid, section))
        assert page.status_code == 200
        assert "Save and continue" not in page.text
    assert ada.get(section_url(bid, "nothing")).status_code == 404


def test_a_section_is_saved_whole_and_leads_to_the_next(as_user):
    bid = a_draft(ADA)
    data = typed(bid, "title", "New Drove") | typed(bid, "summary", "We clear it.") | typed(bid, "problem", "Waste")
    reply = as_user(ADA).post(section_url(bid, "problem"), data=data)
    assert (reply.status_code, reply.location) == (303, section_url(bid, "plan"))
    assert [item(bid, code).raw for code in ("title", "summary", "problem")] == ["New Drove", "We clear it.", "Waste"]


def test_coming_back_later_leads_to_the_task_list(as_user):
    bid = a_draft(ADA)
    reply = as_user(ADA).post(section_url(bid, "problem"), data=typed(bid, "title", "New Drove") | {"later": "yes"})
    assert reply.location == f"/applications/{bid.ref}"
    assert reload(bid).title == "New Drove"


def test_the_last_section_leads_to_the_task_list_and_a_check_back_to_the_check(as_user):
    bid = a_draft(ADA)
    client = as_user(ADA)
    assert client.post(section_url(bid, "declaration")).location == f"/applications/{bid.ref}"
    reply = client.post(section_url(bid, "problem") + "?check=yes", data=typed(bid, "title", "New Drove"))
    assert reply.location == f"/applications/{bid.ref}/check#section-problem"


def test_a_tick_taken_away_is_saved_too(as_user):
    bid = a_complete_draft(ADA)
    name = key(bid, "chair_agreed")
    as_user(ADA).post(section_url(bid, "declaration"), data={f"edition-{name}": str(item(bid, "chair_agreed").edition)})
    assert item(bid, "chair_agreed").raw == ""


def test_an_answer_that_brings_up_questions_leads_to_them_first(as_user):
    bid = a_draft(ADA)
    client = as_user(ADA)
    reply = client.post(section_url(bid, "work"), data=typed(bid, "where", "parts"))
    assert reply.location == f"{section_url(bid, 'work')}#question-{key(bid, 'places')}"
    reply = client.post(section_url(bid, "work"), data=typed(bid, "where", "parts"))
    assert reply.location == section_url(bid, "partners")


def test_a_question_that_waits_for_an_answer_is_there_but_hidden(as_user):
    bid = a_draft(ADA)
    client = as_user(ADA)
    condition = escape(f'{{"is": ["parts"], "question": {key(bid, "where")}}}')
    waiting = f'data-shown-when="{condition}" hidden>'
    assert waiting in client.get(section_url(bid, "work")).text
    autosave(client, bid, "where", "parts")
    assert waiting not in client.get(section_url(bid, "work")).text
    assert waiting.replace(" hidden", "") in client.get(section_url(bid, "work")).text


def test_what_is_missing_is_told_beside_the_question_when_one_comes_from_the_check(as_user):
    bid = a_draft(ADA)
    client = as_user(ADA)
    assert "Answer this question" not in client.get(section_url(bid, "problem")).text
    assert "Answer this question" in client.get(section_url(bid, "problem") + "?check=yes").text


# Locked


def test_a_submitted_bid_takes_no_more_answers_but_shows_what_was_typed(as_user):
    bid = a_submitted_bid(ADA)
    client = as_user(ADA)
    assert autosave(client, bid, "title", "Another").status_code == 409
    reply = client.post(section_url(bid, "problem"), data=typed(bid, "title", "Typed too late"))
    assert reply.status_code == 409
    assert "Typed too late" in reply.text
    assert "has been submitted" in reply.text
    assert client.get(section_url(bid, "problem")).status_code == 200
    assert item(bid, "title").raw != "Typed too late"


def test_a_returned_bid_opens_only_the_sections_asked_about(as_user):
    bid = a_returned_bid(ADA)
    client = as_user(ADA)
    assert "Save and continue" in client.get(section_url(bid, "results")).text
    page = client.get(section_url(bid, "money"))
    assert "Save and continue" not in page.text
    assert "stays as you sent it" in page.text
    assert autosave(client, bid, "afterwards", "The council looks after it.").status_code == 200
    assert autosave(client, bid, "requested", "1").status_code == 409
    assert (
        client.post(section_url(bid, "results"), data=typed(bid, "afterwards", "We do.")).location == f"/applications/{bid.ref}"
    )


def test_after_the_round_has_closed_answers_are_read_and_not_asked(as_user, frozen):
    bid = a_complete_draft(ADA)
    frozen.at(bid.round.closes_at)
    client = as_user(ADA)
    page = client.get(section_url(bid, "problem"))
    assert "closed on 7 October 2026 at 5pm" in page.text
    assert "Save and continue" not in page.text
    assert "fly-tipp" in page.text
    assert "was not sent" in client.get(f"/applications/{bid.ref}").text


def test_what_is_typed_while_the_round_closes_is_kept(as_user, frozen):
    bid = a_draft(ADA)
    client = as_user(ADA)
    frozen.at(bid.round.closes_at)
    client = as_user(ADA)
    assert autosave(client, bid, "title", "At the last second").status_code == 200
    assert reload(bid).title == "At the last second"
