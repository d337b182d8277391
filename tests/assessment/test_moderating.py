"""Moderation agrees one score beside the originals; a recommendation follows, and a person decides."""

import re
from functools import partial

import pytest

from portal.applications.models import Application, Stage
from portal.assessment import actions, lists
from portal.core.db import db, write
from portal.core.problems import Conflict, Incomplete, NotNow, Refused
from portal.funds.models import Round
from tests import factories
from tests.at_once import at_once
from tests.cast import DANA, OMAR, PRIYA, TESS, user_of


def agreed(bid, points=4, note="We talked."):
    return {criterion.id: (points, note) for criterion in bid.round.criteria}


def posted(bid, points="4", note="We talked.", edition=0):
    fields = {}
    for criterion in bid.round.criteria:
        key = criterion.id
        fields |= {f"points-{key}": points, f"note-{key}": note, f"edition-{key}": str(edition)}
    return fields


def test_moderation_waits_for_every_score(app, person, as_user):
    bid, (tess, _) = factories.a_bid_with_assessors()
    factories.score(tess)
    with pytest.raises(NotNow, match="still to come from Uma Rao"):
        write(actions.moderate, bid, by=person(OMAR))
    omar = as_user(OMAR)
    for page in ("", "/moderate", "/recommend"):
        assert "Scores are still to come from Uma Rao." in omar.get(f"/assessment/{bid.ref}{page}").text
    assert omar.post(f"/assessment/{bid.ref}/moderate", data={"begin": "yes"}).status_code == 409
    assert omar.post(f"/assessment/{bid.ref}/recommend", data={"amount": "1", "reasons": "x"}).status_code == 409


def test_far_apart_is_said_in_words_by_the_thresholds_of_the_round(as_user):
    bid = factories.a_scored_bid(points=([5, 4, 4, 4, 4, 4], [3, 4, 4, 4, 4, 4]))
    omar, place = as_user(OMAR), f"/assessment/{bid.ref}?part=scores"
    assert "far apart on Fit with the plan." in omar.get(place).text

    def widen():
        db.session.get(Round, bid.round_id).spread_points = 3

    write(widen)
    assert "far apart" not in omar.get(place).text


def test_points_that_differ_from_an_assessors_need_a_note(app, person):
    bid = factories.a_scored_bid(points=(4, 3))
    factories.begin_moderation(bid)
    with pytest.raises(Incomplete) as problem:
        write(actions.save_moderated, bid, agreed(bid, 4, ""), by=person(OMAR))
    assert len(problem.value.missing) == 6
    assert (bid.agreed_permille, lists.moderated_of(bid)) == (None, [])


def test_where_all_agree_no_note_is_needed(app, person):
    bid = factories.begin_moderation(factories.a_scored_bid())
    write(actions.save_moderated, bid, agreed(bid, 4, ""), by=person(OMAR))
    assert bid.agreed_permille == 800


def test_the_originals_stay_beside_what_is_agreed(as_user, verbs_about):
    bid = factories.a_scored_bid(points=(5, 3))
    omar, place = as_user(OMAR), f"/assessment/{bid.ref}/moderate"
    for _ in range(2):  # a second click meets the first
        assert omar.post(place, data={"begin": "yes"}).location.endswith("/moderate")
    assert "Mean of the assessors: 4.0" in omar.get(place).text
    assert omar.post(place, data=posted(bid)).status_code == 303
    assert bid.agreed_permille == 800
    assert [set(points.values()) for points in lists.points_given(lists.assignments_of(bid))] == [{5}, {3}]
    assert verbs_about(bid)[-6:] == ["score.moderate"] * 6
    page = omar.get(f"/assessment/{bid.ref}?part=scores").text
    assert page.count("We talked.") == 6


def test_what_was_typed_in_moderation_stays_when_something_is_missing(as_user):
    bid = factories.begin_moderation(factories.a_scored_bid(points=(5, 3)))
    fields = posted(bid, note="Typed with care")
    del fields[f"points-{bid.round.criteria[0].id}"]
    reply = as_user(OMAR).post(f"/assessment/{bid.ref}/moderate", data=fields)
    assert reply.status_code == 422
    assert reply.text.count("Typed with care") == 6
    assert f'href="#points-{bid.round.criteria[0].id}"' in reply.text


@pytest.mark.parametrize("points", ["6", "-1", "abc"])
def test_agreed_points_outside_the_scale_are_refused(as_user, points):
    bid = factories.begin_moderation(factories.a_scored_bid())
    reply = as_user(OMAR).post(f"/assessment/{bid.ref}/moderate", data=posted(bid, points))
    assert reply.status_code == 422
    assert bid.agreed_permille is None


@pytest.fixture
def overtaken(as_user):
    """Omar and Priya opened the page; Omar saved first. What Priya's browser goes on with is in the reply."""
    bid = factories.begin_moderation(factories.a_scored_bid(points=(5, 3)))
    place = f"/assessment/{bid.ref}/moderate"
    assert as_user(OMAR).post(place, data=posted(bid, "4", "Omar's view")).status_code == 303
    return bid, place


def hidden(reply):
    return dict(re.findall(r'name="((?:edition|seen)-\d+)" value="(\d+)"', reply.text))


def choose(bid, whose):
    return {f"stands-{criterion.id}": whose for criterion in bid.round.criteria}


def test_two_officers_see_what_the_other_agreed(as_user, person, overtaken):
    bid, place = overtaken
    reply = as_user(PRIYA).post(place, data=posted(bid, "5", "Priya's view"))
    assert reply.status_code == 409
    assert reply.text.count("Priya&#39;s view") == 6
    assert reply.text.count("Saved by a colleague: 4 Good. Omar&#39;s view") == 6
    assert bid.agreed_permille == 800
    with pytest.raises(Conflict):
        write(actions.save_moderated, bid, agreed(bid, 1), dict.fromkeys(agreed(bid, 1), 0), by=person(OMAR))


def test_saving_again_without_a_choice_does_not_overwrite_what_was_only_shown(as_user, overtaken):
    bid, place = overtaken
    priya, words = as_user(PRIYA), posted(bid, "5", "Priya's view")
    for _ in range(2):
        reply = priya.post(place, data=words)
        assert (reply.status_code, bid.agreed_permille) == (409, 800)
        words |= hidden(reply)


def test_a_colleagues_points_are_not_overwritten_after_another_refusal(as_user, overtaken):
    bid, place = overtaken
    reply = as_user(PRIYA).post(place, data=posted(bid, "5", ""))
    assert reply.status_code == 422  # a note is missing
    assert as_user(PRIYA).post(place, data=posted(bid, "5", "Priya's view") | hidden(reply)).status_code == 409
    assert bid.agreed_permille == 800


@pytest.mark.parametrize(("whose", "permille", "note"), [("mine", 1000, "Priya's view"), ("theirs", 800, "Omar's view")])
def test_whoever_has_seen_both_chooses_which_is_to_stand(as_user, overtaken, whose, permille, note):
    bid, place = overtaken
    words = posted(bid, "5", "Priya's view")
    words |= hidden(as_user(PRIYA).post(place, data=words)) | choose(bid, whose)
    assert as_user(PRIYA).post(place, data=words).status_code == 303
    assert bid.agreed_permille == permille
    assert {each.note for each in lists.moderated_of(bid)} == {note}


def test_a_choice_between_two_is_asked_again_when_the_other_has_changed_meanwhile(as_user, overtaken):
    bid, place = overtaken
    words = posted(bid, "5", "Priya's view")
    words |= hidden(as_user(PRIYA).post(place, data=words)) | choose(bid, "mine")
    as_user(OMAR).post(place, data=posted(bid, "3", "Omar's second view", edition=1))
    reply = as_user(PRIYA).post(place, data=words)
    assert (reply.status_code, bid.agreed_permille) == (409, 600)
    assert "Omar&#39;s second view" in reply.text


def test_two_officers_who_save_at_the_same_moment_do_not_overwrite_each_other(app):
    bid = factories.begin_moderation(factories.a_scored_bid(points=(5, 3)))
    bid_id, unseen = bid.id, dict.fromkeys(agreed(bid, 1), 0)

    def save(who, points):
        there = db.session.get(Application, bid_id)
        write(actions.save_moderated, there, agreed(there, points), unseen, by=user_of(who))
        return points

    found = at_once(app, [partial(save, OMAR, 2), partial(save, PRIYA, 5)])

    assert [isinstance(each, Conflict) for each in found].count(True) == 1, found
    (stands,) = (each for each in found if isinstance(each, int))
    assert {each.points for each in lists.moderated_of(db.session.get(Application, bid_id))} == {stands}


def test_a_bid_is_recommended_with_an_amount_and_reasons(as_user, outbox):
    bid = factories.a_moderated_bid()
    omar, place = as_user(OMAR), f"/assessment/{bid.ref}/recommend"
    page = omar.get(place).text
    assert 'value="1450.00"' in page
    assert all(words in page for words in ("80%", "Fund", "a person decides", "£66,000.00"))
    for _ in range(2):  # a second click meets the first
        assert omar.post(place, data={"amount": "1,000", "reasons": "R3asons of ours"}).status_code == 303
    assert (bid.stage, bid.recommended_pence, bid.recommendation) == (Stage.RECOMMENDED, 100_000, "R3asons of ours")
    mail = outbox()[-1]
    assert (mail.to_address, "R3asons" in mail.body, "80%" in mail.body) == (DANA.email, False, False)
    assert "R3asons of ours" in as_user(DANA).get(f"/assessment/{bid.ref}").text


@pytest.mark.parametrize("fields", [
    {"amount": "1450.01", "reasons": "x"}, {"amount": "-1", "reasons": "x"}, {"amount": "abc", "reasons": "x"},
    {"amount": "", "reasons": "x"}, {"amount": "1450", "reasons": ""}, {"amount": "1450", "reasons": "x" * 20_000},
])  # fmt: skip
def test_a_recommendation_that_cannot_stand_is_refused_with_what_was_typed(as_user, fields):
    bid = factories.a_moderated_bid()
    reply = as_user(OMAR).post(f"/assessment/{bid.ref}/recommend", data=fields)
    assert reply.status_code == 422
    assert fields["amount"] in reply.text
    assert fields["reasons"] in reply.text
    assert bid.stage is Stage.IN_MODERATION


def test_nothing_can_be_recommended_too(app, person):
    bid = factories.a_moderated_bid()
    with pytest.raises(Refused, match="recommend that or less"):
        write(actions.recommend, bid, 145_001, "x", by=person(OMAR))
    write(actions.recommend, bid, 0, "It does not serve the plan.", by=person(OMAR))
    assert bid.recommended_pence == 0


def test_what_others_are_recommended_for_counts_against_the_budget(app):
    factories.a_recommended_bid()
    bid = factories.a_moderated_bid()
    budgets = lists.budgets_of(bid)
    assert budgets.recommended_pence == 145_000
    assert budgets.left_pence == budgets.limit_pence - budgets.committed_pence - 145_000


def test_where_one_assessor_suffices_their_score_stands_without_moderation(as_user, person):
    bid = factories.an_admitted_bid()

    def one_suffices():
        db.session.get(Round, bid.round_id).assessors_required = 1

    write(one_suffices)
    factories.score(factories.declare(factories.assign(bid, TESS)), [1, 4, 4, 4, 4, 4])
    omar = as_user(OMAR)
    with pytest.raises(NotNow, match="One assessor suffices"):
        write(actions.moderate, bid, by=person(OMAR))
    page = omar.get(f"/assessment/{bid.ref}/recommend").text
    assert "62%" in page
    assert "Scored very low: Fit with the plan" in page
    assert omar.post(f"/assessment/{bid.ref}/recommend", data={"amount": "1450", "reasons": "x"}).status_code == 303
    assert (bid.stage, bid.agreed_permille) == (Stage.RECOMMENDED, 620)


def test_several_scores_cannot_skip_moderation(app, person):
    bid = factories.a_scored_bid()
    with pytest.raises(NotNow, match="moderate their scores first"):
        write(actions.recommend, bid, 100, "x", by=person(OMAR))
