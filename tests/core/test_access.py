"""Doors: in this order – signed in, to be seen, allowed, at its stage."""

import pytest

from portal.core.audit import Event
from portal.core.db import db
from tests.cast import ADA, BEN, OMAR, TESS
from tests.core.rows import Row, Stage

HTMX = {"HX-Request": "true"}


def test_everybody_sees_what_is_public(as_user):
    assert as_user(None).get("/stand-ins/open").status_code == 200


def test_an_anonymous_person_is_sent_to_sign_in_and_back(as_user):
    reply = as_user(None).get("/stand-ins/private?q=a+b")

    assert reply.status_code == 303
    assert reply.location == "/sign-in?next=/stand-ins/private?q%3Da%2Bb"


@pytest.mark.parametrize("row_id", [1, 999_999])
def test_a_stranger_cannot_tell_what_exists_from_what_does_not(as_user, a_row, row_id):
    a_row()
    reply = as_user(None).get(f"/stand-ins/rows/{row_id}")
    assert (reply.status_code, reply.location) == (303, f"/sign-in?next=/stand-ins/rows/{row_id}")


def test_htmx_is_told_to_move_the_whole_page_to_sign_in(as_user):
    reply = as_user(None).get("/stand-ins/private", headers=HTMX)

    assert reply.status_code == 401
    assert reply.headers["HX-Redirect"] == "/sign-in?next=/stand-ins/private"
    assert reply.data == b""


def test_a_post_by_somebody_whose_sign_in_has_ended_names_no_way_back(as_user, a_row):
    assert as_user(None).post(f"/stand-ins/rows/{a_row().id}/send").location == "/sign-in"


def test_what_one_may_not_see_is_not_found_and_looks_like_what_does_not_exist(as_user, a_row):
    hidden = a_row(name="hidden")

    not_mine, absent = (as_user(BEN).get(f"/stand-ins/rows/{number}") for number in (hidden.id, 999_999))

    assert as_user(ADA).get(f"/stand-ins/rows/{hidden.id}").status_code == 200
    assert (not_mine.status_code, absent.status_code) == (404, 404)
    assert "We cannot find that" in not_mine.text


def test_not_being_allowed_comes_before_the_stage(as_user, a_row):
    done = a_row(stage=Stage.DONE)
    reply = as_user(BEN).post(f"/stand-ins/rows/{done.id}/send")
    assert reply.status_code == 403
    assert "Only its owner can send it." in reply.text


def test_not_being_seen_comes_before_not_being_allowed(as_user, a_row):
    hidden = a_row(name="hidden")
    assert as_user(BEN).post(f"/stand-ins/rows/{hidden.id}/send").status_code == 404


def test_the_wrong_stage_is_said_in_words(as_user, a_row):
    draft = a_row()
    reply = as_user(OMAR).post(f"/stand-ins/rows/{draft.id}/finish")
    assert reply.status_code == 409
    assert f"{draft} is draft, so this cannot be done now: finish it." in reply.text


def test_a_repeated_click_meets_its_receipt(as_user, a_row, verbs_about):
    row = a_row()
    browser = as_user(ADA)

    replies = [browser.post(f"/stand-ins/rows/{row.id}/send") for _ in range(2)]

    assert [(reply.status_code, reply.location) for reply in replies] == [(303, f"/stand-ins/rows/{row.id}")] * 2
    assert verbs_about(row) == ["row.send"]


def test_a_refusal_is_kept_in_the_history(as_user, a_row):
    row = a_row()
    as_user(TESS).post(f"/stand-ins/rows/{row.id}/send")

    kept = db.session.query(Event).filter_by(verb="access.refused").one()

    assert (kept.case, kept.subject, kept.subject_id) == (row.case, "row", row.id)
    assert db.session.get(Row, row.id).stage is Stage.DRAFT


def test_a_view_that_does_not_say_who_may_use_it_is_shut(as_user):
    assert as_user(OMAR).get("/stand-ins/unguarded").status_code == 403


def test_a_number_too_long_for_a_row_is_not_found(as_user):
    assert as_user(OMAR).get("/stand-ins/rows/99999999999999999999").status_code == 404


def test_moves_need_a_form_token(as_user, a_row):
    row = a_row()
    assert as_user(ADA).raw_post(f"/stand-ins/rows/{row.id}/send").status_code == 400
    assert db.session.get(Row, row.id).stage is Stage.DRAFT
