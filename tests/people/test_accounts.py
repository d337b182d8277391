"""An organisation looks after its own people, the office after accounts; whoever leaves is out at once."""

import csv
import re
from io import StringIO

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db, write
from portal.core.problems import Refused
from portal.demonstration import acts
from portal.people import actions
from portal.people.models import Membership, OfficeRole, Right, User
from tests.cast import ADA, BEN, CLEO, GUS, IRA, KIT, OMAR, PASSWORD, ROSA, TESS, VIC

NEW = "ada.khan@elsewhere.example"


@pytest.fixture
def fenland(person):
    return person(ADA).memberships[0].organisation


def address(person, who, fenland, what):
    return f"/people/{person(who).id}/organisations/{fenland.id}/{what}"


def test_an_administrator_changes_the_rights_of_a_colleague(as_user, person, fenland, outbox):
    ben = as_user(BEN)
    reply = as_user(ADA).post(address(person, BEN, fenland, "rights"), data={"rights": ["lead", "reader"]})
    assert reply.status_code == 303
    assert {held.right for held in person(BEN).memberships if held.is_current} == {Right.LEAD, Right.READER}
    assert ben.get("/desk").status_code == 303, "signed out by the change"
    assert [mail.template for mail in outbox()] == ["people/rights_changed"]

    there = {"user_id": person(BEN).id, "organisation_id": person(CLEO).organisation_ids[0], "from_on": clock.today()}
    write(lambda: db.session.add(Membership(right=Right.SIGNATORY, **there)))
    export = as_user(ADA).get("/people/export.csv").text.lstrip("\ufeff")
    may_do = {row["Name"]: row["May do"] for row in csv.DictReader(StringIO(export))}
    assert may_do["Ben Carter"] == "Lead, Reader", "what he may do for others is not theirs to know"


@pytest.mark.parametrize(
    ("who", "about", "status"), [(BEN, ROSA, 404), (ADA, ADA, 403), (CLEO, BEN, 404), (GUS, BEN, 404), (OMAR, BEN, 200)]
)
def test_who_changes_whose_rights(as_user, person, fenland, who, about, status):
    assert as_user(who).get(address(person, about, fenland, "rights")).status_code == status


def test_a_leaver_is_removed_and_sees_nothing_with_the_next_request(as_user, person, fenland):
    ben = as_user(BEN)
    assert as_user(ADA).post(address(person, BEN, fenland, "remove")).status_code == 303
    assert ben.get("/desk").status_code == 303
    assert person(BEN).organisation_ids == []
    assert "Ben" not in as_user(ADA).get("/people/").text


def test_the_last_administrator_leaves_only_with_a_successor(as_user, person, fenland, outbox):
    leaving, ada = address(person, ADA, fenland, "remove"), as_user(ADA)
    assert ada.post(leaving).status_code == 422
    assert ada.post(leaving, data={"successor": person(CLEO).id}).status_code == 422
    assert person(ADA).has_right(fenland.id)

    assert ada.post(leaving, data={"successor": person(BEN).id}).status_code == 303

    assert not person(ADA).has_right(fenland.id)
    assert person(BEN).has_right(fenland.id, Right.ADMINISTRATOR)
    assert {mail.template for mail in outbox()} == {"people/succeeds", "people/removed"}


def test_an_administrator_who_is_alone_invites_somebody_first(as_user, person):
    council = person(GUS).memberships[0].organisation
    assert "Invite a colleague first" in as_user(GUS).get(address(person, GUS, council, "remove")).text
    assert as_user(GUS).post(address(person, GUS, council, "remove")).status_code == 422


def test_a_disabled_person_is_out_everywhere_at_once(as_user, person, outbox, type_in):
    one, other = as_user(TESS), as_user(TESS)
    reply = as_user(IRA).post(f"/people/{person(TESS).id}/disable", data={"reason": "Has left"})
    assert reply.status_code == 303
    assert one.get("/desk").status_code == other.get("/desk").status_code == 303
    assert type_in(email=TESS.email).status_code == 200
    assert [(mail.template, mail.to_address) for mail in outbox()] == [("people/disabled", KIT.email)]

    as_user(IRA).post(f"/people/{person(TESS).id}/open", data={"reason": "Came back"})
    assert type_in(email=TESS.email).location == "/desk"


def test_nobody_shuts_themselves_out_nor_the_last_administrator(as_user, person):
    assert as_user(IRA).get(f"/people/{person(IRA).id}/disable").status_code == 403
    write(actions.disable, person(KIT), "", by=person(IRA))
    with pytest.raises(Refused, match="last administrator"):
        write(actions.disable, person(IRA), "", by=person(OMAR))


def test_work_is_handed_over_from_one_page(as_user, person):
    acts.a_bid_with_assessors()
    omar, desk = as_user(OMAR), f"/people/{person(TESS).id}/waiting"
    link = re.search(rf"{desk}/assignment-\d+", omar.get(desk).text)[0]
    assert omar.post(link, data={}).status_code == 422
    assert VIC.name in omar.get(link).text

    assert omar.post(link, data={"taker": person(VIC).id}).status_code == 303

    assert link not in omar.get(desk).text
    assert "assignment-" in omar.get(f"/people/{person(VIC).id}/waiting").text
    assert omar.get(link).status_code == 404
    assert as_user(IRA).get(desk).status_code == 200
    assert as_user(IRA).get(f"{desk}/assignment-1").status_code == 403


def test_a_new_address_counts_once_its_link_is_opened_and_both_are_told(as_user, person, outbox, type_in):
    ada, elsewhere = as_user(ADA), as_user(ADA)
    assert ada.post("/account/email", data={"email": NEW, "password": "wrong"}).status_code == 422
    assert ada.post("/account/email", data={"email": NEW, "password": PASSWORD}).status_code == 303
    assert {(mail.template, mail.to_address) for mail in outbox()} == {
        ("people/new_address", NEW),
        ("people/address_asked", ADA.email),
    }
    link = re.search(r"/account/email/[\w-]+", next(mail.body for mail in outbox() if mail.to_address == NEW))[0]
    assert as_user(BEN).get(link).status_code == 404
    assert ada.get(link).status_code == 200
    assert person(ADA).email == ADA.email

    assert ada.post(link).status_code == 303

    assert db.session.scalar(select(User.email).where(User.name == ADA.name)) == NEW
    assert {mail.to_address for mail in outbox() if mail.template == "people/address_changed"} == {NEW, ADA.email}
    assert ada.get("/account").status_code == 200
    assert elsewhere.get("/account").status_code == 303
    assert ada.post(link).status_code == 409
    assert type_in(email=NEW).location == "/desk"


def test_an_address_in_use_is_told_there_and_nowhere_else(as_user, outbox):
    free = as_user(ADA).post("/account/email", data={"email": NEW, "password": PASSWORD})
    used = as_user(ADA).post("/account/email", data={"email": BEN.email, "password": PASSWORD})
    assert (free.status_code, free.location) == (used.status_code, used.location)
    assert "people/address_in_use" in [mail.template for mail in outbox() if mail.to_address == BEN.email]


def test_details_are_changed_by_their_owner(as_user, person):
    assert as_user(ADA).post("/account/details", data={"name": "", "phone": "1"}).status_code == 422
    assert as_user(ADA).post("/account/details", data={"name": "Ada B. Khan", "phone": "01632 960999"}).status_code == 303
    assert person(ADA).name == "Ada B. Khan"


def test_mass_assignment_changes_nothing_else(as_user, person):
    as_user(BEN).post(
        "/account/details", data={"name": "Ben", "phone": "", "email": "x@y.example", "active": "", "role": "administrator"}
    )
    assert person(BEN).active
    assert not person(BEN).holds(*OfficeRole)
