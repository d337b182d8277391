"""What everyone can read of every case, wherever they look: texts, names, files, letters, searches; held against a table."""

import io
import zipfile
from collections import defaultdict
from itertools import groupby
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from portal.core.db import db, write
from portal.core.outbox import Mail
from tests.doors import canaries
from tests.doors.cells import doors
from tests.doors.test_matrix import written
from tests.doors.world import BIDS, ROLES, disable_jack, user_called
from tests.source import expect_none

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
READERS = Path(__file__).with_name("readers.txt")
NAMES = {
    "Tess Aldous": "assessor", "Uma Rao": "assessor", "Vic Lowe": "assessor", "Omar Haddad": "officer",
    "ada@fenland": "Ada's address", "01632 960 001": "Ada's telephone",
}  # fmt: skip
JUDGING = ("/assessment/{}?part=gate", "/assessment/{}?part=scores", "/assessment/{}/score", "/grants/{}/whole")
MORE = {  # of cases that the table of doors does not know, or does not open far enough
    "judged": JUDGING, "recommended": JUDGING, "foreign": JUDGING, "declined": JUDGING[:2], "offered": JUDGING[1:2],
    "returned": ("/applications/{}",), "reported": ("/grants/{}/whole", "/returns/{}-R1"),
}  # fmt: skip
FRAGMENT = {"HX-Request": "true", "HX-Target": "results"}
LISTS = ("/applications/", "/assessment/", "/assessment/mine", "/awards/", "/awards/decisions/", "/returns/",
         "/reports/finance", "/mail", "/decisions")  # fmt: skip


def texts_of(reply) -> str:
    """Everything that an answer says, in whatever form."""
    text = str(reply.headers)
    if "spreadsheet" in reply.mimetype:
        book = load_workbook(io.BytesIO(reply.data), read_only=True)
        return text + "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    if "wordprocessing" in reply.mimetype:
        return text + zipfile.ZipFile(io.BytesIO(reply.data)).read("word/document.xml").decode()
    return text + reply.get_data(as_text=True) if reply.mimetype != "application/pdf" else text


def addresses(app):
    """For each role the doors that stand open to it, as their table has them, and more; the public's are asked by the public."""
    table, more = written(), [part.format(BIDS[case]) for case, parts in MORE.items() for part in parts]
    found = {role: [*more] for role in ROLES}
    for door in doors(app):
        letters = dict(zip(ROLES, table[door.name].split(), strict=True))
        for role, letter in letters.items():
            is_public = letters["nobody"] == "o" and role != "nobody"
            if door.method == "GET" and letter == "o" and not is_public and not door.endpoint.startswith(("security", "brand")):
                found[role].append(door.address)
    for role, mails in letters_to_read().items():
        found[role] += [f"/mail/{number}" for number in mails]
    return found


def letters_to_read() -> dict[str, list[int]]:
    """Everyone's own letters, and one of everybody else's."""
    found = {}
    for role in ROLES:
        user = user_called(role)
        own = select(Mail.id).where(Mail.to_address == user.email) if user else select(Mail.id).limit(0)
        found[role] = [*db.session.scalars(own), *db.session.scalars(select(func.min(Mail.id)).group_by(Mail.to_address))]
    return found


def read_by(browser, addresses) -> set[tuple[str, str]]:
    text = "\n".join(texts_of(browser.get(address)) for address in addresses)
    return canaries.found_in(text) | {(f"name of {what}", "-") for name, what in NAMES.items() if name in text}


@pytest.fixture
def browsers(as_user):
    found = {role: as_user(user_called(role)) for role in ROLES}
    for browser in found.values():
        browser.holds_to_standard = False
    write(disable_jack)
    return found


def as_table(read) -> list[str]:
    """A line for each place and each set of cases of which the same people read it."""
    cases = defaultdict(lambda: defaultdict(set))
    for role, places in read.items():
        for place, case in places:
            cases[place][role].add(case)
    lines = []
    for place in sorted(cases):
        kinds = sorted((" ".join(sorted(seen)), list(ROLES).index(role), role) for role, seen in cases[place].items())
        for seen, same in groupby(kinds, key=lambda kind: kind[0]):
            lines.append(f"{place:<34} {seen}: {' '.join(role for *_, role in same)}")
    return lines


def test_everyone_reads_what_is_written_and_nothing_else(app, browsers):
    known = addresses(app)
    read = {role: read_by(browser, known[role]) for role, browser in browsers.items()}
    table = [line for line in READERS.read_text().splitlines() if line and not line.startswith("#")]
    now = as_table(read)
    expect_none(set(now) - set(table), "somebody reads more, or others do: check these lines, then put them into readers.txt")
    expect_none(set(table) - set(now), "this is not so any more: take these lines out of readers.txt")


@pytest.mark.parametrize("role", ["ada", "gus", "cleo", "tess", "vic", "omar", "pat"])
def test_a_search_tells_nobody_that_there_is_what_they_may_not_read(app, as_user, role):
    """A wish for the marked title of somebody else's case is answered as one for nothing at all."""
    browser, told = as_user(user_called(role)), []
    for page in LISTS:
        nothing = shown(browser, page, "zqnothingatall")
        for case in set(BIDS) - titles_read_by(role) if nothing else ():
            with canaries.telling_of(case):
                wish = canaries.mark("answer", "title")
            told += [f"{page} tells of {case}"] if shown(browser, page, wish) != nothing else []
    expect_none(told, "a list must be searched through what the person may see")


def titles_read_by(role: str) -> set[str]:
    """The cases whose titles this person reads, or everyone does."""
    found = set()
    for line in READERS.read_text().splitlines():
        place, _, readers = line.partition(": ")
        if line.startswith("answer.title") and {role, "nobody"} & set(readers.split()):
            found |= set(place.split()[1:])
    return found


def shown(browser, page: str, wish: str) -> str | None:
    """What a list answers, without the wish itself; None where it is closed."""
    reply = browser.get(page, query_string={"q": wish}, headers=FRAGMENT)
    return reply.text.replace(wish, "") if reply.status_code == 200 else None
