"""Questions about people: who hosts whom on a day, who holds a role, who acts for whom."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db, write
from portal.people.lists import holders_of, host_of, members_of, names_of, standing_now
from portal.people.models import Appointment, Hosting, OfficeRole, Organisation, OrganisationKind, Right
from tests.cast import ADA, DANA, OMAR, PRIYA, TESS, UMA, VIC

CHANGE = date(2027, 4, 1)


def organisation(key):
    return db.session.scalars(select(Organisation).where(Organisation.key == key)).one()


def names(people):
    return [each.name.split()[0] for each in people]


@pytest.fixture
def fenland(app):
    return organisation("fenland-csp")


@pytest.fixture
def two_hosts(fenland):
    """On 1 April 2027 the hosting of Fenland passes to Huntingdonshire."""

    def pass_on():
        for hosting in db.session.scalars(select(Hosting).where(Hosting.partnership_id == fenland.id)):
            hosting.to_on = CHANGE - clock.DAY
        db.session.add(Hosting(partnership=fenland, host=organisation("huntingdonshire-district-council"), from_on=CHANGE))

    write(pass_on)


@pytest.mark.parametrize(("day", "host"), [
    (CHANGE - timedelta(1), "fenland-district-council"), (CHANGE, "huntingdonshire-district-council"),
    (date(2040, 1, 1), "huntingdonshire-district-council"),
])  # fmt: skip
def test_the_host_of_a_partnership_is_that_of_the_day(fenland, two_hosts, day, host):
    assert host_of(fenland, day).key == host


def test_the_host_of_today_is_meant_where_no_day_is_named(fenland, two_hosts, frozen):
    assert host_of(fenland).key == "fenland-district-council"
    frozen.at(clock.london(CHANGE))
    assert host_of(fenland).key == "huntingdonshire-district-council"


def test_a_partnership_without_a_host_on_that_day_stands_for_itself(fenland):
    assert host_of(fenland, date(1900, 1, 1)) == fenland


def test_a_body_with_legal_form_is_its_own_host(app):
    council = organisation("fenland-district-council")
    assert host_of(council) == council


@pytest.mark.parametrize(
    ("kind", "has"), [(kind, kind.value not in ("csp", "community_group", "other")) for kind in OrganisationKind]
)
def test_what_has_legal_form(kind, has):
    assert Organisation(kind=kind).has_legal_form is has


def test_holders_of_a_role_are_those_of_today_by_name(person, frozen):
    assert names(holders_of(OfficeRole.ASSESSOR)) == ["Tess", "Uma", "Vic"]
    assert names(holders_of(OfficeRole.GRANTS_OFFICER, OfficeRole.HEAD_OF_COMMISSIONING)) == ["Omar", "Priya"]

    tomorrow = clock.today() + timedelta(1)
    write(lambda: db.session.add(Appointment(user=person(DANA), role=OfficeRole.ASSESSOR, from_on=tomorrow, to_on=tomorrow)))

    assert "Dana" not in names(holders_of(OfficeRole.ASSESSOR))
    frozen.move(days=1)
    assert names(holders_of(OfficeRole.ASSESSOR)) == ["Dana", "Tess", "Uma", "Vic"]
    frozen.move(days=1)
    assert "Dana" not in names(holders_of(OfficeRole.ASSESSOR))


def test_somebody_whose_account_is_disabled_holds_nothing_and_acts_for_nobody(person, fenland):
    def disable():
        person(UMA).active = person(ADA).active = False

    write(disable)
    assert names(holders_of(OfficeRole.ASSESSOR)) == ["Tess", "Vic"]
    assert "Ada" not in names(members_of(fenland.id))


def test_two_appointments_to_one_role_are_one_person(person):
    since = date(2026, 1, 1)
    write(lambda: db.session.add(Appointment(user=person(VIC), role=OfficeRole.ASSESSOR, from_on=since)))
    assert names(holders_of(OfficeRole.ASSESSOR)).count("Vic") == 1


def test_members_of_an_organisation_with_the_rights_that_are_asked_for(person, fenland):
    assert names(members_of(fenland.id)) == ["Ada", "Ben", "Rosa"]
    assert names(members_of(fenland.id, Right.LEAD, Right.READER)) == ["Ada", "Rosa"]
    assert names(members_of(organisation("fenland-district-council").id, Right.SIGNATORY)) == ["Gus"]


def test_names_are_read_in_one_query(person, query_count):
    wanted = {person(each).id for each in (OMAR, PRIYA, TESS)}
    with query_count() as queries:
        assert set(names_of(wanted).values()) == {OMAR.name, PRIYA.name, TESS.name}
        assert names_of(set()) == {}
    assert len(queries) == 1


def test_an_organisation_that_never_had_a_grant_has_no_standing_yet(app):
    assert standing_now(organisation("south-cambridgeshire-csp").id) is None
