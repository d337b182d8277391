"""What was kept long enough goes when somebody says so, case by case; figures and decisions stay, and the chain holds."""

import obstore
import pytest
from sqlalchemy import select

from portal.applications.models import Snapshot
from portal.core import audit, clock
from portal.core.db import db, write
from portal.core.files import StoredFile, store
from portal.core.holders import RULES
from portal.people.models import SignIn, User
from tests import factories as made
from tests.cast import ADA, ALEX, IRA, MONA, OMAR, PRIYA, VIC
from tests.doors.world import with_files
from tests.people.test_erasing import leave, where_named

ADDRESS = "/personal-data/retention"
CARRY_OUT = f"{ADDRESS}/carry-out"
YEAR = 366


def due():
    return {name: [each.name for each in rule.due()] for name, rule in RULES.items()}


def test_nothing_is_due_before_its_day(app, frozen, person):
    made.a_declined_bid()
    leave(person, VIC)
    frozen.move(days=2 * 365 - 2)
    assert due() == {"people": [], "sign-ins": [], "applications": [], "awards": []}
    frozen.move(days=4)
    assert due()["people"] == ["Vic Lowe"]


def carried_out(as_user):
    assert as_user(IRA).post(CARRY_OUT, data={"sure": "yes"}).status_code == 303


def test_an_application_without_a_grant_keeps_its_facts_and_loses_its_words(app, frozen, as_user, person):
    bid = made.submit(with_files(made.a_complete_draft()))
    made.withdraw(bid, "Lost our volunteers, says Ada Khan")
    keys = db.session.scalars(select(StoredFile.key)).all()
    title, ref, requested = bid.title, bid.ref, bid.requested_pence
    frozen.move(days=5 * YEAR)
    assert due()["applications"] == [f"{ref}: {title}"]
    carried_out(as_user)

    assert (bid.title, bid.requested_pence, bid.emptied_at) == (title, requested, clock.now())
    assert [each.content for each in db.session.scalars(select(Snapshot))] == [[]]
    assert db.session.scalars(select(StoredFile)).all() == []
    for key in keys:
        with pytest.raises(FileNotFoundError):
            obstore.head(store(), key)
    assert where_named("Lost our volunteers", "Ada Khan") == {"user.name"}
    assert audit.verify(db.session()) == []
    assert due()["applications"] == []
    for address in (f"/applications/{ref}", f"/grants/{ref}", f"/assessment/{ref}", f"/applications/{ref}/receipt"):
        for reader in (ADA, OMAR, ALEX):
            assert as_user(reader).get(address).status_code in (200, 403, 404), address
    assert "were erased" in as_user(OMAR).get(f"/grants/{ref}").text


def test_a_grant_is_kept_six_years_after_it_was_closed(app, frozen, as_user):
    return_ = made.an_accepted_return()
    award = return_.award

    def close():
        award.closed_at = clock.now()
        award.note = "Ring Ada"
        db.session.execute(award.__table__.update().values(stage="closed"))

    write(close)
    frozen.move(days=6 * 365)
    assert due()["awards"] == []
    frozen.move(days=4)
    assert due()["awards"] == [f"{award.ref}: {award.title}"]
    pence = award.pence
    carried_out(as_user)
    assert (award.note, award.pence, award.application.emptied_at) == ("", pence, clock.now())
    assert as_user(OMAR).get(f"/grants/{award.ref}").status_code == 200
    assert as_user(OMAR).get(f"/returns/{return_.ref}").status_code == 200
    assert audit.verify(db.session()) == []


def test_who_left_long_ago_is_erased_and_the_others_are_not(app, frozen, as_user, person):
    leave(person, VIC)
    leave(person, PRIYA)
    frozen.move(days=3 * YEAR)
    page = as_user(MONA).get(ADDRESS).text
    assert "Vic Lowe" in page
    assert "An administrator carries it out" in page
    carried_out(as_user)
    erased = db.session.scalars(select(User.name).where(User.erased_at.is_not(None)).order_by(User.id)).all()
    assert len(erased) == 2
    assert all(name.startswith("Person erased ") for name in erased)
    assert where_named("Vic Lowe", VIC.email, PRIYA.email) == set()


def test_where_somebody_signed_in_is_kept_for_a_year(app, frozen, as_user, person):
    as_user(ADA).get("/desk")
    frozen.move(days=200)
    as_user(ADA).get("/desk")
    frozen.move(days=200)
    assert due()["sign-ins"] == ["Sign-ins: 1"]
    carried_out(as_user)
    kept = db.session.scalars(select(SignIn.seen_at).where(SignIn.user_id == person(ADA).id)).all()
    assert [clock.now() - seen_at for seen_at in kept] == [200 * clock.DAY]
    assert "1 year after they were last used" in as_user(None).get("/privacy").text


@pytest.mark.parametrize(
    ("who", "sees", "does"), [(None, 303, 303), (ADA, 403, 403), (OMAR, 403, 403), (ALEX, 403, 403), (MONA, 200, 403)]
)
def test_who_sees_and_who_carries_out(as_user, who, sees, does):
    browser = as_user(who)
    assert browser.get(ADDRESS).status_code == sees
    assert browser.post(CARRY_OUT, data={"sure": "yes"}).status_code == does


def test_it_must_be_meant(as_user):
    assert as_user(IRA).get(CARRY_OUT).status_code == 200
    assert as_user(IRA).post(CARRY_OUT).status_code == 422


def test_the_command_says_what_would_go_and_does_it_only_when_told(app, frozen, person):
    leave(person, VIC)
    frozen.move(days=3 * YEAR)
    run = app.test_cli_runner().invoke
    assert "Vic Lowe, since" in run(args=["people", "retention"]).output
    assert person(VIC).erased_at is None
    number = person(VIC).id
    assert "The worker is carrying it out" in run(args=["people", "retention", "--carry-out"]).output
    db.session.rollback()
    assert db.session.get(User, number).erased_at is not None
