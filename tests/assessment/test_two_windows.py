"""Two windows of one assessor: both texts are shown, and nothing is overwritten unseen."""

import contextvars
import threading
from concurrent.futures import ThreadPoolExecutor

from portal.assessment import actions
from portal.assessment.models import Assignment
from portal.core.db import db, write
from portal.people.models import User
from tests.assessment.typed import HTMX, all_fields, criteria, fields, place, score_of
from tests.cast import TESS


def test_two_windows_see_both_texts_and_nothing_is_overwritten_unseen(as_user, tess):
    (first, *_) = criteria(tess)
    browser, url = as_user(TESS), place(tess, f"/{first.id}")
    browser.post(url, data=fields(first, "2", "From the first window"), headers=HTMX)
    for words in ("From the second window", "From the second window, typed on"):
        reply = browser.post(url, data=fields(first, "5", words), headers=HTMX)
        assert reply.status_code == 409
        assert all(text in reply.text for text in ("Saved: 2 Partial", "From the first window", "Typed here: 5 Strong", words))
    assert score_of(tess, first).points == 2
    keep = fields(first, "5", "From the second window") | {f"keep-{first.id}": "1"}
    assert browser.post(place(tess), data=keep).status_code == 303
    assert score_of(tess, first).justification == "From the second window"


def test_what_another_window_saved_can_be_used_and_the_rest_of_the_page_is_kept(as_user, tess):
    first, second = criteria(tess)[:2]
    browser = as_user(TESS)
    browser.post(place(tess, f"/{first.id}"), data=fields(first, "2", "From the first window"), headers=HTMX)
    take = fields(first, "5", "Given up") | fields(second, "3", "Kept") | {f"take-{first.id}": "yes"}
    assert browser.post(place(tess), data=take).status_code == 303
    assert (score_of(tess, first).points, score_of(tess, second).justification) == (2, "Kept")


def test_the_same_text_is_never_a_conflict(as_user, tess):
    (first, *_) = criteria(tess)
    browser, url = as_user(TESS), place(tess, f"/{first.id}")
    for _ in range(2):
        assert browser.post(url, data=fields(first), headers=HTMX).status_code == 200
    assert score_of(tess, first).edition == 1


def test_a_stale_page_keeps_all_that_was_typed_and_saves_nothing_of_it(as_user, tess):
    (first, *_) = criteria(tess)
    browser = as_user(TESS)
    browser.post(place(tess, f"/{first.id}"), data=fields(first, "1", "Newer"))
    reply = browser.post(place(tess), data=all_fields(tess, words="Typed in an old window"))
    assert reply.status_code == 409
    assert reply.text.count("Typed in an old window") == 7  # six fields, and once more beside the newer one
    assert "Saved: 1 Poor" in reply.text
    assert f'href="#answer-{first.id}"' in reply.text
    assert len(tess.scores) == 1


def test_two_windows_at_the_same_moment_leave_one_score(app, tess, person):
    (first, *_), assignment_id, user_id = criteria(tess), tess.id, person(TESS).id
    criterion_id, start = first.id, threading.Barrier(2)
    db.session.remove()

    def save(points):
        with app.app_context():
            assignment, user = db.session.get(Assignment, assignment_id), db.session.get(User, user_id)
            start.wait(10)
            try:
                write(actions.save_score, assignment, criterion_id, points, f"{points}", edition=0, by=user)
            except actions.Overtaken:
                return "overtaken"
            return "saved"

    with ThreadPoolExecutor() as pool:
        ends = [pool.submit(contextvars.copy_context().run, save, points) for points in (2, 5)]
        assert sorted(end.result(30) for end in ends) == ["overtaken", "saved"]
    assert len(db.session.get(Assignment, assignment_id).scores) == 1
