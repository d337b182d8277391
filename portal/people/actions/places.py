"""Areas read from a file, all of them or none: wards and what they lie in, with the days between which they exist."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO

from sqlalchemy import select

from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.core.forms import clean
from portal.core.problems import Incomplete, Refused
from portal.people.models import Area, System, User
from portal.people.words import AreaKind

COLUMNS = ("code", "name", "kind", "within", "from", "to")
MOST_ROWS = 5000
MOST_FAULTS = 50
Fault = tuple[int, str]  # a line, and what is wrong with it


@dataclass(frozen=True)
class Row:
    """One line of the file, as far as it can be read by itself."""

    line: int
    code: str
    name: str
    kind: str
    within: str
    from_on: date | None
    to_on: date | None


def import_areas(content: bytes, *, by: User | System) -> tuple[int, int]:
    """How many areas are new and how many have changed. Any fault refuses the whole file, each named with its line."""
    rows, faults = read(content)
    known = {area.code: area for area in db.session.scalars(select(Area))}
    codes = {row.code for row in rows}
    faults += [(row.line, f"{row.within} is no area that we know or that the file brings: check “within”")
               for row in rows if row.within and row.within not in known and row.within not in codes]  # fmt: skip
    faults += [(row.line, "an area cannot lie within itself") for row in rows if row.within == row.code]
    if faults:
        raise Incomplete([(f"Line {line}: {fault}", "#file") for line, fault in sorted(faults)[:MOST_FAULTS]])
    added, changed = write_down(rows, known)
    record("area.import", known[rows[0].code], by=by, readers=OFFICE, added=added, changed=changed)
    return added, changed


def write_down(rows: list[Row], known: dict[str, Area]) -> tuple[int, int]:
    new, changed = {row.code for row in rows} - set(known), 0
    for row in rows:
        if row.code in new:
            known[row.code] = Area(code=row.code, name=row.name, kind=row.kind)
            db.session.add(known[row.code])
    db.session.flush()
    for row in rows:
        area, within = known[row.code], known[row.within].id if row.within else None
        facts = {"name": row.name, "kind": row.kind, "within_id": within, "from_on": row.from_on, "to_on": row.to_on}
        differing = {name: value for name, value in facts.items() if getattr(area, name) != value}
        changed += bool(differing) and row.code not in new
        for name, value in differing.items():
            setattr(area, name, value)
    return len(new), changed


def read(content: bytes) -> tuple[list[Row], list[Fault]]:
    """The rows that can be read, and what is wrong with the others."""
    rows: list[Row] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for line, fields in lines_of(content):
        if len(rows) + len(faults) >= MOST_ROWS:
            raise Refused(f"The file has more than {MOST_ROWS:,} lines. Split it.", "file")
        try:
            row = read_row(line, fields)
            if row.code in seen:
                raise ValueError(f"{row.code} stands on line {seen[row.code]} already")
        except ValueError as fault:
            faults.append((line, str(fault)))
        else:
            seen[row.code] = line
            rows.append(row)
    if not rows and not faults:
        raise Refused("The file has no areas under its first line.", "file")
    return rows, faults


def lines_of(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line with its number and its cells by column. Refuses what is no such file."""
    try:
        reader = csv.DictReader(StringIO(content.decode("utf-8-sig")))
        if missing := [name for name in COLUMNS[:3] if name not in (reader.fieldnames or [])]:
            raise Refused(f"The first line must name the columns {', '.join(COLUMNS)}. Missing: {', '.join(missing)}.", "file")
        for fields in reader:
            yield reader.line_num, {name: clean(fields.get(name) or "") for name in COLUMNS}
    except UnicodeDecodeError:
        raise Refused("The file is not in UTF-8. In a spreadsheet, save it as “CSV UTF-8”.", "file") from None
    except csv.Error:
        raise Refused("The file cannot be read as CSV: a quotation mark may be missing.", "file") from None


def read_row(line: int, fields: dict[str, str]) -> Row:
    """Raises ValueError with what to mend."""
    if not re.fullmatch(r"[A-Z]\d{8}", fields["code"], re.ASCII):
        raise ValueError(f"“{fields['code']}” is no code of the ONS: enter a letter and 8 figures, like E05012345")
    if not 0 < len(fields["name"]) <= 200:
        raise ValueError("enter a name of 200 characters or fewer")
    if fields["kind"] not in list(AreaKind):
        raise ValueError(f"“{fields['kind']}” is no kind of area: enter {', '.join(AreaKind)}")
    from_on, to_on = read_date(fields["from"]), read_date(fields["to"])
    if from_on and to_on and to_on < from_on:
        raise ValueError("it ends before it begins: check “from” and “to”")
    return Row(line, fields["code"], fields["name"], fields["kind"], fields["within"], from_on, to_on)


def read_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(f"“{text}” is no day: write it like 2027-05-06") from None
