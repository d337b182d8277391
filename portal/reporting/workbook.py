"""The finance report as a workbook: at once where it is short, else as a job with progress."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from portal.core import files, jobs
from portal.core.db import db, write
from portal.core.exports import XLSX, Pounds, headings, table, workbook
from portal.core.files import StoredFile
from portal.core.jobs import Job
from portal.people.models import User
from portal.reporting.finance.lists import FinanceList
from portal.reporting.finance.sums import WAYS, Sum, summary, total

NAME = "finance-report.xlsx"
KIND = "finance_workbook"
SUM_HEADINGS = ["", "Grants", "Awarded", "Reported spend", "Spend not published", "Remaining"]
Rows = Iterator[Sequence[Any]]


def content(listing: FinanceList, follow: Callable[[Rows], Rows] = lambda rows: rows) -> bytes:
    """All sheets from one view of the data: the lines, a summary each, and what was chosen."""
    with Session(db.engine) as session:
        if db.engine.dialect.name == "postgresql":  # SQLite's transactions see one moment anyway
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        whole = total(listing, session)
        sheets: dict[str, tuple[list[str], Rows]] = {
            "Grants": (headings(listing), follow(table(listing, session))),
        }
        for way in WAYS:
            sheets[way.title] = (SUM_HEADINGS, summed([*summary(listing, way, session).lines, whole]))
        sheets["What was chosen"] = (["Filter", "Choice"], chosen(listing))
        return workbook(sheets)


def summed(lines: list[Sum]) -> Rows:
    for line in lines:
        pence = (line.awarded_pence, line.spent_pence, line.untold_pence, line.remaining_pence)
        yield [line.name, line.grants, *map(Pounds, pence)]


def chosen(listing: FinanceList) -> Rows:
    yield ["Search", listing.q or "Nothing"]
    for choice in listing.choices:
        yield [choice.label, dict(choice.options)[choice.value]]


def ask(wishes: dict[str, str], *, by: User) -> Job:
    """Have it made by the worker."""
    return jobs.ask(KIND, by=by, **wishes)


@jobs.kind(KIND)
def make(job: Job) -> StoredFile:
    """Make it as the person who asked would see it now."""
    job_id, by_id = job.id, job.by_id
    listing = FinanceList(MultiDict(job.wishes), db.session.get_one(User, by_id))
    steps = listing.count_up_to(1_000_000)

    def follow(rows: Rows) -> Rows:
        for number, row in enumerate(rows):
            if number % 4000 == 0:
                write(jobs.note_progress, job_id, number, steps)
            yield row

    return files.put(NAME, content(listing, follow), XLSX).as_row(by_id)


def job_by_id(user: User | None, job_id: int) -> Job | None:
    """One's own jobs only."""
    return None if user is None else db.session.scalar(select(Job).where(Job.id == job_id, Job.by_id == user.id))


def may_read_file(user: User, file_id: int) -> bool:
    """What a job made is read by the person who asked for it."""
    return db.session.scalar(select(Job.id).where(Job.file_id == file_id, Job.by_id == user.id).limit(1)) is not None
