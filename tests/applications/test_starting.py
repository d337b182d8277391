"""Starting a bid: who may, in which round, and that a second press starts no second one."""

import pytest
from sqlalchemy import func, select

from portal.applications import actions, lists
from portal.applications.models import Application, Stage
from portal.core.db import db, write
from portal.core.problems import Forbidden, NotNow, Refused
from portal.funds.models import Round
from portal.people.models import Capacity, Involvement, Organisation
from tests.applications.forms import item
from tests.cast import ADA, ALEX, BEN, CLEO, GUS, MAYA, OMAR, ROSA, TESS
from tests.factories import a_draft

START = "/applications/start/SCF26"


def round_(code="SCF26"):
    return db.session.scalars(select(Round).where(Round.code == code)).one()


def organisation(key="fenland-csp"):
    return db.session.scalars(select(Organisation).where(Organisation.key == key)).one()


def count():
    return db.session.scalar(select(func.count()).select_from(Application))


def start(client, key="fenland-csp", seen=0):
    return client.post(START, data={"organisation": str(organisation(key).id), "seen": str(seen)})


@pytest.mark.parametrize(("who", "status"), [(ADA, 200), (BEN, 200), (CLEO, 200), (ROSA, 403), (GUS, 403), (OMAR, 403),
                                             (TESS, 403), (ALEX, 403), (None, 303)])  # fmt: skip
def test_who_may_start(as_user, who, status):
    assert as_user(who).get(START).status_code == status


def test_the_page_says_what_it_takes(as_user):
    page = as_user(ADA).get(START).text
    for words in (
        "about 45 minutes",
        "£5,000.00",
        "7 October 2026 at 5pm",
        "120 days left",
        "Fenland Community Safety Partnership",
    ):
        assert words in page


def test_starting_leads_to_the_task_list_with_what_we_know_filled_in(as_user, verbs_about):
    reply = start(as_user(BEN))
    assert reply.status_code == 303
    bid = db.session.scalars(select(Application)).one()
    assert reply.location == f"/applications/{bid.ref}"
    assert "0 of 9 sections complete" in as_user(BEN).get(reply.location).text  # of 10: partners are optional
    assert (bid.stage, bid.lead.name, bid.organisation.key) == (Stage.DRAFT, "Ben Carter", "fenland-csp")
    assert item(bid, "contact_name").raw == "Ben Carter"
    assert item(bid, "accountable_body").shown == "Fenland District Council"
    assert bid.accountable_body.key == "fenland-district-council"
    assert verbs_about(bid) == ["application.start"]


def test_whoever_starts_a_bid_is_known_to_have_a_hand_in_it(app):
    bid = a_draft(ADA)
    capacities = db.session.scalars(select(Involvement.capacity).where(Involvement.case == bid.ref)).all()
    assert capacities == [Capacity.APPLICANT]


def test_a_second_press_finds_the_same_bid(as_user):
    client = as_user(ADA)
    assert start(client).location == start(client).location
    assert count() == 1


def test_another_bid_can_be_started_once_the_first_is_begun(as_user):
    client = as_user(ADA)
    start(client)
    page = client.get(START).text
    assert "SCF26-0001" in page
    assert 'name="seen" value="1"' in page
    start(client, seen=1)
    assert count() == 2


@pytest.mark.parametrize(
    "sent", [{}, {"organisation": ""}, {"organisation": "x"}, {"organisation": "999999"}, {"organisation": "-1"}, {"seen": "x"}]
)
def test_an_organisation_that_is_not_ones_own_is_refused(as_user, sent):
    assert as_user(ADA).post(START, data=sent).status_code == 422
    assert start(as_user(ADA), "east-cambridgeshire-csp").status_code == 422
    assert count() == 0


def test_a_fund_for_others_says_so_instead_of_offering_a_button(as_user):
    page = as_user(MAYA).get(START)
    assert "not open to the organisations that you write for" in page.text
    assert "<h1" in page.text
    assert "Start the application" not in page.text


def test_an_unknown_round_is_not_found(as_user):
    assert as_user(ADA).get("/applications/start/NONE").status_code == 404
    assert as_user(ADA).get("/applications/start/YOS21").status_code == 404  # a direct award was never open to anyone


def test_a_closed_round_takes_no_bid(as_user, frozen):
    client = as_user(ADA)
    page = client.get("/applications/start/SCF22")
    assert "This round closed on 31 March 2023 at 5pm" in page.text
    closed = client.post("/applications/start/SCF22", data={"organisation": str(organisation().id)})
    assert closed.status_code == 409
    assert count() == 0


def test_the_action_asks_for_itself(app, person):
    with pytest.raises(NotNow):
        write(actions.start, round_("SCF22"), organisation(), by=person(ADA))
    with pytest.raises(Forbidden):
        write(actions.start, round_(), organisation("east-cambridgeshire-csp"), by=person(ADA))
    with pytest.raises(Refused, match="not open to"):
        write(actions.start, round_(), organisation("fen-edge-youth-trust"), by=person(MAYA))


def test_the_list_offers_rounds_to_those_who_can_bid(as_user, person):
    assert "Start an application" in as_user(ADA).get("/applications/").text
    assert "Start an application" not in as_user(ROSA).get("/applications/").text
    assert [each.code for each in lists.rounds_for(person(MAYA))] == ["YCF26"]
