"""A person who is erased is nowhere any more but where the record of public money keeps them, and the page said so."""

import pytest
from sqlalchemy import JSON, String, cast, or_, select

from portal.core import audit, clock
from portal.core.db import Base, db, write
from portal.core.holders import TEXTS
from portal.core.problems import NotNow, Refused
from portal.core.search import Words
from portal.people import actions
from portal.people.actions.erasing import plan_erasure
from portal.people.models import User
from portal.reporting.history import history_of
from tests import factories as made
from tests.cast import ADA, ALEX, BEN, DANA, GUS, IRA, MONA, OMAR, TESS

TERMS = ("Ada Khan", "ada@", "01632 960 001")


def leave(person, who):
    """Their roles and rights ended yesterday."""

    def end():
        for held in (*person(who).appointments, *person(who).memberships):
            held.to_on = clock.today() - clock.DAY

    write(end)


def erased(person, who, by=IRA):
    plan = plan_erasure(person(who))
    write(actions.erase, person(who), plan, f"{who.name} asked for it", by=person(by))
    return plan


def text_columns():
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String | JSON | Words):
                yield table, column


def where_named(*terms):
    """Every text column of the database that holds one of these, whoever has declared it."""
    found = set()
    for table, column in text_columns():
        text = cast(column, String)
        if db.session.scalar(select(table.c.id).where(or_(*(text.ilike(f"%{term}%") for term in terms))).limit(1)):
            found.add(f"{table.name}.{column.name}")
    db.session.rollback()
    return found


@pytest.fixture
def lived(person):
    """Ada has led a bid to a grant, changed her name, and is named in what she and others wrote."""
    return_ = made.an_accepted_return()

    def write_about():
        actions.change_details(person(ADA), "Ada Khan-Zoë", "01632 960 001", by=person(ADA))
        return_.award.note = "Ada Khan-Zoë (ada@fenland-csp.example) sends the figures, says ADA KHAN."
        return_.award.application.recommendation = "Ada Khanna is somebody else."
        return_.waived_reason = "Ring 01632 960 001"

    write(write_about)
    return return_


def test_after_an_erasure_no_text_of_the_database_names_the_person(person, lived):
    number, case = person(ADA).id, lived.award.ref
    leave(person, ADA)
    told = {"user.name", "answer.raw", "answer.value", "snapshot.content", "event_detail.facts", "mail.body", "award.note"}
    assert told <= where_named(*TERMS)

    plan = erased(person, ADA)

    kept = {column for column in where_named(*TERMS) if column != "application.recommendation"}
    assert {column.split(".")[0] for column in kept} <= {
        TEXTS[place].model.__tablename__ for place in plan.places if TEXTS[place].stays
    }
    mark = f"Person erased {number}"
    assert (db.session.get(User, number).name, lived.award.note.count(mark)) == (mark, 3)
    assert lived.award.application.recommendation == "Ada Khanna is somebody else."
    assert mark in {step.by for step in history_of(case, person(ALEX), set())}
    assert audit.verify(db.session()) == []


@pytest.mark.parametrize("who", [DANA, GUS])
def test_the_name_of_who_decided_or_signed_stays_and_nothing_else(person, lived, who):
    leave(person, who)
    plan = erased(person, who)
    user = db.session.scalars(select(User).where(User.name == who.name)).one()
    assert plan.keeps_name
    assert any(stay.keeps_name and stay.why for stay in plan.stays)
    assert (user.active, user.phone, user.email) == (False, "", f"erased-{user.id}@erased.invalid")
    assert where_named(who.email, who.phone) == set()
    assert audit.verify(db.session()) == []


def test_nobody_is_erased_who_still_acts_here_nor_twice_nor_by_themselves(person, verbs_about):
    user = person(ADA)
    with pytest.raises(Refused, match="still has a role or acts for"):
        erased(person, ADA)
    leave(person, IRA)
    with pytest.raises(Refused, match="Nobody erases their own account"):
        erased(person, IRA)
    leave(person, ADA)
    erased(person, ADA)
    with pytest.raises(NotNow, match="erased already"):
        write(actions.erase, user, plan_erasure(user), "Again", by=person(OMAR))
    with pytest.raises(NotNow, match="erased"):
        write(actions.open_again, user, "Back", by=person(OMAR))
    assert verbs_about(user)[-1] == "account.erase"


def test_two_people_of_one_name_are_told_apart_by_their_addresses(person):
    write(lambda: actions.change_details(person(BEN), "Tess Aldous", "", by=person(BEN)))
    leave(person, TESS)
    plan = plan_erasure(person(TESS))
    assert plan.terms.shared == ("Tess Aldous",)
    assert plan.terms.names == ()
    assert any("another account bears it" in stay.why for stay in plan.stays)


def test_the_page_says_beforehand_what_goes_and_only_administrators_do_it(person, as_user):
    leave(person, TESS)
    address = f"/people/{person(TESS).id}/erase"
    page = as_user(MONA).get(address)
    assert "This is what would happen today" in page.text
    assert "Another administrator carries it out" in page.text
    for outsider, status in ((ADA, 404), (OMAR, 404), (ALEX, 403)):
        assert as_user(outsider).get(address).status_code == status
        assert as_user(outsider).post(address).status_code == status
    form = {"reason": "Asked by letter", "sure": "yes"}
    assert as_user(MONA).post(address, data=form).status_code == 403
    ira = as_user(IRA)
    assert ira.post(address, data={"reason": "Asked by letter"}).status_code == 422
    assert ira.post(address, data=form).status_code == 303
    assert "Erased on" in ira.get(address).text
    assert ira.post(address, data=form).status_code == 409
