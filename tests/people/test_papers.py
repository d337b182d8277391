"""Documents that an organisation gives once: added by its people, read by officers, replaced and kept, running out."""

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select

from portal.core import clock
from portal.core.db import db, write
from portal.core.files import keep
from portal.demonstration.papers import upload
from portal.people import actions
from portal.people.lists import papers_told, shelves_of
from portal.people.models import Paper, PaperKind
from tests.cast import ADA, ALEX, CLEO, FINN, GUS, IRA, MAYA, OMAR, ROSA, TESS, user_of
from tests.factories import a_submitted_bid
from tests.people.organisations import at, body, day

UNTIL = date(2026, 12, 31)


def given(kind=PaperKind.INSURANCE, until=UNTIL, by=ADA, key="fenland-csp"):
    kept = keep(upload(f"{kind} {until}"), ["pdf"], 10)
    return write(actions.add_paper, body(key), kind, kept, until, by=user_of(by))


def send(browser, organisation, kind="insurance", until=UNTIL, title="Cover"):
    file = upload(title)
    sent = {"file": (file.stream, file.filename)} | day(until, "expires_on")
    return browser.post(at(organisation, "documents", kind), data=sent, content_type="multipart/form-data")


@pytest.mark.parametrize(
    ("who", "status"), [(ADA, 303), (ROSA, 403), (OMAR, 403), (ALEX, 403), (CLEO, 404), (TESS, 404), (None, 303)]
)
def test_who_adds_a_document(as_user, who, status):
    fenland = body("fenland-csp")
    assert send(as_user(who), fenland).status_code == status
    assert len(db.session.scalars(select(Paper)).all()) == (1 if who is ADA else 0)


@pytest.mark.parametrize(("who", "status"), [
    (ADA, 200), (ROSA, 200), (OMAR, 200), (ALEX, 200), (FINN, 404), (IRA, 404), (GUS, 404), (CLEO, 404), (TESS, 404), (None, 303),
])  # fmt: skip
def test_who_reads_it(as_user, who, status):
    number = given().file_id
    assert as_user(who).get(f"/files/{number}").status_code == status


def test_its_people_are_told_before_it_runs_out_each_time_once_and_not_of_what_was_replaced(app, frozen, outbox):
    given(until=date(2026, 8, 1), kind=PaperKind.SAFEGUARDING)
    given(until=date(2026, 8, 1))
    given(until=date(2030, 8, 1))
    frozen.move(days=(date(2026, 8, 1) - clock.today()).days - 31)
    told = []
    for left in range(31, -3, -1):
        told += [left] * sum(write(actions.remind_of_papers) for _ in range(2))
        frozen.move(days=1)
    assert told == [30, 7, 0]
    letters = [mail for mail in outbox() if mail.template == "people/paper_ends"]
    assert ADA.email in {mail.to_address for mail in letters}
    assert ROSA.email not in {mail.to_address for mail in letters}
    assert "runs out in 30 days" in letters[0].subject
    assert "/documents/safeguarding" in letters[0].body


def test_a_new_version_takes_its_place_and_the_earlier_one_stays(as_user, verbs_about):
    first = given().file_id
    fenland = body("fenland-csp")
    assert send(as_user(ADA), fenland, until=date(2027, 12, 31)).status_code == 303
    shelf = next(each for each in shelves_of(fenland) if each.kind is PaperKind.INSURANCE)
    assert shelf.paper.expires_on == date(2027, 12, 31)
    assert [each.file_id for each in shelf.earlier] == [first]
    assert as_user(OMAR).get(f"/files/{first}").status_code == 200
    assert verbs_about(fenland) == ["organisation.add_paper"] * 2 + ["access.looked"]


@pytest.mark.parametrize(("sent", "why"), [
    ({"expires_on": ["", "", ""]}, "Enter the last day"), ({"expires_on": ["1", "6", "2026"]}, "That day has passed"),
    ({"expires_on": ["99", "6", "2026"]}, "That day does not exist"), ({"file": (b"MZ", "virus.exe")}, "Choose a pdf"),
    ({"file": (b"no pdf", "cover.pdf")}, "not a pdf file inside"), ({"file": (b"", "")}, "Choose a file"),
])  # fmt: skip
def test_what_is_no_document_that_counts_is_refused(as_user, sent, why):
    file = upload("Cover")
    content, name = sent.get("file", (file.stream.read(), file.filename))
    file_and_day = day(UNTIL, "expires_on") | sent | {"file": (BytesIO(content), name)}
    address = at(body("fenland-csp"), "documents", "insurance")
    reply = as_user(ADA).post(address, data=file_and_day, content_type="multipart/form-data")
    assert reply.status_code == 422
    assert why in reply.text
    assert db.session.scalar(select(Paper)) is None


def test_there_is_no_other_kind_of_document(as_user):
    assert as_user(ADA).get(at(body("fenland-csp"), "documents", "diary")).status_code == 404


@pytest.mark.parametrize(("until", "tag"), [
    (date(2026, 6, 9), "Expires soon"), (date(2026, 8, 8), "Expires soon"), (date(2026, 8, 9), ""), (date(2026, 6, 8), "Expired"),
])  # fmt: skip
def test_what_has_run_out_or_will_soon_says_so(as_user, frozen, until, tag):
    frozen.move(days=-2)
    given(until=until)
    frozen.move(days=2)
    text = as_user(ADA).get("/your-organisation").text
    assert [word for word in ("Expires soon", "Expired") if word in text] == ([tag] if tag else [])


def test_the_gate_tells_what_the_applicant_and_its_host_have_given(as_user, frozen):
    bid = a_submitted_bid()
    given(PaperKind.CONSTITUTION, None)
    given(until=date(2026, 6, 10))
    frozen.move(days=3)
    text = as_user(OMAR).get(f"/assessment/{bid.ref}/gate").text
    assert "Constitution; Insurance ran out on 10 June 2026; Not given: Accounts, Safeguarding policy, DBS statement." in text
    assert "Fenland District Council</a>: " in text


def test_of_two_that_count_after_a_merge_the_later_one_does(app, frozen):
    given(by=MAYA, key="fen-edge-youth-trust")
    frozen.move(days=1)
    given(by=MAYA, key="ouse-valley-open-door", until=date(2027, 1, 1))
    charity = body("fen-edge-youth-trust")
    write(lambda: actions.merge(charity, body("ouse-valley-open-door"), by=user_of(OMAR)))
    shelf = next(each for each in shelves_of(charity) if each.kind is PaperKind.INSURANCE)
    assert (shelf.paper.expires_on, len(shelf.earlier)) == (date(2027, 1, 1), 1)
    assert "until 1 January 2027" in papers_told([charity])[0][1]
