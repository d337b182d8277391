"""Whatever is sent, the answer is a sentence or a page in plain words, nothing is half-saved, and nothing runs."""

from io import BytesIO

import pytest
from sqlalchemy.exc import OperationalError

from portal.applications import actions
from portal.applications.lists import sheet_of
from portal.applications.models import Stage
from portal.core.problems import NotNow
from portal.questions.kinds import kind_of
from portal.questions.kinds.texts import LONGEST_TEXT
from tests.applications.forms import HTMX, answer_url, autosave, item, key, question, reload, section_url, typed
from tests.cast import ADA, BEN, CLEO, OMAR
from tests.factories import a_complete_draft, a_draft, submit

LIVE = "<b hx-post=/applications/x/submit hx-trigger=load>=cmd|' /C calc'!A0</b><script>alert(1)</script>"
TEXTS = [LIVE, "\x00", "a\x00b", "=1+1", "\u202egnp.exe", "{{ 7 * 7 }}", "%00", "' OR 1=1 --", "\U0001f600" * 50, "\n" * 500]


@pytest.fixture
def bid(app):
    return a_draft(ADA)


def test_any_text_is_kept_and_shown_as_text(as_user, bid):
    client = as_user(ADA)
    for text in TEXTS:
        assert autosave(client, bid, "title", text).status_code == 200
        assert autosave(client, bid, "problem", text).status_code == 200
        assert autosave(client, bid, "evidence", text, "finding", 1).status_code == 200
        for address in ("", "/check", "/sections/problem"):
            page = client.get(f"/applications/{bid.ref}{address}")
            assert page.status_code == 200
            assert "<script>alert" not in page.text
            assert "<b hx-post" not in page.text


def test_a_live_payload_in_a_submitted_bid_is_inert_for_the_office(as_user):
    bid = a_complete_draft(ADA)
    autosave(as_user(ADA), bid, "problem", LIVE)
    submit(bid)
    page = as_user(OMAR).get(f"/applications/{bid.ref}").text
    assert "&lt;b hx-post" in page
    assert "<b hx-post" not in page
    assert "hx-disable hx-ignore" in page


def test_every_kind_of_question_takes_the_wrong_type(as_user, bid):
    client = as_user(ADA)
    kinds = {asked.kind: asked.code for asked in sheet_of(bid).by_code.values() if kind_of(asked).is_typed}
    assert len(kinds) > 12
    for code in kinds.values():
        for text in ("-1", "9" * 400, "x" * 25_000, "NaN", "1450.001", "\u0663", "31/2/2027"):
            assert autosave(client, bid, code, text).status_code == 200
            assert len(item(bid, code).raw) <= LONGEST_TEXT
    assert client.get(f"/applications/{bid.ref}/check").status_code == 200


def test_a_text_too_long_to_keep_says_so(as_user, bid):
    reply = autosave(as_user(ADA), bid, "problem", "x" * 25_000)
    assert "only the first 20,000 characters are saved" in reply.text


def test_pounds_beyond_any_budget_are_told(as_user, bid):
    assert "Enter a smaller amount" in autosave(as_user(ADA), bid, "requested", "9" * 13).text
    assert autosave(as_user(ADA), bid, "requested", "999999999").status_code == 200
    assert reload(bid).requested_pence == 99_999_999_900


def test_other_peoples_bids_are_not_found_whatever_is_asked(as_user, bid):
    client = as_user(CLEO)
    for address in ("", "/check", "/receipt", "/withdraw", "/sections/problem"):
        assert client.get(f"/applications/{bid.ref}{address}").status_code == 404
    for address in ("/submit", "/withdraw", "/sections/problem", "/answers/1/0", "/lines/1/add", "/lines/1/1/remove",
                    "/lines/1/1/restore", "/files/1/attach", "/files/1/1/detach"):  # fmt: skip
        assert client.post(f"/applications/{bid.ref}{address}").status_code == 404


@pytest.mark.parametrize("ref", ["SCF26-9999", "x", "..%2f", "%00", "SCF26-0001%00", "'", "a" * 2000])
def test_references_that_are_none_are_not_found(as_user, bid, ref):
    assert as_user(ADA).get(f"/applications/{ref}").status_code in (400, 404)


def test_questions_of_other_forms_and_lines_that_are_none_are_not_found(as_user, bid):
    client, title, group, cell = as_user(ADA), key(bid, "title"), key(bid, "budget"), question(bid, "budget", "description").id
    answers = [(999999, 0), (99999999999999999999, 0), (title, 7), (group, 0), (key(bid, "applicant"), 0),
               (key(bid, "quotes"), 0), (cell, 0), (cell, 99)]  # fmt: skip
    for number, row in answers:
        name = f"{number}-{row}" if row else number
        data = {f"answer-{name}": "x", f"edition-{name}": "0"}
        for headers in (HTMX, {}):
            reply = client.post(f"/applications/{bid.ref}/answers/{number}/{row}", data=data, headers=headers)
            assert reply.status_code == 404, (number, row)
    for address in (f"{title}/add", "999999/add", f"{group}/99/remove", f"{group}/99/restore", f"{cell}/add"):
        for headers in (HTMX, {}):
            assert client.post(f"/applications/{bid.ref}/lines/{address}", headers=headers).status_code == 404, address


def test_a_page_with_a_question_of_another_form_saves_nothing(as_user, bid):
    data = typed(bid, "title", "New Drove") | {"answer-999999": "x", "edition-999999": "0"}
    assert as_user(ADA).post(section_url(bid, "problem"), data=data).status_code == 404
    assert item(bid, "title").raw == ""


def test_a_file_of_another_bid_is_not_taken_off_through_ones_own(as_user, bid):
    client = as_user(ADA)
    assert client.post(f"/applications/{bid.ref}/files/{key(bid, 'quotes')}/77/detach").status_code == 303
    assert client.post(f"/applications/{bid.ref}/files/{key(bid, 'title')}/1/detach").status_code in (303, 404)


def test_an_edition_from_nowhere_overwrites_nothing(as_user, bid):
    autosave(as_user(ADA), bid, "title", "New Drove")
    for edition in (-1, 99):
        assert autosave(as_user(BEN), bid, "title", "Mine", edition=edition).status_code == 409
    assert item(bid, "title").raw == "New Drove"


def test_an_empty_form_changes_nothing(as_user, bid):
    client = as_user(ADA)
    assert client.post(section_url(bid, "problem")).status_code == 303
    assert client.post(answer_url(bid, "title"), headers=HTMX).status_code == 200
    assert client.post(f"/applications/{bid.ref}/submit").status_code == 422
    assert reload(bid).stage is Stage.DRAFT


def test_without_a_token_nothing_is_saved(as_user, bid):
    reply = as_user(ADA).raw_post(answer_url(bid, "title"), data=typed(bid, "title", "New Drove"))
    assert reply.status_code == 400
    assert item(bid, "title").raw == ""


def test_when_the_database_fails_what_was_typed_is_on_the_page(as_user, bid, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OperationalError("UPDATE", {}, Exception("disk I/O error"))

    monkeypatch.setattr(actions, "save_page", fail)
    client = as_user(ADA)
    data = typed(bid, "title", "New Drove & more") | {"csrf_token": client.csrf_token()}
    reply = client.post(section_url(bid, "problem"), data=data)
    assert reply.status_code == 503
    assert 'value="New Drove &amp; more"' in reply.text
    assert f'action="{section_url(bid, "problem")}' in reply.text


def test_when_the_database_fails_the_page_says_which_files_to_choose_again(as_user, bid, monkeypatch):
    def fail(*_args, **_kwargs):
        raise OperationalError("UPDATE", {}, Exception("disk I/O error"))

    monkeypatch.setattr(actions, "save_page", fail)
    client = as_user(ADA)
    sent = typed(bid, "requested", "100") | {f"file-{key(bid, 'quotes')}": (BytesIO(b"%PDF-1.7"), "three <quotes>.pdf")}
    reply = client.post(section_url(bid, "money"), data=sent | {"csrf_token": client.csrf_token()})
    assert (reply.status_code, 'value="100"' in reply.text) == (503, True)
    assert "choose again: <strong>three &lt;quotes&gt;.pdf</strong>" in reply.text


def test_a_bid_submitted_while_one_typed_keeps_the_text_on_the_page(as_user, bid, monkeypatch):
    def fail(*_args, **_kwargs):
        raise NotNow("The application has been submitted.")

    monkeypatch.setattr(actions, "save_page", fail)
    reply = as_user(ADA).post(section_url(bid, "problem"), data=typed(bid, "title", "Typed too late"))
    assert (reply.status_code, "Typed too late" in reply.text) == (409, True)
