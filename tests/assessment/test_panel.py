"""The panel: bids come to it with an agreed score, and leave it recommended, deferred or in reserve."""

import pytest

from portal.applications.models import Stage
from portal.assessment import actions
from portal.core.db import db, write
from portal.core.problems import Refused
from portal.funds.models import Round
from tests import factories
from tests.cast import ADA, CLEO, OMAR, PRIYA, TESS


@pytest.fixture
def bid(app):
    """A bid with an agreed score, in a round with a panel and a reserve list."""
    found = factories.a_moderated_bid()

    def change():
        round_ = db.session.get(Round, found.round_id)
        round_.has_panel = round_.keeps_reserve = True

    write(change)
    return found


def test_a_bid_goes_to_the_panel_is_deferred_comes_back_and_waits_in_reserve(as_user, outbox, verbs_about, bid):
    omar, priya, place = as_user(OMAR), as_user(PRIYA), f"/assessment/{bid.ref}"
    assert "send it to the panel first" in omar.get(f"{place}/recommend").text
    assert omar.get(f"{place}/panel").status_code == 200
    assert omar.post(f"{place}/panel").status_code == 303
    assert (bid.stage, bid.at_panel_at is not None) == (Stage.AT_PANEL, True)
    assert "Outcomes of the panel to record" in omar.get("/desk").text
    assert [omar.post(f"{place}/{what}").status_code for what in ("defer", "reserve")] == [403, 403]  # the chair records it
    assert priya.post(f"{place}/defer", data={"reason": ""}).status_code == 422
    assert priya.post(f"{place}/defer", data={"reason": "Who empties the new bins?"}).status_code == 303
    assert (outbox()[-1].to_address, "Who empties" in outbox()[-1].body) == (OMAR.email, True)
    assert "Who empties the new bins?" in omar.get(place).text
    assert omar.post(f"{place}/panel").status_code == 303
    assert priya.post(f"{place}/reserve", data={"place": "0", "reason": "Good"}).status_code == 422
    assert priya.post(f"{place}/reserve", data={"place": "1", "reason": "Good, but the money ends above it"}).status_code == 303
    assert (bid.stage, bid.reserve_place) == (Stage.RESERVE, 1)
    assert "place 1" in omar.get(f"/assessment/rounds/{bid.round.code}/ranking").text
    assert "Who empties" not in as_user(ADA).get(f"/applications/{bid.ref}").text + as_user(ADA).get(f"/grants/{bid.ref}").text
    factories.recommend(bid)
    moves = [verb.removeprefix("application.") for verb in verbs_about(bid) if verb.startswith("application.")]
    assert moves[-5:] == ["to_panel", "defer", "to_panel", "hold_in_reserve", "recommend"]


def test_the_first_in_reserve_is_named_when_an_offer_is_not_taken_up(outbox, person, bid):
    other = factories.moderate(factories.a_scored_bid(by=CLEO, project="ely-bikes"))
    for each in (bid, other):
        write(actions.to_panel, each, by=person(OMAR))
    write(actions.hold_in_reserve, other, 1, "Next", by=person(PRIYA))
    with pytest.raises(Refused, match=f"{other.ref} stands in that place. Choose another, such as 2"):
        write(actions.hold_in_reserve, bid, 1, "Next", by=person(PRIYA))
    factories.decline_offer(factories.award_of(factories.decide(factories.recommend(bid))))
    assert other.ref in outbox()[-1].subject


def test_rounds_without_a_panel_have_no_such_step(as_user):
    bid = factories.a_moderated_bid()
    omar, place = as_user(OMAR), f"/assessment/{bid.ref}"
    assert "Send to the panel" not in omar.get(place).text
    assert "This round has no panel." in omar.get(f"{place}/panel").text
    assert omar.post(f"{place}/panel").status_code == 409
    assert bid.stage is Stage.IN_MODERATION
    assert as_user(TESS).get(f"{place}/panel").status_code in (403, 404)
