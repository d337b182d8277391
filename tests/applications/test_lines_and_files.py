"""Lines that are added, taken out and put back; files that come with the page; nothing typed beside them is lost."""

from io import BytesIO

import obstore
import pytest
from sqlalchemy import select

from portal.core.db import db
from portal.core.files import StoredFile
from tests.applications.forms import HTMX, item, key, question, reload, section_url, typed
from tests.cast import ADA, CLEO, OMAR, ROSA
from tests.factories import a_complete_draft, a_draft

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"


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
    assert (reply.status_code, reply.location) == (303, f"{section_url(bid, 'money')}#line-{group}-2")
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


def upload(client, bid, name="policy.pdf", content=PDF, headers=None, **more):
    wanted = question(bid, "quotes")
    data = {f"file-{wanted.id}": (BytesIO(content), name), **more}
    return client.post(
        f"/applications/{bid.ref}/files/{wanted.id}/attach", data=data, content_type="multipart/form-data", headers=headers
    )


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
    assert "was not kept" in reply.text
    assert "Everything else on this page is saved." in reply.text
    assert item(bid, "requested").raw == "100"
    assert item(bid, "quotes").answers == []


def test_pressing_upload_without_a_file_says_to_choose_one(as_user):
    bid = a_draft(ADA)
    reply = as_user(ADA).post(f"/applications/{bid.ref}/files/{key(bid, 'quotes')}/attach", data=typed(bid, "requested", "100"))
    assert (reply.status_code, "Choose a file first" in reply.text) == (422, True)
    assert item(bid, "requested").raw == "100"


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
    before = f"http://localhost{section_url(bid, 'money')}"
    for referrer, leads_back in ((before, True), (f"http://evil.example{section_url(bid, 'money')}", False)):
        reply = upload(as_user(ADA), bid, "huge.pdf", PDF + b"0" * (17 * 1024 * 1024), headers={"Referer": referrer})
        assert reply.status_code == 413
        assert "The file was not kept. What was saved on that page before is still there" in reply.text
        assert (f'href="{section_url(bid, "money")}"' in reply.text) == leads_back


def test_a_file_that_cannot_be_stored_stops_nothing_else_from_being_saved(as_user, monkeypatch):
    bid = a_draft(ADA)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(obstore, "put", full)
    reply = upload(as_user(ADA), bid, "quote.pdf", PDF, **typed(bid, "requested", "100"))
    assert reply.status_code == 422
    assert "quote.pdf was not kept. We cannot store files just now." in reply.text
    assert item(bid, "requested").raw == "100"
