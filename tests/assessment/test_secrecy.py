"""Canaries: what is written in confidence never reaches those who must not read it, on any page, in any header or file."""

import io
import re

import pytest
from openpyxl import load_workbook

from portal.assessment import actions, gate, lists
from portal.core.db import write
from tests import factories
from tests.cast import ADA, BEN, GUS, OMAR, ROSA, TESS, UMA, VIC

WORDS = ("note", "link", "mine", "conflict", "agreed", "advice")
NOTE, LINK, MINE, CONFLICT, AGREED, ADVICE = (f"canary-{word}-7f3a" for word in WORDS)

PLACES = ("/desk", "/applications", "/assessment", "/awards", "/decisions", "/grants", "/returns", "/mail", "/files")


@pytest.fixture
def bid(app, person):
    """Tess has handed in, Uma has scored in part, Vic has an interest; everything that is confidential carries a canary."""
    made = factories.a_submitted_bid()
    write(actions.admit, made, {each.check.id: (True, NOTE) for each in gate.findings(made)}, by=person(OMAR))
    tess, uma, vic = (factories.assign(made, who) for who in (TESS, UMA, VIC))
    write(actions.declare, tess, False, LINK, by=person(TESS))
    factories.declare(uma)
    factories.declare(vic, conflict=CONFLICT)
    write(score_all, tess, 5, by=person(TESS))
    write(actions.submit_scores, tess, by=person(TESS))
    return made


def score_all(assignment, points, by):
    for criterion in assignment.application.round.criteria:
        actions.save_score(assignment, criterion.id, points, MINE, edition=None, by=by)


def everything(client, start=("/desk", "/applications/"), more=()):
    """All about cases that this person can reach by following links, and more: bodies, headers and spreadsheets as one text."""
    waiting, seen, read = [*start, *more], set(), []
    while waiting:
        address = waiting.pop().split("#")[0]
        if address in seen or not address.startswith(PLACES) or "sort=" in address:
            continue
        seen.add(address)
        reply = client.get(address)
        read += [str(reply.headers), text_of(reply)]
        if reply.mimetype == "text/html":
            waiting += [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]+)"', reply.text)]
    return "\n".join(read), seen


def text_of(reply):
    if "spreadsheet" not in reply.mimetype:
        return reply.text if reply.mimetype.startswith("text") else ""
    book = load_workbook(io.BytesIO(reply.data), read_only=True)
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def addresses(bid):
    """Where it would stand if somebody guessed."""
    parts = ("", "?part=gate", "?part=scores", "/gate", "/score", "/moderate", "/recommend", "/interest")
    return [f"/assessment/{bid.ref}{part}" for part in parts] + ["/assessment/", "/assessment/export.csv", f"/grants/{bid.ref}"]


@pytest.mark.parametrize("who", [ADA, BEN, ROSA, GUS])
def test_the_applicant_reads_nothing_of_the_assessment(as_user, bid, person, outbox, who):
    (_, uma, _) = lists.assignments_of(bid)
    write(score_all, uma, 5, by=person(UMA))
    write(actions.submit_scores, uma, by=person(UMA))
    write(actions.moderate, bid, by=person(OMAR))
    agreed = {criterion.id: (4, AGREED) for criterion in bid.round.criteria}
    write(actions.save_moderated, bid, agreed, by=person(OMAR))
    write(actions.recommend, bid, 100_000, ADVICE, by=person(OMAR))
    read, seen = everything(as_user(who), more=addresses(bid))
    assert len(seen) > 10
    assert re.findall(r"canary-\w+-7f3a", read) == []
    assert "Tess Aldous" not in read
    mails = [mail for mail in outbox() if mail.to_address == who.email]
    assert [mail.subject for mail in mails if "canary" in mail.subject + mail.body] == []


@pytest.mark.parametrize(("who", "own"), [(UMA, set()), (VIC, {CONFLICT}), (TESS, {MINE}), (OMAR, {NOTE, LINK, CONFLICT})])
def test_nobody_sees_the_scores_of_others_before_all_are_in(as_user, bid, who, own):
    read, _ = everything(as_user(who), more=addresses(bid))
    assert set(re.findall(r"canary-\w+-7f3a", read)) == own


def test_the_assessors_see_each_others_once_all_are_in(as_user, bid, person):
    (_, uma, _) = lists.assignments_of(bid)
    write(score_all, uma, 3, by=person(UMA))
    assert MINE not in as_user(OMAR).get(f"/assessment/{bid.ref}?part=scores").text
    write(actions.submit_scores, uma, by=person(UMA))
    for who, page in ((TESS, "/score"), (UMA, "/score"), (OMAR, "?part=scores")):
        assert MINE in as_user(who).get(f"/assessment/{bid.ref}{page}").text
    assert as_user(VIC).get(f"/assessment/{bid.ref}/score").status_code == 404
