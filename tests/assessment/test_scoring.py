"""Scores are saved as they come, belong to one person until all are in, and are handed in whole."""

import re

import pytest

from portal.applications.models import Stage as BidStage
from portal.assessment import actions, lists
from portal.assessment.models import Stage
from portal.core.db import write
from portal.core.problems import Incomplete, NotFound
from tests import factories
from tests.assessment.typed import HTMX, all_fields, criteria, fields, place, score_of
from tests.cast import OMAR, TESS


def test_the_answers_of_a_criterion_stand_beside_its_fields(as_user, tess):
    page = as_user(TESS).get(place(tess)).text
    fit = page.split('id="fit"')[1].split('id="need"')[0]
    assert "Which objectives of the Police and Crime Plan" in fit
    assert "Clearing the lane at once" in fit
    assert "What is the problem?" not in fit
    assert "5 Strong" in fit


def test_what_is_personal_is_not_shown_to_assessors(as_user, tess):
    page = as_user(TESS).get(place(tess)).text
    whole = lists.content_for_office(tess.application)
    personal = [item["shown"] for section in whole for item in section["items"] if item["personal"] and item.get("shown")]
    assert "Ada Khan" in personal
    assert [text for text in personal if text in page] == []
    assert re.findall(r"[\w.]+@[\w.-]+\.example", page.replace("grants@opcc.example", "")) == []


def test_each_criterion_saves_itself_and_tells_the_total_by_now(as_user, tess, frozen):
    first, second = criteria(tess)[:2]
    browser = as_user(TESS)
    reply = browser.post(place(tess, f"/{first.id}"), data=fields(first), headers=HTMX)
    assert reply.status_code == 200
    assert "Saved at 11am" in reply.text
    assert f'name="edition-{first.id}" value="1"' in reply.text
    assert "24%" in reply.text
    assert "1 of 6 criteria scored" in reply.text
    browser.post(place(tess, f"/{second.id}"), data=fields(second, "5"), headers=HTMX)
    assert [(each.points, each.edition) for each in tess.scores] == [(4, 1), (5, 1)]
    assert tess.stage is Stage.SCORING


def test_the_plain_button_saves_the_whole_page(as_user, tess):
    reply = as_user(TESS).post(place(tess), data=all_fields(tess, points="3") | {"way": "save"})
    assert reply.location.endswith("/score")
    assert [each.points for each in tess.scores] == [3] * 6


def test_half_a_score_is_kept_too(as_user, tess):
    (first, *_) = criteria(tess)
    as_user(TESS).post(place(tess, f"/{first.id}"), data=fields(first, points="", words="To be continued"))
    assert (score_of(tess, first).points, score_of(tess, first).justification) == (None, "To be continued")


def test_nothing_typed_leaves_nothing_behind(as_user, tess):
    assert as_user(TESS).post(place(tess), data=all_fields(tess, points="", words="")).status_code == 303
    assert tess.scores == []


@pytest.mark.parametrize("points", ["6", "-1", "abc", "4.0", "٣", "5 ", "99999999999999999999"])
def test_points_outside_the_scale_are_refused_and_the_words_are_kept(as_user, tess, points):
    (first, *_) = criteria(tess)
    sent = fields(first, points, "Mine to keep")
    single = as_user(TESS).post(place(tess, f"/{first.id}"), data=sent, headers=HTMX)
    whole = as_user(TESS).post(place(tess), data=sent)
    if points.strip() == "5":  # spaces around are forgiven
        assert (single.status_code, whole.status_code) == (200, 303)
        return
    assert (single.status_code, whole.status_code) == (422, 422)
    assert "Choose points from the scale" in single.text
    assert "Mine to keep" in whole.text
    assert tess.scores == []


def test_a_criterion_of_another_round_is_not_found(as_user, tess, person):
    other = max(criterion.id for criterion in criteria(tess)) + 1
    assert as_user(TESS).post(place(tess, f"/{other}"), data={}).status_code == 404
    with pytest.raises(NotFound):
        write(actions.save_score, tess, other, 5, "x", edition=None, by=person(TESS))


def test_a_text_that_is_too_long_is_kept_and_cannot_be_submitted(as_user, tess):
    (first, *_) = criteria(tess)
    browser, words = as_user(TESS), "x" * 20_000
    reply = browser.post(place(tess, f"/{first.id}"), data=fields(first, "4", words), headers=HTMX)
    assert reply.status_code == 200
    assert "Use 5,000 characters or fewer: there are 20,000" in reply.text
    assert score_of(tess, first).justification == words
    browser.post(place(tess), data=all_fields(tess, edition=1) | fields(first, "4", words, 1))
    assert browser.get(place(tess, "/submit")).status_code == 422


def test_what_people_type_is_shown_and_never_run(as_user, tess):
    (first, *_) = criteria(tess)
    live = '<b hx-post="/sign-out" hx-trigger="load">=cmd()\x00\u202eabc</b>'
    browser = as_user(TESS)
    browser.post(place(tess), data=all_fields(tess) | fields(first, "4", live))
    assert score_of(tess, first).justification == '<b hx-post="/sign-out" hx-trigger="load">=cmd()abc</b>'
    for page in ("", "/submit"):
        text = browser.get(place(tess, page)).text
        assert "&lt;b hx-post" in text
        assert "<b hx-post" not in text


def test_scores_are_submitted_whole_after_a_last_look(as_user, tess, outbox):
    browser = as_user(TESS)
    browser.post(place(tess), data=all_fields(tess) | {"way": "submit", f"points-{criteria(tess)[0].id}": ""})
    reply = browser.post(place(tess, "/submit"))
    assert reply.status_code == 422
    assert "Give points for: Fit with the plan" in reply.text
    assert tess.stage is Stage.SCORING
    saved = browser.post(place(tess), data=all_fields(tess, edition=1) | {"way": "submit"})
    assert saved.location.endswith("/score/submit")
    assert "80%" in browser.get(place(tess, "/submit")).text
    for _ in range(2):  # a second click meets the first
        assert browser.post(place(tess, "/submit")).location.endswith("/score")
    assert tess.stage is Stage.SUBMITTED
    assert [mail.template for mail in outbox() if mail.template == "assessment/all_in"] == []


def test_the_office_is_told_when_the_last_scores_are_in(app, outbox):
    _, (tess, uma) = factories.a_bid_with_assessors()
    factories.score(tess)
    assert outbox()[-1].template != "assessment/all_in"
    factories.score(uma)
    assert (outbox()[-1].template, outbox()[-1].to_address) == ("assessment/all_in", OMAR.email)


def test_submitted_scores_stay_as_they_are(as_user, tess, person):
    factories.score(tess, 4)
    (first, *_) = criteria(tess)
    browser = as_user(TESS)
    assert browser.post(place(tess), data=all_fields(tess, points="1", edition=1)).status_code == 409
    assert browser.post(place(tess, f"/{first.id}"), data=fields(first, "1", edition=1), headers=HTMX).status_code == 409
    assert {each.points for each in tess.scores} == {4}


def test_scoring_waits_while_the_applicant_is_asked(as_user, tess):
    factories.score(tess, 4, hand_in=False)
    factories.ask(tess.application)
    browser = as_user(TESS)
    assert browser.post(place(tess), data=all_fields(tess, points="1", edition=1)).status_code == 409
    assert "is not being scored now" in browser.get(place(tess)).text
    assert {each.points for each in tess.scores} == {4}
    assert "Wait" in browser.get("/assessment/").text


def test_an_assessor_is_told_that_the_bid_has_changed(as_user, tess, frozen):
    factories.score(tess, 4, hand_in=False)
    factories.ask(tess.application)
    frozen.move(hours=2)
    factories.submit(tess.application)
    factories.admit(tess.application)
    assert "handed it in again on 9 June 2026 at 1pm" in as_user(TESS).get(place(tess)).text


def test_nothing_is_submitted_with_a_reason_missing(app, tess, person):
    with pytest.raises(Incomplete) as problem:
        write(actions.submit_scores, tess, by=person(TESS))
    assert len(problem.value.missing) == 12
    assert tess.application.stage is BidStage.IN_ASSESSMENT
