"""Everything held about one person: as a copy, found by an officer, and put right."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from portal.assessment.models import Assignment
from portal.core.audit import Event, EventDetail
from portal.core.db import db, write
from portal.people import actions
from portal.people.models import Capacity
from portal.people.personal import terms_of
from tests import factories as made
from tests.cast import ADA, ALEX, BEN, CLEO, IRA, KIT, MONA, OMAR, TESS


def unpacked(reply):
    assert reply.status_code == 200
    assert reply.mimetype == "application/zip"
    with ZipFile(BytesIO(reply.data)) as zipped:
        return {name: zipped.read(name).decode() for name in zipped.namelist()}


def last_event(verb):
    found = select(Event, EventDetail.facts).join(EventDetail, EventDetail.event_id == Event.id).where(Event.verb == verb)
    return db.session.execute(found.order_by(Event.number.desc())).first()


@pytest.fixture
def named():
    """Ben is named by Ada in a bid with others beside him, and by an assessor in confidence."""
    bid = made.a_scored_bid()

    def write_about():
        bid.summary = "Ben Carter and Cleo Marsh (cleo@east-cambridgeshire-csp.example) meet weekly."
        bid.recommendation = "Nothing of anybody."

    write(write_about)
    write(lambda: setattr(db.session.scalars(select(Assignment)).first(), "interest", "I know Ben Carter."))
    return bid


def test_ones_own_copy_holds_what_is_ones_own_and_nobody_elses(person, as_user, named):
    files = unpacked(as_user(BEN).post("/account/data"))
    assert set(files) == {"personal-data.html", "personal-data.json"}
    held = json.loads(files["personal-data.json"])
    assert held["Your account"][0]["e-mail"] == BEN.email
    assert held["Rights in organisations"][0]["right"] == "Contributor"
    assert held["You are named in: applications"] == [
        {"about": named.ref, "words": "Ben Carter and [another person] ([another person]) meet weekly."}
    ]
    everything = "".join(files.values())
    for private in (CLEO.name, CLEO.email, "I know", TESS.name):
        assert private not in everything, private
    assert (
        "You are named in: interests of assessors, 1: what assessors write is given after the decision"
        in files["personal-data.html"]
    )


def test_an_officers_copy_has_apart_what_must_be_read_first_and_both_are_told(person, as_user, named):
    files = unpacked(as_user(MONA).post(f"/people/{person(BEN).id}/data"))
    assert "I know Ben Carter." in files["held-back.html"]
    assert "I know Ben Carter." not in files["personal-data.html"]
    event, facts = last_event("access.looked")
    assert (event.actor_id, event.subject_id, facts["record"]) == (
        person(MONA).id,
        person(BEN).id,
        "everything held about a person",
    )
    assert last_event("account.copy")[0].case == person(BEN).case


@pytest.mark.parametrize(("who", "status"), [(None, 303), (ADA, 404), (OMAR, 404), (ALEX, 403), (MONA, 200), (IRA, 200)])
def test_who_answers_requests(as_user, person, who, status):
    browser, number = as_user(who), person(BEN).id
    assert browser.get(f"/people/{number}/data").status_code == status
    assert browser.post(f"/people/{number}/data").status_code == status
    assert browser.get("/personal-data?q=Ben").status_code == (403 if status == 404 else status)


def test_a_search_finds_people_and_every_place_with_its_file_and_is_told(as_user, person, named):
    page = as_user(MONA).get("/personal-data?q=ben+carter").text
    for shown in ("People with an account", BEN.email, "Applications", "Interests of assessors", f'href="/grants/{named.ref}"'):
        assert shown in page, shown
    event, facts = last_event("access.looked")
    assert (event.actor_id, facts["record"]) == (person(MONA).id, "personal data, searched for “ben carter”")


def test_a_search_leaves_out_the_cases_in_which_the_officer_has_an_interest(as_user, person, named):
    write(actions.involve, person(MONA), named.ref, Capacity.CONFLICTED)
    assert named.ref not in as_user(MONA).get("/personal-data?q=ben+carter").text


@pytest.mark.parametrize("wish", ["", "ab", "zqnobody", "%", "_", "\\", "'; DROP TABLE user", "x" * 5000])
def test_a_search_that_finds_nothing_says_so_and_breaks_nothing(as_user, wish):
    page = as_user(MONA).get("/personal-data", query_string={"q": wish})
    assert page.status_code == 200
    assert "People with an account" not in page.text


def test_a_correction_shows_everywhere_is_told_and_keeps_who_asked(as_user, person, outbox, verbs_about):
    bid = made.a_submitted_bid()
    address, ira = f"/people/{person(ADA).id}/correct", as_user(IRA)
    right = {
        "name": "Ada Khan-Hill",
        "email": "Ada.Hill@fenland.example",
        "phone": "01632 960 555",
        "reason": "Married; asked by letter",
    }
    for outsider, status in ((OMAR, 404), (MONA, 403), (ADA, 404)):
        assert as_user(outsider).post(address, data=right).status_code == status
    assert ira.post(address, data=right | {"email": BEN.email}).status_code == 422
    assert ira.post(address, data=right).status_code == 303
    assert "Ada Khan-Hill" in as_user(OMAR).get(f"/grants/{bid.ref}").text
    assert {mail.to_address for mail in outbox() if mail.template == "people/corrected"} == {
        ADA.email,
        "ada.hill@fenland.example",
    }
    user = db.session.get(type(person(IRA)), int(address.split("/")[2]))
    assert verbs_about(user).count("account.correct") == 3
    assert ira.post(address, data=right).status_code == 422, "nothing changed"


def test_nobody_corrects_or_erases_themselves(as_user, person):
    own = person(KIT).id
    assert as_user(KIT).get(f"/people/{own}/correct").status_code == 403
    assert as_user(KIT).post(f"/people/{own}/erase").status_code == 403


def test_names_of_before_are_looked_for_too(person):
    write(lambda: actions.change_details(person(BEN), "Ben Carter-Lowe", "", by=person(BEN)))
    assert terms_of(person(BEN)).names == ("Ben Carter", "Ben Carter-Lowe")
