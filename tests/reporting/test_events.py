"""The history of everything: who searches it, what they find, and whose looks at restricted records are kept."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from sqlalchemy import select

from portal.core import audit
from portal.core.audit import Event, EventDetail, record
from portal.core.db import db, write
from portal.demonstration.papers import pdf
from portal.people import actions
from portal.people.actions import involve
from portal.people.models import Capacity, Paper, Right
from portal.reporting.events import title_of, words_of
from tests import factories as made
from tests.cast import ADA, ALEX, BEN, DANA, IRA, MONA, OMAR, PRIYA, TESS
from tests.people.organisations import day


def found(browser, **wishes):
    """The events on the page, as the words under What happened."""
    reply = browser.get("/history/export.csv", query_string=wishes)
    assert reply.status_code == 200
    return list(csv.DictReader(StringIO(reply.text.lstrip("\ufeff"))))


def verbs(browser, **wishes):
    return {row["Verb"] for row in found(browser, **wishes)}


def looks():
    told = select(Event.actor_id, Event.case, EventDetail.facts).join(EventDetail, EventDetail.event_id == Event.id)
    rows = db.session.execute(told.where(Event.verb == "access.looked").order_by(Event.number)).all()
    db.session.rollback()
    return [(row.actor_id, row.case, row.facts["record"]) for row in rows]


@pytest.mark.parametrize(("who", "status"), [(None, 303), (ADA, 403), (OMAR, 403), (IRA, 403), (MONA, 403), (ALEX, 200)])
def test_only_an_auditor_searches_everything(as_user, who, status):
    browser = as_user(who)
    assert browser.get("/history").status_code == status
    assert browser.get("/history/export.csv").status_code == status


def test_an_auditor_finds_by_who_what_which_when_and_words(as_user, person, frozen):
    bid = made.withdraw(made.a_submitted_bid(), "Our volunteers moved to Ramsey")
    other = made.a_submitted_bid()
    day = frozen.now.date().isoformat()
    frozen.move(days=2)
    write(lambda: actions.change_details(person(BEN), "Ben C", "", by=person(BEN)))
    alex = as_user(ALEX)
    assert verbs(alex, who="ben@") == {"account.change"}
    assert verbs(alex, who=ADA.name, kind="application") == {"application.start", "application.submit", "application.withdraw"}
    assert {row["Reference"] for row in found(alex, about=bid.ref.lower())} == {bid.ref}
    assert {row["Reference"] for row in found(alex, verb="application.submit")} == {bid.ref, other.ref}
    assert verbs(alex, **{"from": "2026-06-10"}) == {"account.change"}
    assert "account.change" not in verbs(alex, until=day)
    assert [row["Verb"] for row in found(alex, q="to RAMSEY")] == ["application.withdraw"]
    assert verbs(alex, who="nobody at all") == set()
    assert found(alex, **{"from": "yesterday", "until": "9999-99-99"}) == found(alex)


@pytest.mark.parametrize("wish", ["%", "\\", "'", "x" * 5000, "\u202e", "é"])
def test_odd_wishes_find_nothing_and_break_nothing(as_user, wish):
    for name in ("q", "who", "about", "from"):
        assert as_user(ALEX).get("/history", query_string={name: wish}).status_code == 200


def test_pages_follow_each_other_without_loss_in_the_order_of_time(as_user, person):
    write(lambda: [record("account.change", person(BEN), by=person(BEN), number=number) for number in range(130)] and None)
    alex, address, seen = as_user(ALEX), "/history?who=ben", []
    while address:
        page = alex.get(address)
        seen += [int(part.split('"')[0]) for part in page.text.split('href="/history/')[1:] if part.split('"')[0].isdigit()]
        after = page.text.partition('id="pager-next" href="')[2].partition('"')[0].replace("&amp;", "&")
        assert not after or "who=ben" in after
        address = after
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 130


def test_an_auditor_with_an_interest_does_not_meet_the_case(as_user, person):
    bid = made.a_submitted_bid()
    write(involve, person(ALEX), bid.ref, Capacity.CONFLICTED)
    number = db.session.scalars(select(Event.number).where(Event.case == bid.ref)).first()
    alex = as_user(ALEX)
    assert found(alex, about=bid.ref) == []
    assert alex.get(f"/history/{number}").status_code == 404


def test_an_event_leads_to_who_did_it_and_to_its_file(as_user, person):
    bid = made.a_submitted_bid()
    number = db.session.scalars(select(Event.number).where(Event.verb == "application.submit")).first()
    page = as_user(ALEX).get(f"/history/{number}").text
    assert "Submitted the application, asking for" in page
    assert f'href="/people/{person(ADA).id}/history"' in page
    assert f'href="/grants/{bid.ref}"' in page
    assert as_user(ALEX).get("/history/999999").status_code == 404
    assert as_user(OMAR).get(f"/history/{number}").status_code == 404


@pytest.mark.parametrize(("who", "status"), [(None, 303), (ADA, 404), (OMAR, 404), (MONA, 403), (IRA, 200), (ALEX, 200)])
def test_who_reads_the_history_of_a_person(as_user, person, who, status):
    assert as_user(who).get(f"/people/{person(BEN).id}/history").status_code == status


def test_a_person_page_tells_what_they_did_what_was_done_and_where_they_signed_in(as_user, person):
    made.a_submitted_bid()
    write(lambda: actions.change_rights(person(BEN), person(ADA).memberships[0].organisation, [Right.READER], by=person(ADA)))
    as_user(ADA).get("/desk")
    ira, ada, ben = as_user(IRA), f"/people/{person(ADA).id}/history", f"/people/{person(BEN).id}/history"
    assert "Submitted the application" in ira.get(f"{ada}?part=done").text
    assert "Submitted the application" not in ira.get(ada).text
    assert "Changed the rights for" in ira.get(ben).text
    assert "Ada Khan" in ira.get(ben).text
    assert "1 sign-in" in ira.get(f"{ada}?part=sign-ins").text
    assert f'href="{ben}"' in ira.get(f"/people/{person(BEN).id}").text


def test_who_looks_at_restricted_records_is_kept_and_who_looks_at_others_is_not(as_user, person):
    bid = made.a_scored_bid()
    before = len(looks())
    as_user(ADA).get(f"/applications/{bid.ref}")
    as_user(OMAR).get(f"/assessment/{bid.ref}?part=answers")
    assert looks()[before:] == []
    as_user(OMAR).get(f"/assessment/{bid.ref}?part=scores")
    as_user(PRIYA).get(f"/assessment/{bid.ref}/moderate")
    as_user(TESS).get(f"/assessment/{bid.ref}/score")
    as_user(IRA).get(f"/people/{person(BEN).id}/history")
    as_user(IRA).get(f"/people/{person(IRA).id}/history")
    scores = [(person(who).id, bid.ref, "scores before the decision") for who in (OMAR, PRIYA, TESS)]
    assert looks()[before:] == [*scores, (person(IRA).id, person(BEN).case, "the history of a person")]
    assert len(found(as_user(ALEX), verb="access.looked", about=bid.ref)) == 3

    before, omar, plain = len(looks()), as_user(OMAR), made.a_submitted_bid(by=BEN)
    write(setattr, bid, "agreed_permille", 800)
    omar.get(f"/assessment/?q={plain.ref}")
    omar.get("/assessment/")
    omar.get("/assessment/export.csv")
    omar.get("/assessment/export.xlsx")
    listed = f"scores before the decision, in a list: {bid.ref}"
    filed = "scores before the decision, in a file of 1"
    assert looks()[before:] == [(person(OMAR).id, "", each) for each in (listed, filed, filed)]
    assert len(found(as_user(ALEX), verb="access.looked", q=bid.ref)) == 1
    assert audit.verify(db.session()) == []


def test_whoever_opens_a_file_without_acting_for_its_owner_is_kept_and_who_ranks_or_recommends(as_user, person):
    bid = made.a_moderated_bid()
    client = as_user(ADA)
    client.post(f"/organisations/{bid.organisation_id}/documents/insurance", content_type="multipart/form-data",
                data={"file": (BytesIO(pdf("Cover")), "cover.pdf")} | day(date(2030, 1, 1), "expires_on"))  # fmt: skip
    number = db.session.scalar(select(Paper.file_id))
    before = len(looks())
    for who in (ADA, OMAR):
        assert as_user(who).get(f"/files/{number}").status_code == 200
    organisation = f"organisation-{bid.organisation_id}"
    assert looks()[before:] == [(person(OMAR).id, organisation, "the file “cover.pdf”")]
    as_user(PRIYA).get(f"/assessment/rounds/{bid.round.code}/ranking")
    as_user(OMAR).get(f"/assessment/{bid.ref}/recommend")
    made.recommend(bid)
    as_user(DANA).get(f"/awards/decide/{bid.ref}")
    scores = [(person(who).id, case, "scores before the decision")
              for who, case in ((PRIYA, bid.round.code), (OMAR, bid.ref), (DANA, bid.ref))]  # fmt: skip
    assert looks()[before + 1 :] == scores


def test_scores_are_restricted_no_more_once_the_bid_is_decided(as_user):
    decision = made.a_declined_bid()
    before = len(looks())
    as_user(OMAR).get(f"/assessment/{decision.case}?part=scores")
    assert looks()[before:] == []


def test_a_verb_reads_as_words_without_the_words_of_its_case():
    assert title_of("application.submit") == "Submitted the application, asking for …"
    assert title_of("something.else") == "something.else"
    assert words_of({"lines": [["Signs", 415000, 400000]], "targets": []}) == "lines: Signs from £4,150.00 to £4,000.00"
