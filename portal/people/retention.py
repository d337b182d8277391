"""How long names are kept, and the carrying out of every rule that a package has registered."""

import logging
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Select, delete, func, or_, select

from portal.core import clock, jobs
from portal.core.audit import OFFICE, record
from portal.core.db import db, write
from portal.core.holders import RULES, Due, Rule
from portal.core.jobs import Job
from portal.core.problems import Problem
from portal.people.actions.erasing import erase, plan_erasure
from portal.people.models import SYSTEM, Appointment, Membership, SignIn, User

KIND = "retention"
log = logging.getLogger(__name__)


def years(count: int) -> str:
    return f"{count} year{'s' if count > 1 else ''}"


def years_kept() -> int:
    return int(current_app.extensions["settings"].keep_account_years)


def running_since(day: date) -> list[Any]:
    """The numbers of those who had a role or a right on that day or after it."""
    return [select(kind.user_id).where(or_(kind.to_on.is_(None), kind.to_on >= day)) for kind in (Appointment, Membership)]


def overdue() -> Select[Any]:
    """Those whose last role or right ended so long ago."""
    before = clock.add_months(clock.today(), -12 * years_kept())
    found = select(User).where(User.erased_at.is_(None), *(User.id.not_in(held) for held in running_since(before)))
    return found.where(or_(User.appointments.any(), User.memberships.any()))


def due() -> Sequence[Due]:
    """Each with the last day of the last role."""
    found = db.session.scalars(overdue().order_by(User.id))
    return [
        Due(person.id, person.name, max(held.to_on for held in (*person.appointments, *person.memberships) if held.to_on),
            "name, contact, sign-ins, letters, and the name in texts", "that somebody did it, days of roles, decisions")
        for person in found
    ]  # fmt: skip


def carry_out(person_id: int, *, by: Any) -> None:
    if (person := db.session.scalar(overdue().where(User.id == person_id))) is not None:
        write(erase, person, plan_erasure(person), f"Kept for {years_kept()} years, as the rule says", by=by)


def old_sign_ins() -> ColumnElement[bool]:
    years = current_app.extensions["settings"].keep_sign_in_years
    return SignIn.seen_at < clock.london(clock.add_months(clock.today(), -12 * years))


def sign_ins_due() -> Sequence[Due]:
    """All of them as one thing."""
    count, first = db.session.execute(select(func.count(), func.min(SignIn.seen_at)).where(old_sign_ins())).one()
    return [Due(0, f"Sign-ins: {count}", clock.day_of(first), "browser, first and last use", "nothing")] if count else []


def forget_sign_ins(_number: int, *, by: Any) -> None:
    write(lambda: db.session.execute(delete(SignIn).where(old_sign_ins())))


RULE = Rule("People without a role", lambda: f"{years(years_kept())} after their last role or right ended", due, carry_out)
SIGN_INS = Rule("Sign-ins", lambda: f"{years(current_app.extensions['settings'].keep_sign_in_years)} after they were last used",
                sign_ins_due, forget_sign_ins)  # fmt: skip


def all_due() -> Iterator[tuple[str, Rule, Sequence[Due]]]:
    """Every rule with what it would take today: the dry run."""
    for name, rule in RULES.items():
        yield name, rule, rule.due()


def ask(*, by: Any) -> Job:
    """Have it carried out by the worker: it may be much."""
    job = jobs.ask(KIND, by=by)
    record("retention.carry_out", job, by=by, readers=OFFICE)
    return job


@jobs.kind(KIND)
def run(job: Job) -> None:
    """Carry out every rule, each thing in a write of its own; one that cannot go now stays due."""
    by_id = job.by_id
    for _, rule, found in list(all_due()):
        for each in found:
            try:
                rule.carry_out(each.id, by=actor(by_id))
            except Problem as why:
                log.warning("%s is still due", rule.title, extra={"facts": {"id": each.id, "problem": type(why).__name__}})


def actor(by_id: int | None) -> Any:
    return SYSTEM if by_id is None else db.session.get_one(User, by_id)
