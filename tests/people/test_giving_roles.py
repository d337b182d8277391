"""Roles are given and ended by another administrator, for reasons that stay, and the gravest by two."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.core import clock
from portal.core.db import db, write
from portal.core.problems import NotNow, Refused
from portal.people import actions
from portal.people.models import Appointment, OfficeRole, RoleChange
from tests.cast import ADA, DANA, IRA, KIT, OMAR, TESS

AUDITOR, DECIDER, ADMINISTRATOR = OfficeRole.AUDITOR, OfficeRole.DECISION_MAKER, OfficeRole.ADMINISTRATOR


def give(person, who, role, by, **days):
    terms = {"from_on": clock.today(), "to_on": None, "reason": "Stands in"} | days
    return write(lambda: actions.give_role(person(who), role, *terms.values(), by=person(by)))


def end(person, who, role, by, on=None):
    held = next(each for each in person(who).appointments if each.role is role).id
    on = on or clock.today() - timedelta(1)
    return write(lambda: actions.end_role(db.session.get_one(Appointment, held), on, "Leaves", by=person(by)))


def the_change():
    return db.session.scalars(select(RoleChange)).one()


def answered(person, by, word=True):
    number = the_change().id
    write(lambda: actions.answer(db.session.get_one(RoleChange, number), word, by=person(by)))


def test_a_role_is_given_told_and_works_with_the_next_sign_in(person, as_user, outbox, verbs_about):
    browser = as_user(OMAR)

    give(person, OMAR, AUDITOR, IRA)

    assert person(OMAR).holds(AUDITOR)
    assert verbs_about(person(OMAR)) == ["role.give"]
    assert [(mail.to_address, mail.template) for mail in outbox()] == [(OMAR.email, "people/role_given")]
    assert browser.get("/desk").status_code == 303, "a role change ends the sign-ins"
    assert as_user(OMAR).get("/chain").status_code == 200


def test_a_role_that_is_ended_at_once_is_gone_with_the_next_request(person, as_user, verbs_about):
    browser = as_user(TESS)
    assert browser.get("/assessment/mine").status_code == 200

    end(person, TESS, OfficeRole.ASSESSOR, IRA)

    assert browser.get("/assessment/mine").status_code == 303
    assert as_user(TESS).get("/assessment/mine").status_code == 403
    assert verbs_about(person(TESS)) == ["role.end"]


def test_a_role_for_two_weeks_ends_by_itself(person, frozen):
    give(person, TESS, AUDITOR, IRA, to_on=clock.today() + timedelta(13))
    frozen.move(days=13)
    assert person(TESS).holds(AUDITOR)
    frozen.move(days=1)
    assert not person(TESS).holds(AUDITOR)


@pytest.mark.parametrize("role", [AUDITOR, DECIDER, ADMINISTRATOR])
def test_nobody_gives_themselves_a_role(person, as_user, role):
    with pytest.raises(Refused, match="Nobody changes their own roles"):
        give(person, IRA, role, IRA)
    address = f"/people/{person(IRA).id}/roles/give"
    assert as_user(IRA).get(address).status_code == 403
    assert as_user(IRA).post(address, data={"role": role.value}).status_code == 403


def test_nor_does_the_database_let_them(person):
    ira = person(IRA).id
    db.session.add(Appointment(user_id=ira, given_by_id=ira, role=AUDITOR, from_on=clock.today()))
    with pytest.raises(IntegrityError, match="role_not_given_to_oneself"):
        db.session.commit()


@pytest.mark.parametrize("role", [DECIDER, ADMINISTRATOR, OfficeRole.CHIEF_FINANCE_OFFICER, OfficeRole.MONITORING_OFFICER])
def test_a_grave_role_waits_for_a_second_administrator(person, outbox, role, verbs_about):
    give(person, OMAR, role, IRA)

    assert not person(OMAR).holds(role)
    assert [(mail.to_address, mail.template) for mail in outbox()] == [(KIT.email, "people/role_asked")]
    answered(person, KIT)
    assert person(OMAR).holds(role)
    assert verbs_about(person(OMAR)) == ["role.ask", "role.confirm", "role.give"]


def test_the_one_who_asked_cannot_agree_nor_can_the_one_it_is_about(person, as_user):
    give(person, KIT, DECIDER, IRA)
    change = the_change().id
    for who in (IRA, KIT):
        with pytest.raises(Refused, match="Another administrator must answer"):
            answered(person, who)
        assert as_user(who).post(f"/people/changes/{change}/confirm").status_code == 403
    assert not person(KIT).holds(DECIDER)


def test_the_database_wants_a_second_administrator_too(person):
    give(person, OMAR, DECIDER, IRA)
    change = the_change()
    change.is_confirmed, change.answered_at, change.answered_by_id = True, clock.now(), person(IRA).id
    with pytest.raises(IntegrityError, match="second_administrator"):
        db.session.commit()


def test_a_grave_change_is_refused_or_taken_back_and_then_answered_for_good(person):
    give(person, OMAR, DECIDER, IRA)
    answered(person, IRA, word=False)
    assert not person(OMAR).holds(DECIDER)
    with pytest.raises(NotNow):
        answered(person, KIT)


def test_the_same_grave_change_is_not_asked_for_twice(person):
    give(person, OMAR, DECIDER, IRA)
    with pytest.raises(Refused, match="waits for another administrator already"):
        give(person, OMAR, DECIDER, KIT)


def test_ending_a_grave_role_takes_two_as_well_and_the_last_administrator_stays(person):
    end(person, DANA, DECIDER, IRA)
    assert person(DANA).holds(DECIDER)
    answered(person, KIT)
    assert not person(DANA).holds(DECIDER)

    for held in person(KIT).appointments:
        write(setattr, held, "to_on", clock.today() - timedelta(1))
    with pytest.raises(Refused, match="last administrator"):
        write(lambda: actions.roles.finish(person(IRA).appointments[0], clock.today(), "", by=person(KIT)))


@pytest.mark.parametrize(("days", "why"), [
    ({"to_on": date(2026, 6, 8)}, "before the first|in the past"),
    ({"from_on": date(2026, 7, 1), "to_on": date(2026, 6, 30)}, "before the first"),
])  # fmt: skip
def test_days_that_make_no_sense_are_refused(person, days, why):
    with pytest.raises(Refused, match=why):
        give(person, OMAR, AUDITOR, IRA, **days)


def test_the_same_role_twice_at_one_time_is_refused(person):
    with pytest.raises(Refused, match="on some of these days already"):
        give(person, TESS, OfficeRole.ASSESSOR, IRA)


def test_through_the_pages_by_two_administrators(person, as_user):
    omar, today = person(OMAR).id, clock.today()
    terms = {
        "role": "decision_maker",
        "from_on": [str(today.day), str(today.month), str(today.year)],
        "reason": "Acting Commissioner",
    }

    reply = as_user(IRA).post(f"/people/{omar}/roles/give", data=terms)
    assert (reply.status_code, reply.location) == (303, f"/people/{omar}")
    kit = as_user(KIT)
    assert "Give Omar Haddad the role decision maker" in kit.get("/people/").text
    change = the_change().id
    assert "Acting Commissioner" in kit.get(f"/people/changes/{change}").text
    assert kit.post(f"/people/changes/{change}/confirm").status_code == 303
    assert person(OMAR).holds(DECIDER)


@pytest.mark.parametrize("sent", [{}, {"role": "emperor"}, {"role": "auditor", "from_on": ["31", "2", "2026"], "reason": "x"}])
def test_a_wrong_form_comes_back_with_what_to_mend(as_user, person, sent):
    reply = as_user(IRA).post(f"/people/{person(OMAR).id}/roles/give", data=sent)
    assert reply.status_code == 422
    assert "There is a problem" in reply.text


def test_only_administrators_of_the_office_come_to_these_pages(as_user, person):
    omar = person(OMAR).id
    for who in (OMAR, ADA, DANA):
        for address in ("/people/roles", f"/people/{omar}/roles/give"):
            assert as_user(who).get(address).status_code in (403, 404)
    assert as_user(ADA).get(f"/people/{omar}").status_code == 404
    assert as_user(DANA).get("/people/").status_code == 403
