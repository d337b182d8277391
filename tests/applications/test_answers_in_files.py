"""All answers of a round in one file, and what was changed between two times that a bid was handed in."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from portal.applications import answers_workbook
from portal.core.audit import Event
from portal.core.db import db, write
from portal.core.jobs import Job
from tests.applications.forms import autosave, item
from tests.cast import ADA, CLEO, DANA, OMAR, TESS
from tests.factories import a_submitted_bid, ask, start_bid, submit

ADDRESS = "/applications/rounds/SCF26/answers"
FORMULA = '=cmd|"/c calc"!A1'


@pytest.fixture
def bids(app):
    """One that was handed in twice, one handed in once, and one that nobody has seen."""
    first, second = a_submitted_bid(ADA), a_submitted_bid(CLEO, "ely-bikes")
    ask(first, "Say what else shows the problem.", ("problem", "results"))
    return first, second, start_bid(ADA)


def table(reply):
    rows = list(csv.DictReader(StringIO(reply.text.removeprefix("\ufeff"))))
    return {row["Reference"]: row for row in rows}


def rows_of(book, words):
    sheet = next(book[name] for name in book.sheetnames if words in name)
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def column(row, words):
    return next(value for label, value in row.items() if words in label and "(code)" not in label)


def test_a_file_holds_what_was_handed_in_with_codes_and_figures_and_nothing_personal(as_user, bids):
    first, second, _ = bids
    autosave(as_user(ADA), first, "summary", FORMULA)
    autosave(as_user(ADA), first, "title", "Being written")
    omar = as_user(OMAR)
    rows = table(omar.get(f"{ADDRESS}.csv"))
    assert set(rows) == {first.ref, second.ref}, "a draft is nobody's but the applicant's"
    assert "Being written" not in str(rows)
    assert rows[first.ref]["Time"] == "1"
    asked = next(label for label in rows[first.ref] if "How much do you ask for" in label)
    assert rows[first.ref][asked] == "1450.00"
    accountable = next(label for label in rows[first.ref] if label.endswith("account for the grant? (code)"))
    assert rows[first.ref][accountable] == "fenland-district-council"
    assert first.lead.name not in omar.get(f"{ADDRESS}.csv").text
    assert first.lead.name in omar.get(f"{ADDRESS}.csv?personal=yes").text
    assert first.lead.name not in as_user(DANA).get(f"{ADDRESS}.csv?personal=yes").text
    looks = select(Event.verb).where(Event.verb == "access.looked", Event.case == "SCF26")
    assert len(list(db.session.scalars(looks))) == 1

    submit(first)
    rows = table(omar.get(f"{ADDRESS}.csv"))
    assert column(rows[first.ref], "called") == "Being written"
    assert column(rows[first.ref], "describe the project") == f"'{FORMULA}"


def test_a_workbook_has_a_sheet_for_each_group_and_text_stays_text(as_user, bids):
    first, second, _ = bids
    autosave(as_user(ADA), first, "evidence", FORMULA, "finding", 1)
    submit(first)
    book = load_workbook(BytesIO(as_user(OMAR).get(f"{ADDRESS}.xlsx").data))
    labels, *lines = rows_of(book, "What will it cost")
    assert {line[0] for line in lines} == {first.ref, second.ref}
    assert sum(line[labels.index("How much of it do you ask us for?")] for line in lines if line[0] == first.ref) == 1450
    assert FORMULA in {cell for line in rows_of(book, "What shows") for cell in line}
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert next(book["Applications"].iter_rows())[0].value == "Reference"


def test_a_round_with_very_many_bids_is_made_into_a_workbook_by_the_worker_and_kept_for_a_day(
    as_user, bids, app, monkeypatch, frozen
):
    monkeypatch.setattr(app.extensions["settings"], "xlsx_rows_at_once", 1)
    omar = as_user(OMAR)
    assert "Make the workbook" in omar.get(f"{ADDRESS}.xlsx?personal=yes").text
    assert db.session.query(Job).filter_by(kind="answers_workbook").count() == 0
    place = omar.post(f"{ADDRESS}.xlsx?personal=yes").location
    assert "The workbook is ready." in omar.get(place).text
    job = db.session.query(Job).filter_by(kind="answers_workbook").one()
    file = f"/files/{job.file_id}"
    rows = rows_of(load_workbook(BytesIO(omar.get(file).data)), "Applications")
    assert {row[0] for row in rows[1:]} == {bids[0].ref, bids[1].ref}
    assert bids[0].lead.name in str(rows)
    assert (as_user(DANA).get(place).status_code, as_user(DANA).get(file).status_code) == (404, 404)
    frozen.move(days=1, minutes=1)
    write(answers_workbook.forget_made)
    omar = as_user(OMAR)
    assert omar.get(file).status_code == 404
    assert "is gone. Ask for it again" in omar.get(place).text


def test_files_of_answers_are_the_offices_and_take_the_same_queries_for_every_bid(as_user, bids, query_count):
    for who, status in ((ADA, 404), (TESS, 403), (OMAR, 200)):
        assert as_user(who).get(f"{ADDRESS}.csv").status_code == status
    assert as_user(OMAR).get("/commissioning/rounds/SCF26/watch").text.count("/answers.") == 3
    with query_count() as queries:
        as_user(OMAR).get(f"{ADDRESS}.csv")
    assert len([each for each in queries if each.startswith("SELECT")]) <= 14


def test_what_was_changed_is_shown_word_by_word_to_the_applicant_and_the_office(as_user, bids):
    first = bids[0]
    ada = as_user(ADA)
    before = item(first, "problem").raw
    autosave(ada, first, "problem", f"{before} <script>alert(1)</script> Since May it is worse.")
    assert ada.get(f"/applications/{first.ref}/changes").status_code == 404, "it was handed in once so far"
    submit(first)
    for who in (ADA, OMAR):
        text = as_user(who).get(f"/applications/{first.ref}/changes").text
        assert "<ins> &lt;script&gt;alert(1)&lt;/script&gt; Since May it is worse.</ins>" in text
        assert "<script>alert(1)" not in text
        assert text.count("<h3") == 1
    assert "changes" in as_user(OMAR).get(f"/assessment/{first.ref}?part=answers").text
    assert "/changes" in ada.get(f"/applications/{first.ref}").text
    assert as_user(CLEO).get(f"/applications/{first.ref}/changes").status_code == 404
    for odd in ("?from=9&to=-1", "?from=x", "?from=1&to=99999999999999999999"):
        assert ada.get(f"/applications/{first.ref}/changes{odd}").status_code == 200
