"""Rights are dated: they begin and end by themselves, on days of London, the last day included."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from portal.core.db import db, write
from portal.people.models import Appointment, Membership, OfficeRole, Organisation, Right, User
from portal.people.policy import is_any_of, is_decision_maker, is_officer, is_staff, sees_all_cases
from tests.cast import ADA, ALEX, BEN, CARA, DANA, FINN, GUS, IRA, MONA, OMAR, PAT, PRIYA, TESS, UMA, VIC

FIRST, LAST = date(2026, 6, 10), date(2026, 6, 24)
NIGHT_BEFORE = datetime(2026, 6, 9, 22, 59, tzinfo=UTC)  # 11:59pm in London, where 9 June still is
FIRST_MINUTE = datetime(2026, 6, 9, 23, 0, tzinfo=UTC)
LAST_MINUTE = datetime(2026, 6, 24, 22, 59, tzinfo=UTC)
DAY_AFTER = datetime(2026, 6, 24, 23, 0, tzinfo=UTC)


def organisation(key):
    return db.session.scalars(select(Organisation).where(Organisation.key == key)).one()


@pytest.fixture
def acting(person):
    """Priya is to stand in for the Commissioner for two weeks."""
    write(lambda: db.session.add(Appointment(user=person(PRIYA), role=OfficeRole.DECISION_MAKER, from_on=FIRST, to_on=LAST)))
    return person(PRIYA)


@pytest.mark.parametrize(("instant", "may"), [
    (NIGHT_BEFORE, False), (FIRST_MINUTE, True), (LAST_MINUTE, True), (DAY_AFTER, False),
])  # fmt: skip
def test_an_acting_commissioner_decides_from_the_first_day_to_the_last(acting, frozen, instant, may):
    frozen.at(instant)
    assert is_decision_maker(acting) is may


@pytest.mark.parametrize(("instant", "may"), [
    (NIGHT_BEFORE, False), (FIRST_MINUTE, True), (LAST_MINUTE, True), (DAY_AFTER, False),
])  # fmt: skip
def test_a_membership_runs_between_its_days(person, frozen, instant, may):
    body = organisation("east-cambridgeshire-csp")
    write(lambda: db.session.add(Membership(user=person(BEN), organisation=body, right=Right.LEAD, from_on=FIRST, to_on=LAST)))
    ben = person(BEN)

    frozen.at(instant)

    assert ben.has_right(body.id, Right.LEAD) is may
    assert (body.id in ben.organisation_ids) is may


def test_a_role_that_ends_while_somebody_is_signed_in_ends_with_the_next_page(as_user, acting, frozen, app):
    frozen.at(LAST_MINUTE)
    assert db.session.get(User, acting.id).holds(OfficeRole.DECISION_MAKER)
    frozen.at(DAY_AFTER)
    assert not db.session.get(User, acting.id).holds(OfficeRole.DECISION_MAKER)


def test_a_right_is_for_one_organisation_and_includes_no_other(person):
    fenland, council = organisation("fenland-csp"), organisation("fenland-district-council")

    assert person(ADA).has_right(fenland.id, Right.LEAD)
    assert person(ADA).has_right(fenland.id)
    assert not person(ADA).has_right(fenland.id, Right.SIGNATORY)
    assert not person(ADA).has_right(council.id)
    assert not person(ADA).has_right(None)
    assert person(GUS).has_right(council.id, Right.LEAD, Right.SIGNATORY)
    assert not person(GUS).has_right(fenland.id)


def test_who_is_who_in_the_office(person):
    everybody = (ADA, GUS, OMAR, PRIYA, TESS, UMA, VIC, DANA, FINN, CARA, MONA, PAT, ALEX, IRA)
    named = {
        rule.__name__: {each.first_name for each in everybody if rule(person(each))}
        for rule in (is_staff, is_officer, sees_all_cases)
    }

    assert named["is_staff"] == {each.first_name for each in everybody} - {"Ada", "Gus"}
    assert named["is_grants_officer_or_head_of_commissioning"] == {"Omar", "Priya"}
    assert named["sees_all_cases"] == named["is_staff"] - {"Tess", "Uma", "Vic"}


def test_a_person_with_two_hats_has_the_rights_of_both(person):
    write(lambda: db.session.add(Appointment(user=person(TESS), role=OfficeRole.FINANCE_OFFICER, from_on=FIRST.replace(day=1))))
    assert person(TESS).holds(OfficeRole.ASSESSOR)
    assert sees_all_cases(person(TESS))


def test_nobody_is_staff_without_being_somebody():
    assert not is_staff(None)
    assert not sees_all_cases(None)


def test_a_refusal_names_who_may():
    assert is_any_of(OfficeRole.FINANCE_OFFICER, OfficeRole.CHIEF_FINANCE_OFFICER).refusal == (
        "Only the finance officer or chief finance officer can do this."
    )
