"""Answering: each answer as it is typed, or a section at a time; lines, files, and what follows from an answer."""

from io import BytesIO

import pytest
from sqlalchemy import select

from portal.applications.models import ApplicationObjective
from portal.core.db import db
from portal.core.files import StoredFile
from portal.people.models import Involvement
from tests.applications.forms import HTMX, answer_url, autosave, item, key, question, reload, section_url, typed
from tests.cast import ADA, ALEX, BEN, CLEO, OMAR, ROSA
from tests.factories import a_complete_draft, a_draft, a_returned_bid, a_submitted_bid

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


def press(client, url, data=None):
    return client.post(url, data=data or {})


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
    waiting = f'data-follows="{key(bid, "where")}" data-when="parts" hidden>'
    assert waiting in client.get(section_url(bid, "work")).text
    autosave(client, bid, "where", "parts")
    assert waiting not in client.get(section_url(bid, "work")).text
    assert waiting.replace(" hidden", "") in client.get(section_url(bid, "work")).text


def test_what_is_missing_is_told_beside_the_question_when_one_comes_from_the_check(as_user):
    bid = a_draft(ADA)
    client = as_user(ADA)
    assert "Answer this question" not in client.get(section_url(bid, "problem")).text
    assert "Answer this question" in client.get(section_url(bid, "problem") + "?check=yes").text


# Lines


def test_a_line_is_added_alone_with_scripts(as_user):
    bid = a_draft(ADA)
    group = key(bid, "budget")
    reply = as_user(ADA).post(f"/applications/{bid.ref}/lines/{group}/add", headers=HTMX)
    assert reply.status_code == 200
    assert f'id="line-{group}-2"' in reply.text
    assert f'id="line-{group}-1"' not in reply.text
    assert "<h1" not in reply.text


def test_without_scripts_adding_a_line_saves_the_page_first(as_user):
    bid = a_draft(ADA)
    group = key(bid, "budget")
    data = typed(bid, "starts_on", ["1", "7", "2026"]) | typed(bid, "budget", "Skip hire", "description", 1)
    reply = as_user(ADA).post(f"/applications/{bid.ref}/lines/{group}/add", data=data)
    assert (reply.status_code, reply.location) == (303, f"{section_url(bid, 'money')}#question-{group}")
    assert item(bid, "budget", "description", 1).raw == "Skip hire"
    assert reload(bid).starts_on.isoformat() == "2026-07-01"
    assert f'id="line-{group}-2"' in as_user(ADA).get(section_url(bid, "money")).text


def test_a_line_too_many_is_told_and_the_page_is_saved_all_the_same(as_user):
    bid = a_draft(ADA)
    client, group = as_user(ADA), key(bid, "objectives")
    for _ in range(2):
        client.post(f"/applications/{bid.ref}/lines/{group}/add", headers=HTMX)
    assert "You have all 3" in client.get(section_url(bid, "plan")).text
    reply = client.post(f"/applications/{bid.ref}/lines/{group}/add", data=typed(bid, "priority_name", "Clean streets"))
    assert reply.status_code == 422
    assert "There can be 3 at the most" in reply.text
    assert item(bid, "priority_name").raw == "Clean streets"
    assert "You have all 3" in client.post(f"/applications/{bid.ref}/lines/{group}/add", headers=HTMX).text


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_line_taken_out_can_be_put_back(as_user, headers):
    bid = a_complete_draft(ADA)
    client, group = as_user(ADA), key(bid, "budget")
    before = item(bid, "budget", "from_grant", 1).raw
    reply = client.post(f"/applications/{bid.ref}/lines/{group}/1/remove", headers=headers)
    assert reply.status_code == (200 if headers else 303)
    page = reply.text if headers else client.get(section_url(bid, "money")).text
    assert f'formaction="/applications/{bid.ref}/lines/{group}/1/restore"' in page
    client.post(f"/applications/{bid.ref}/lines/{group}/1/restore", headers=headers)
    assert item(bid, "budget", "from_grant", 1).raw == before
    assert f'id="field-{key(bid, "budget", "from_grant", 1)}"' in client.get(section_url(bid, "money")).text


# Files


def upload(client, bid, name="policy.pdf", content=PDF, **more):
    wanted = question(bid, "quotes")
    data = {f"file-{wanted.id}": (BytesIO(content), name), **more}
    return client.post(f"/applications/{bid.ref}/files/{wanted.id}/attach", data=data, content_type="multipart/form-data")


def test_a_file_is_attached_read_by_those_who_see_the_bid_and_taken_off(as_user):
    bid = a_draft(ADA)
    client = as_user(ADA)
    reply = upload(client, bid, **typed(bid, "requested", "100"))
    assert (reply.status_code, reply.location) == (303, f"{section_url(bid, 'money')}#question-{key(bid, 'quotes')}")
    assert item(bid, "requested").raw == "100"
    stored = db.session.scalars(select(StoredFile)).one()
    assert "policy.pdf" in client.get(section_url(bid, "money")).text
    for who, status in [(ADA, 200), (ROSA, 200), (CLEO, 404), (OMAR, 404)]:
        assert as_user(who).get(f"/files/{stored.id}").status_code == status
    client.post(f"/applications/{bid.ref}/files/{key(bid, 'quotes')}/1/detach")
    assert item(bid, "quotes").answers == []


def test_a_file_chosen_and_not_uploaded_goes_with_the_page(as_user):
    bid = a_draft(ADA)
    data = {f"file-{key(bid, 'quotes')}": (BytesIO(PDF), "quote.pdf"), **typed(bid, "requested", "100")}
    reply = as_user(ADA).post(section_url(bid, "money"), data=data, content_type="multipart/form-data")
    assert reply.status_code == 303
    assert item(bid, "quotes").shown == "quote.pdf"


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("policy.exe", PDF, "Choose a pdf"),
        ("policy", PDF, "Choose a pdf"),
        ("policy.pdf", b"", "The file is empty"),
        ("policy.pdf", b"MZ\x90", "is not a pdf file inside"),
        ("policy.pdf", b"%PDF-1.7" + b"0" * (5 * 1024 * 1024), "smaller than 5 MB"),
    ],
)
def test_a_file_that_will_not_do_is_told_and_the_page_is_saved_all_the_same(as_user, name, content, why):
    bid = a_draft(ADA)
    reply = upload(as_user(ADA), bid, name, content, **typed(bid, "requested", "100"))
    assert reply.status_code == 422
    assert why in reply.text
    assert item(bid, "requested").raw == "100"
    assert item(bid, "quotes").answers == []


def test_more_files_than_may_be_are_told(as_user):
    bid = a_draft(ADA)
    client = as_user(ADA)
    for number in range(3):
        assert upload(client, bid, f"quote-{number}.pdf").status_code == 303
    reply = upload(client, bid, "one-too-many.pdf")
    assert reply.status_code == 422
    assert "There can be 3 files at the most" in reply.text


def test_a_file_over_the_limit_of_the_whole_form_is_a_page_in_plain_words(as_user):
    bid = a_draft(ADA)
    reply = upload(as_user(ADA), bid, "huge.pdf", PDF + b"0" * (17 * 1024 * 1024))
    assert reply.status_code == 413
    assert "<h1" in reply.text


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
