"""The list of bids: whose, how found, how taken away; and that it tells applicants nothing too early."""

import csv
from io import StringIO

import pytest

from tests.applications.forms import autosave
from tests.cast import ADA, ALEX, BEN, CLEO, DANA, OMAR, ROSA, TESS
from tests.factories import a_draft, a_recommended_bid, a_submitted_bid

RESULTS = {"HX-Request": "true", "HX-Target": "results"}


@pytest.mark.parametrize(("who", "status"), [(ADA, 200), (ROSA, 200), (OMAR, 200), (ALEX, 200), (TESS, 403), (None, 303)])
def test_who_has_a_list(as_user, who, status):
    for address in ("", "export.csv", "export.xlsx"):
        assert as_user(who).get(f"/applications/{address}").status_code == status


def test_each_sees_their_own_and_the_office_what_was_handed_in(as_user):
    draft, sent = a_draft(ADA), a_submitted_bid(ADA)
    for who, refs in [
        (ADA, {draft.ref, sent.ref}),
        (BEN, {draft.ref, sent.ref}),
        (CLEO, set()),
        (OMAR, {sent.ref}),
        (DANA, {sent.ref}),
    ]:
        page = as_user(who).get("/applications/").text
        assert {ref for ref in (draft.ref, sent.ref) if ref in page} == refs


def test_searching_answers_with_the_results_alone(as_user):
    bid = a_submitted_bid(ADA)
    reply = as_user(OMAR).get(f"/applications/?q={bid.ref}", headers=RESULTS)
    assert "<html" not in reply.text
    assert bid.ref in reply.text
    assert bid.ref not in as_user(OMAR).get("/applications/?q=nothing-of-the-kind", headers=RESULTS).text


def test_applicants_are_not_told_of_a_recommendation(as_user):
    bid = a_recommended_bid(ADA)
    ada, omar = as_user(ADA), as_user(OMAR)
    for address in ("/applications/", "/applications/export.csv", f"/applications/{bid.ref}", f"/applications/{bid.ref}/receipt"):
        assert "ecommended" not in ada.get(address).text
    assert bid.ref in ada.get("/applications/?stage=in_moderation").text  # they have no such choice
    assert "In assessment" in ada.get("/applications/").text
    assert "Recommended" in omar.get("/applications/").text


def test_a_title_that_looks_like_a_formula_leaves_as_text(as_user):
    bid = a_draft(ADA)
    autosave(as_user(ADA), bid, "title", "=cmd|' /C calc'!A0")
    text = as_user(ADA).get("/applications/export.csv").text
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    assert rows[1][1] == "'=cmd|' /C calc'!A0"


def test_the_number_of_questions_to_the_database_does_not_grow_with_the_list(as_user, query_count):
    client = as_user(OMAR)
    counts = []
    for _ in range(3):
        a_submitted_bid(ADA)
        with query_count() as queries:
            client.get("/applications/")
        counts.append(len(queries))
    assert counts[0] == counts[-1]
