"""The answers of a round with very many bids as a workbook: made by the worker, kept for a day for who asked for it."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import select

from portal.applications.answers import RoundAnswers
from portal.applications.policy import may_export_personal
from portal.core import clock, files, forgetting, jobs
from portal.core.db import db, write
from portal.core.exports import XLSX
from portal.core.files import StoredFile
from portal.core.jobs import Job
from portal.funds.models import Round
from portal.people.models import SYSTEM, User

KIND = "answers_workbook"
KEPT = clock.DAY


def ask(round_: Round, *, personal: bool, by: User) -> Job:
    return jobs.ask(KIND, by=by, round=round_.code, personal=personal)


@jobs.kind(KIND)
def make(job: Job) -> StoredFile:
    """Make it of the bids that the person who asked may see now."""
    job_id, user = job.id, db.session.get_one(User, job.by_id)
    round_ = db.session.scalars(select(Round).where(Round.code == job.wishes["round"])).one()
    answers = RoundAnswers(round_, user, personal=job.wishes["personal"] and may_export_personal(user))
    name, steps, by_id = f"{round_.code}-answers.xlsx", answers.count_up_to(1_000_000), user.id

    def follow(rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        for number, row in enumerate(rows):
            if number % 500 == 0:
                write(jobs.note_progress, job_id, number, steps)
            yield row

    return files.put(name, answers.workbook(follow), XLSX).as_row(by_id)


def forget_made() -> None:
    """A copy of answers outlives neither their retention nor anybody's erasure: it goes a day after it was made."""
    late = select(Job).where(Job.kind == KIND, Job.file_id.is_not(None), Job.done_at < clock.now() - KEPT)
    made = []
    for job in db.session.scalars(late):
        made.append(job.file_id)
        job.file_id = None
    forgetting.forget([file_id for file_id in made if file_id is not None], by=SYSTEM)
