"""The lists of assessment: who waits longest, how long, and the same number of queries however many there are."""

import csv
import io

import pytest
from sqlalchemy import select

from portal.assessment import lists
from portal.assessment.deadline import deadline_of
from portal.core.db import db, write
from portal.people.models import User
from portal.questions.models import Answer
from tests import factories
from tests.cast import CLEO, HAL, OMAR, SAM, TESS, UMA, VIC

HTMX = {"HX-Request": "true", "HX-Target": "results"}


def refs(text):
    return list(dict.fromkeys(word[:10] for word in text.split("/assessment/")[1:] if word.startswith("SCF26-")))


def test_the_bid_that_has_lain_longest_comes_first(as_user, frozen):
    bids = []
    for who in (CLEO, HAL, SAM):
        bids.append(factories.a_submitted_bid(by=who))
        frozen.move(days=1)
    factories.admit(bids[0])
    page = as_user(OMAR).get("/assessment/").text
    assert refs(page) == [bids[1].ref, bids[2].ref, bids[0].ref]


def test_waiting_is_counted_in_working_days_against_the_rounds_promise(as_user, frozen):
    bid = factories.a_submitted_bid()  # on a Tuesday
    frozen.move(days=6)
    assert "4 of 10" in as_user(OMAR).get("/assessment/").text
    assert (deadline_of(bid).waited, deadline_of(bid).note) == (4, "6 working days left")
    frozen.move(days=8)
    assert deadline_of(bid).note == "that is today"
    frozen.move(days=1)
    page = as_user(OMAR).get("/assessment/").text
    assert "11 of 10" in page
    assert "Late" in page
    assert "1 working day late" in as_user(OMAR).get(f"/assessment/{bid.ref}").text
    factories.ask(bid)
    assert deadline_of(bid) is None
    assert "With the applicant" in as_user(OMAR).get("/assessment/").text


def test_the_list_is_searched_and_filtered_by_stage(as_user):
    waiting, admitted = factories.a_submitted_bid(), factories.an_admitted_bid(by=CLEO)
    omar = as_user(OMAR)
    assert refs(omar.get("/assessment/?stage=submitted", headers=HTMX).text) == [waiting.ref]
    assert refs(omar.get("/assessment/?stage=in_assessment").text) == [admitted.ref]
    assert refs(omar.get("/assessment/?stage=nonsense&sort=nonsense").text) == [waiting.ref, admitted.ref]
    fragment = omar.get(f"/assessment/?q={admitted.ref}", headers=HTMX).text
    assert refs(fragment) == [admitted.ref]
    assert "<html" not in fragment


def test_what_is_decided_or_ended_leaves_the_list(as_user):
    factories.withdraw(factories.a_submitted_bid())
    factories.a_draft(by=CLEO)
    assert "No bids are waiting" in as_user(OMAR).get("/assessment/").text


def test_the_spreadsheet_has_numbers_where_the_page_has_words(as_user):
    bid = factories.a_recommended_bid()
    text = as_user(OMAR).get("/assessment/export.csv").text.lstrip("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["Reference"], row["Requested"], row["Recommended"], row["Score"]) == (bid.ref, "1450.00", "1450.00", "80%")
    assert (row["Working days"], row["Target"], row["Stage"]) == ("0", "10", "Recommended")
    assert as_user(OMAR).get("/assessment/export.xlsx").status_code == 200


def test_an_assessor_reads_what_to_do_and_nothing_of_the_bid(as_user):
    bid = factories.an_admitted_bid()
    assignment = factories.assign(bid, TESS)
    tess = as_user(TESS)
    page = tess.get("/assessment/").text
    assert "Declare interests" in page
    assert f'href="/assessment/{bid.ref}/interest"' in page
    assert bid.name not in page
    factories.declare(assignment)
    assert f'href="/assessment/{bid.ref}/score"' in tess.get("/assessment/?todo=declared").text
    assert bid.ref not in tess.get("/assessment/?todo=submitted").text
    assert bid.ref not in as_user(UMA).get("/assessment/").text
    assert bid.ref in tess.get("/assessment/mine/export.csv").text


@pytest.mark.parametrize(("who", "address"), [(OMAR, "/assessment/"), (TESS, "/assessment/mine")])
def test_a_list_asks_as_often_for_three_as_for_one(as_user, query_count, who, address):
    browser = as_user(who)

    def queries_for(applicant):
        factories.assign(factories.an_admitted_bid(by=applicant), TESS)
        with query_count() as queries:
            browser.get(address)
        return len(queries)

    assert queries_for(CLEO) == [queries_for(HAL), queries_for(SAM)][-1]


def test_the_pages_of_a_bid_ask_as_often_for_three_assessors_as_for_one(as_user, query_count, person):
    bid = factories.an_admitted_bid()
    counts = []
    for who in (TESS, UMA, VIC):
        factories.score(factories.declare(factories.assign(bid, who)), 4)
        counts.append([count_of(as_user(OMAR), query_count, f"/assessment/{bid.ref}?part={part}") for part in ("gate", "scores")])
    # with one of two scores in there is nothing to compare yet, so the second and the third are held against each other
    assert counts[1] == counts[2]
    assert counts[0][0] == counts[2][0]
    assert max(counts[2]) <= 30


def count_of(browser, query_count, address):
    with query_count() as queries:
        assert browser.get(address).status_code == 200
    return len(queries)


def test_an_assessor_reads_the_files_that_assessors_are_shown_and_no_others(app, person):
    bid, _ = factories.a_bid_with_assessors()
    kept = {}
    for code in ("quotes", "safeguarding_policy"):
        kept[code] = write(attach, bid, code, person(OMAR))
    assert lists.may_read_file(person(TESS), kept["quotes"])
    assert not lists.may_read_file(person(TESS), kept["safeguarding_policy"])
    assert not lists.may_read_file(person(VIC), kept["quotes"])


def attach(bid, code, by: User):
    """A file stands in the bid, as if the applicant had put it there."""
    from portal.core import clock
    from portal.core.files import StoredFile
    from portal.questions.models import Question, Section

    question = db.session.scalars(
        select(Question).join(Section).where(Section.version_id == bid.answer_set.version_id, Question.code == code)
    ).one()
    stored = StoredFile(
        key=code, name="a.pdf", media_type="application/pdf", size=1, sha256="x", added_by_id=by.id, added_at=clock.now()
    )
    db.session.add(stored)
    db.session.flush()
    db.session.add(Answer(answer_set_id=bid.answer_set_id, question_id=question.id, row=99, raw="a.pdf", file_id=stored.id,
                          saved_by_id=by.id, saved_at=clock.now()))  # fmt: skip
    return stored.id
