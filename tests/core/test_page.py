"""Pages and fragments: one address, the whole page unless htmx asks for a part that the view knows."""

import pytest

from portal.core import page as kernel
from portal.core.page import place
from tests.cast import ADA, OMAR

PART = {"HX-Request": "true", "HX-Target": "results"}


def test_htmx_gets_the_part_that_it_asks_for(as_user):
    reply = as_user(None).get("/stand-ins/open", headers=PART)
    assert reply.text.split() == ["<ul><li>one</li><li>two</li></ul>"]


@pytest.mark.parametrize("headers", [
    {},
    {"HX-Request": "true"},
    {"HX-Request": "true", "HX-Target": "content"},  # a block of the page, but none that the view gives alone
    {"HX-Request": "true", "HX-Target": "nothing"},
    {"HX-Request": "true", "HX-Target": "../../etc/passwd"},
    {"HX-Target": "results"},
    PART | {"HX-History-Restore-Request": "true"},
])  # fmt: skip
def test_everybody_else_gets_the_whole_page(as_user, headers):
    assert "<html" in as_user(None).get("/stand-ins/open", headers=headers).text


def test_a_target_with_a_number_asks_for_the_block_before_it(as_user):
    reply = as_user(None).get("/stand-ins/open", headers=PART | {"HX-Target": "results-17"})
    assert "<html" not in reply.text


def test_caches_are_told_that_the_answer_depends_on_who_asks(as_user):
    for headers in ({}, PART):
        reply = as_user(None).get("/stand-ins/open", headers=headers)
        assert {"HX-Request", "HX-Target"} <= set(reply.vary)


def test_a_part_is_not_easier_to_get_than_its_page(as_user):
    reply = as_user(None).get("/stand-ins/private", headers=PART)
    assert reply.status_code == 401
    assert reply.data == b""


def test_the_title_of_a_page_names_page_service_and_office(as_user, app):
    settings = app.extensions["settings"]
    reply = as_user(None).get("/stand-ins/open")
    assert f"<title>Things – {settings.service_name} – {settings.office_name}</title>" in " ".join(reply.text.split())


def test_what_was_done_is_told_once_on_the_next_page(as_user, a_row):
    browser = as_user(ADA)
    row = a_row()
    after = browser.post(f"/stand-ins/rows/{row.id}/send", follow_redirects=True)
    assert 'role="alert"' in after.text
    assert "Sent." in after.text
    assert "Sent." not in browser.get(f"/stand-ins/rows/{row.id}").text


def test_the_navigation_shows_each_person_their_places_and_where_they_are(as_user, monkeypatch):
    monkeypatch.setattr(kernel, "PLACES", [])
    place("Later", "stand_ins.form", lambda user: True, 20)
    place("Staff things", "stand_ins.private", lambda user: user is not None and user.is_staff, 10)
    place("Staff things again", "stand_ins.private", lambda user: True, 1)

    shown = [as_user(who).get("/stand-ins/private").text for who in (ADA, OMAR)]

    assert ["Staff things" in text for text in shown] == [False, True]
    assert "again" not in shown[1]
    assert shown[1].index("Staff things") < shown[1].index("Later")
    assert shown[1].count('aria-current="true"') == 1


def test_a_macro_that_is_not_there_is_named(app):
    with app.test_request_context(), pytest.raises(AttributeError, match=r"no macro nothing in templates/ui/"):
        kernel.Macros().nothing  # noqa: B018
