"""Hostile texts in every field leave as text: in spreadsheets, letters, headers and file names. Pages are tried in a browser."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from portal.core import outbox
from portal.core.db import db, write
from portal.core.outbox import Mail
from tests.cast import ADA, FINN, OMAR, TESS
from tests.doors.payloads import PAYLOADS, poison
from tests.doors.world import file_called

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
HEADS = {"Content-Type", "MIME-Version", "Content-Transfer-Encoding", "Subject", "From", "To", "Date", "Message-ID"}
RUN = re.compile(r"^\s*[=+\-@\t\r]")
EXPORTS = [
    (OMAR, "/applications/export"), (ADA, "/applications/export"), (OMAR, "/assessment/export"),
    (TESS, "/assessment/mine/export"), (OMAR, "/awards/export"), (OMAR, "/awards/decisions/export"),
    (OMAR, "/returns/export"), (FINN, "/reports/finance"),
]  # fmt: skip


@pytest.fixture
def poisoned(app, as_user):
    """Everyone signed in, and every text of the world hostile."""
    browsers = {who: as_user(who) for who in (ADA, OMAR, TESS, FINN)}
    write(poison)
    return browsers


def is_number(text):
    return re.fullmatch(r"-?[\d.]+", text) is not None


def test_no_cell_of_a_spreadsheet_runs(poisoned):
    assert len(set(PAYLOADS)) == 40
    for who, address in EXPORTS:
        rows = list(csv.reader(io.StringIO(poisoned[who].get(f"{address}.csv").text.removeprefix("\ufeff"))))
        running = [cell[:40] for row in rows for cell in row if RUN.match(cell) and not is_number(cell)]
        assert (address, running) == (address, [])
        assert any("onerror=alert(4)" in cell for row in rows for cell in row), address
        book = load_workbook(io.BytesIO(poisoned[who].get(f"{address}.xlsx").data))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink] == []
        assert any("onerror=alert(4)" in str(cell.value) for cell in cells), address


def test_the_name_of_a_file_stays_within_its_header(poisoned):
    reply = poisoned[ADA].get(f"/files/{file_called('draft', 'quotes')}")
    assert reply.status_code == 200
    assert re.fullmatch(r"attachment; filename\*=UTF-8''[\w.%~-]+", reply.headers["Content-Disposition"], re.ASCII)
    assert "evil" not in str([value for name, value in reply.headers if name != "Content-Disposition"])


def test_a_letter_about_hostile_things_has_one_subject_and_no_further_head(app, poisoned):
    """Written anew about things whose names are hostile, and as it goes to the mail server."""
    from tests import factories as made

    last = max(db.session.scalars(select(Mail.id)))
    made.publish(made.decline(made.a_recommended_bid(project="wisbech-days")))
    letters = db.session.scalars(select(Mail).where(Mail.id > last)).all()
    assert letters
    for mail in letters:
        assert not set("\r\n\x00") & set(mail.subject + mail.to_name.replace("\r\n", ""))
        message = outbox.EmailMessage(mail.subject, mail.body, to=[mail.to_address]).message()
        assert set(message.keys()) <= HEADS
