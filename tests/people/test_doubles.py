"""Two organisations that are one are found, merged with all that is theirs, and parted again within 30 days."""

import pytest
from sqlalchemy import select

from portal.applications import actions as bids
from portal.core import audit
from portal.core.db import db, write
from portal.core.problems import NotNow, Refused
from portal.funds.models import Fund, FundBody
from portal.monitoring.models import Return
from portal.people import actions
from portal.people.actions import change_standing
from portal.people.lists import likenesses, standing_now
from portal.people.models import Likeness, Merge, OrganisationKind, Register
from tests.cast import ADA, ALEX, CLEO, FINN, IRA, MAYA, OMAR, PRIYA
from tests.factories import a_live_award
from tests.people.organisations import added, at, body


def pair(name="Fen Edge Youth Trust Ltd"):
    """The charity that is here, and its double."""
    return body("fen-edge-youth-trust"), added(name)


def merge(kept, gone, by):
    return write(lambda: actions.merge(kept, gone, by=by))


@pytest.mark.parametrize("name", ["The Fen Edge Youth Trust Ltd.", "Fenedge Youth Trust", "FEN EDGE YOUTH TRUST CIC"])
def test_a_name_like_one_that_is_here_is_noted_once(app, name):
    charity, double = pair(name)
    found = likenesses()
    assert [(each.first_id, each.second_id) for each in found] == [(charity.id, double.id)]
    assert likenesses(double)[0].reason == "Their names are alike"


def test_the_same_number_is_noted_under_another_name(app):
    added("River Trust", numbers=((Register.CHARITY, "1123456"),))
    added("Clean Ouse", numbers=((Register.CHARITY, "1123456"),))
    assert [each.reason for each in likenesses()] == ["Both have the number 1123456"]


def test_names_that_only_share_common_words_are_left_alone(app):
    added("North Cambridgeshire District Council", OrganisationKind.LOCAL_AUTHORITY)
    assert likenesses() == []


def test_who_was_told_that_they_are_two_is_not_asked_again(as_user, person):
    _, double = pair()
    found = likenesses()[0]
    assert as_user(ADA).post(f"/organisations/doubles/{found.id}/not-the-same").status_code == 404
    assert as_user(OMAR).post(f"/organisations/doubles/{found.id}/not-the-same").status_code == 303
    write(lambda: actions.change_organisation(double, name="Fen Edge Youth Trust Limited", by=person(OMAR)))
    assert likenesses() == []
    assert db.session.scalars(select(Likeness.dismissed_at)).one() is not None


@pytest.mark.parametrize(("who", "status"), [
    (OMAR, 303), (PRIYA, 303), (IRA, 303), (FINN, 403), (ALEX, 403), (ADA, 404), (None, 303),
])  # fmt: skip
def test_who_may_merge(as_user, who, status):
    charity, double = pair()
    assert as_user(who).post(at(charity, "merge", double.id)).status_code == status
    assert (db.session.scalar(select(Merge)) is not None) is (who in (OMAR, PRIYA, IRA))


def test_bids_grants_people_and_numbers_move_and_the_old_address_leads_to_the_kept_one(as_user, person, verbs_about):
    award = a_live_award()
    fenland = body("fenland-csp")
    kept = added("Fenland Safer Communities Partnership", OrganisationKind.CSP, numbers=((Register.OWN, "OPCC-FENLAND"),))
    ada = as_user(ADA)

    reply = as_user(OMAR).post(at(kept, "merge", fenland.id))

    assert reply.location == at(kept)
    for row in (award, award.application):
        db.session.refresh(row)
    assert (award.partnership_id, award.application.organisation_id) == (kept.id, kept.id)
    assert person(ADA).has_right(kept.id)
    assert "/sign-in" in ada.get("/desk").location
    assert as_user(ADA).get(at(fenland)).location == at(kept)
    assert as_user(CLEO).get(at(fenland)).status_code == 404
    assert {known.number for known in kept.identifiers} == {"OPCC-FENLAND", "EXAMPLE-CSP-FEN"}
    assert (standing_now(kept.id).awards, standing_now(kept.id).awarded_pence) == (1, award.pence)
    assert standing_now(fenland.id).awards == 0
    assert verbs_about(kept)[-1] == "organisation.merge"
    text = as_user(OMAR).get(at(kept)).text
    assert award.ref in text
    assert "Merged Fenland Community Safety Partnership into this organisation" in text
    assert "Merged into Fenland Safer Communities Partnership" in text
    assert "Fenland Community Safety Partnership" not in as_user(OMAR).get("/organisations/").text
    assert audit.verify(db.session()) == []


def test_undoing_gives_back_what_moved_and_leaves_what_has_come_since(as_user, person, frozen):
    award = a_live_award()
    fenland = body("fenland-csp")
    kept = added("Fenland Safer Communities Partnership", OrganisationKind.CSP)
    merged = merge(kept, fenland, person(OMAR))
    later = write(bids.start, award.application.round, kept, by=person(ADA))
    frozen.move(days=29)

    assert as_user(ADA).post(f"/organisations/merges/{merged.id}/undo").status_code == 404
    assert as_user(IRA).post(f"/organisations/merges/{merged.id}/undo").location == at(fenland)

    for row in (award, award.application, later, fenland):
        db.session.refresh(row)
    assert (award.partnership_id, award.application.organisation_id) == (fenland.id, fenland.id)
    assert later.organisation_id == kept.id
    assert fenland.merged_into_id is None
    assert person(ADA).has_right(fenland.id)
    assert (standing_now(fenland.id).awards, standing_now(kept.id).awards) == (1, 0)
    assert as_user(ADA).get(at(fenland)).status_code == 200
    with pytest.raises(NotNow, match="undone already"):
        write(lambda: actions.undo(merged, by=person(IRA)))


def test_after_30_days_it_stays(app, person, frozen):
    merged = merge(*pair(), person(OMAR))
    frozen.move(days=30, seconds=1)
    with pytest.raises(NotNow, match="could be undone until"):
        write(lambda: actions.undo(merged, by=person(OMAR)))


def test_merged_twice_it_is_parted_in_the_other_order(app, person):
    charity, double = pair()
    third = added("Fen Edge Youth")
    first = merge(double, charity, person(OMAR))
    second = merge(third, double, person(OMAR))
    assert charity.kept.id == third.id
    with pytest.raises(NotNow, match="Undo that first"):
        write(lambda: actions.undo(first, by=person(OMAR)))
    write(lambda: actions.undo(second, by=person(OMAR)))
    write(lambda: actions.undo(first, by=person(OMAR)))
    assert person(MAYA).has_right(charity.id)


def test_what_cannot_be_one_is_refused(app, person):
    charity, double = pair()
    fenland, host = body("fenland-csp"), body("fenland-district-council")
    for kept, gone, why in ((fenland, host, "another kind"), (charity, charity, "two different")):
        with pytest.raises(Refused, match=why):
            merge(kept, gone, person(OMAR))
    merge(charity, double, person(OMAR))
    with pytest.raises(NotNow, match="already"):
        merge(charity, double, person(OMAR))


def test_the_same_number_of_both_stays_with_each(app, person):
    numbers = ((Register.CHARITY, "1123456"),)
    kept, gone = added("River Trust", numbers=numbers), added("Clean Ouse", numbers=numbers)
    merged = merge(kept, gone, person(OMAR))
    assert (kept.identifier, gone.identifier) == ("GB-CHC-1123456", "GB-CHC-1123456")
    assert "identifier.organisation_id" not in merged.moved


def test_overdue_returns_count_where_the_grant_belongs_after_undoing(app, person):
    """A grant's return falls due after the merge: it goes with the grant."""
    award = a_live_award()
    fenland, kept = body("fenland-csp"), added("Fenland Partnership", OrganisationKind.CSP)
    merged = merge(kept, fenland, person(OMAR))

    def falls_due():
        return_ = db.session.scalars(select(Return).where(Return.award_id == award.id).order_by(Return.number)).first()
        return_.is_counted_overdue = True
        change_standing(kept.id, overdue_returns=1)

    write(falls_due)
    write(lambda: actions.undo(merged, by=person(OMAR)))
    assert (standing_now(fenland.id).overdue_returns, standing_now(kept.id).overdue_returns) == (1, 0)


def test_the_page_of_pairs_asks_as_often_for_three_as_for_one(as_user, query_count):
    pair()
    omar = as_user(OMAR)
    with query_count() as one:
        assert "Fen Edge Youth Trust Ltd" in omar.get("/organisations/doubles").text
    added("Ouse Valley Open Door Ltd")
    added("Outside Link, Peterborough")
    with query_count() as three:
        assert omar.get("/organisations/doubles").text.count("Their names are alike") == 3
    assert len(one) == len(three)


def test_two_clicks_lead_from_the_list_to_the_merged_one(as_user):
    charity, double = pair()
    omar = as_user(OMAR)
    assert f'href="{at(charity, "merge", double.id)}"' in omar.get("/organisations/doubles").text
    assert f'action="{at(double, "merge", charity.id)}"' in omar.get(at(charity, "merge", double.id)).text
    assert omar.get(at(charity, "merge", charity.id)).status_code == 404
    assert omar.get(at(charity, "doubles") + "?other=²").status_code == 200
    assert omar.get(at(charity, "doubles") + f"?other={double.id}").location == at(charity, "merge", double.id)


def test_a_fund_that_names_both_names_the_kept_one_once(app, person):
    charity, double = pair()
    fund = db.session.scalars(select(Fund).limit(1)).one()
    write(lambda: db.session.add_all(FundBody(fund_id=fund.id, organisation=each) for each in (charity, double)))
    merge(charity, double, person(OMAR))
    assert db.session.scalars(select(FundBody).where(FundBody.organisation_id == charity.id)).one().fund_id == fund.id
