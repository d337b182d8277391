"""Organisations are written down by the office: who they are, their numbers, contacts, areas, members and host."""

from datetime import date, timedelta

import pytest

from portal.core import clock
from portal.core.db import db, write
from portal.core.problems import Refused
from portal.people import actions
from portal.people.lists import contacts_of, host_of, hosts_of, partners_of
from portal.people.models import OrganisationKind, Register
from tests.cast import ADA, ALEX, CLEO, FINN, IRA, OMAR, ROSA, TESS
from tests.factories import a_live_award
from tests.people.organisations import added, at, body, day

NEW = {"name": "River Trust", "kind": "charity", "area_id": "", "address": "1 Bank", "postcode": "pe158nq", "website": ""}
CHANGE = date(2026, 7, 1)


def test_the_office_writes_an_organisation_down(as_user, verbs_about):
    reply = as_user(OMAR).post("/organisations/add", data=NEW)
    made = body("river-trust")
    assert reply.location == at(made)
    assert (made.postcode, made.kind, made.folded) == ("PE15 8NQ", OrganisationKind.CHARITY, "river trust")
    assert verbs_about(made) == ["organisation.add"]


@pytest.mark.parametrize("wrong", [
    {"name": ""}, {"name": "x" * 5000}, {"kind": "empire"}, {"area_id": "999999"}, {"postcode": "nowhere"},
    {"website": "javascript:alert(1)"},
    {"name": "Fen Edge Youth Trust"},
])  # fmt: skip
def test_a_bad_form_is_refused_and_writes_nothing(as_user, wrong):
    reply = as_user(OMAR).post("/organisations/add", data=NEW | wrong)
    assert reply.status_code == 422
    assert "There is a problem" in reply.text


@pytest.mark.parametrize(("who", "status"), [
    (OMAR, 303), (IRA, 303), (ADA, 403), (ROSA, 403), (FINN, 403), (ALEX, 403), (CLEO, 404), (TESS, 404), (None, 303),
])  # fmt: skip
def test_who_may_give_an_organisation_a_number(as_user, who, status):
    fenland = body("fenland-csp")
    reply = as_user(who).post(at(fenland, "numbers", "add"), data={"register": "GB-LAE", "number": "fen"})
    assert reply.status_code == status
    has_it = "FEN" in [known.number for known in body("fenland-csp").identifiers]
    assert has_it is (who in (OMAR, IRA))


def test_the_identifier_for_publishing_follows_from_the_numbers(person):
    trust = added("River Trust", numbers=((Register.COMPANY, "08123456"),))
    assert trust.identifier == "GB-COH-08123456"
    charity = write(lambda: actions.add_number(trust, Register.CHARITY, "112 3456", by=person(OMAR)))
    assert trust.identifier == "GB-CHC-1123456"
    write(lambda: actions.remove_number(charity, trust, by=person(OMAR)))
    assert trust.identifier == "GB-COH-08123456"


def test_a_number_is_refused_that_its_register_would_not_give_or_that_is_there_already(person):
    trust = added("River Trust", numbers=((Register.COMPANY, "08123456"),))
    for number, why in (("8123456", "8 characters"), ("0812 3456", "already")):
        with pytest.raises(Refused, match=why):
            write(lambda number=number: actions.add_number(trust, Register.COMPANY, number, by=person(OMAR)))


def test_its_own_administrator_changes_where_it_is_found_and_nothing_else(as_user):
    fenland = body("fenland-csp")
    reply = as_user(ADA).post(
        at(fenland, "details"), data={"address": "2 New Road", "postcode": "PE15 8NQ", "website": "", "name": "Mine"}
    )
    assert reply.status_code == 303
    db.session.refresh(fenland)
    assert (fenland.address, fenland.name) == ("2 New Road", "Fenland Community Safety Partnership")
    assert as_user(ROSA).post(at(fenland, "details"), data={}).status_code == 403


def test_a_contact_ends_and_stays_to_be_read(as_user):
    fenland = body("fenland-csp")
    contact = {"name": "Jo Bell", "role": "Chair", "email": "jo@fenland.example", "phone": ""} | day(date(2026, 1, 1))
    assert as_user(ADA).post(at(fenland, "contacts", "add"), data=contact | {"email": ""}).status_code == 422
    assert as_user(ADA).post(at(fenland, "contacts", "add"), data=contact).status_code == 303
    jo = contacts_of(fenland)[0]
    address = at(fenland, "contacts", jo.id, "end")
    assert as_user(CLEO).post(address, data=day(date(2026, 6, 1), "to_on")).status_code == 404
    assert as_user(ADA).post(address, data=day(date(2025, 6, 1), "to_on")).status_code == 422
    assert as_user(ADA).post(address, data=day(date(2026, 6, 1), "to_on")).status_code == 303
    assert contacts_of(fenland)[0].is_past
    assert as_user(ADA).post(address, data=day(date(2026, 6, 1), "to_on")).status_code == 404
    assert "1 January 2026 to 1 June 2026" in as_user(OMAR).get(at(fenland)).text


def test_a_host_changes_and_the_history_stays(as_user, person):
    award = a_live_award()
    fenland, old, new = body("fenland-csp"), body("fenland-district-council"), body("huntingdonshire-district-council")
    reply = as_user(OMAR).post(at(fenland, "host"), data={"chosen": new.id} | day(CHANGE))
    assert reply.status_code == 303
    assert [each.host_id for each in hosts_of(fenland)] == [new.id, old.id]
    assert (host_of(fenland, CHANGE - timedelta(1)).id, host_of(fenland, CHANGE).id) == (old.id, new.id)
    db.session.refresh(award)
    assert award.recipient_id == old.id
    assert old.name in as_user(OMAR).get(f"/grants/{award.ref}").text
    assert "The host is Huntingdonshire District Council from 1 July 2026" in as_user(OMAR).get(at(fenland)).text


@pytest.mark.parametrize(("key", "from_on", "why"), [
    ("east-cambridgeshire-csp", CHANGE, "no legal form"), ("fenland-district-council", CHANGE, "already"),
    ("huntingdonshire-district-council", date(2013, 4, 1), "later day"),
])  # fmt: skip
def test_a_host_that_cannot_be_is_refused(app, person, key, from_on, why):
    with pytest.raises(Refused, match=why):
        write(lambda: actions.change_host(body("fenland-csp"), body(key), from_on, by=person(OMAR)))


def test_members_of_a_partnership_come_and_go(as_user, person):
    fenland, police = body("fenland-csp"), body("cambridgeshire-constabulary")
    sent = {"chosen": police.id} | day(date(2020, 1, 1))
    assert as_user(OMAR).post(at(fenland, "members", "add"), data=sent).status_code == 303
    assert as_user(OMAR).post(at(fenland, "members", "add"), data=sent).status_code == 422
    member = partners_of(fenland)[0]
    assert as_user(OMAR).post(at(fenland, "members", member.id, "end"), data=day(clock.today(), "to_on")).status_code == 303
    assert "Member of" in as_user(OMAR).get(at(police)).text
    with pytest.raises(Refused, match="Only a Community Safety Partnership"):
        write(lambda: actions.add_partner(police, fenland, CHANGE, by=person(OMAR)))


def test_something_of_another_organisation_is_not_found_under_this_one(as_user, person):
    fenland, ely = body("fenland-csp"), body("east-cambridgeshire-csp")
    host = hosts_of(ely)[0]
    assert as_user(OMAR).get(at(fenland, "hosts", host.id, "end")).status_code == 404
    assert as_user(OMAR).get(at(ely, "hosts", host.id, "end")).status_code == 200
    number = ely.identifiers[0].id
    assert as_user(OMAR).post(at(fenland, "numbers", number, "remove")).status_code == 404


def test_the_list_finds_by_name_and_number_and_filters(as_user, query_count):
    added("River Trust", numbers=((Register.CHARITY, "1123456"),), area_id=body("fenland-csp").area_id)
    omar = as_user(OMAR)
    assert "1 organisation<" in omar.get("/organisations/?q=1123456").text
    assert "River Trust" in omar.get("/organisations/?kind=charity&area=E07000010").text
    assert "River Trust" not in omar.get("/organisations/?kind=csp").text
    assert "River Trust,Registered charity,Fenland,1123456,0,GB-CHC-1123456" in omar.get("/organisations/export.csv?q=river").text
    with query_count() as one:
        omar.get("/organisations/?q=fen edge")
    with query_count() as many:
        omar.get("/organisations/")
    assert len(one) == len(many)
    assert [as_user(who).get("/organisations/").status_code for who in (FINN, ALEX, ADA, TESS, None)] == [200, 200, 403, 403, 303]
