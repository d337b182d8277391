"""How often something may be tried, counted in the database: it holds for all workers, with Redis and without."""

import hmac
from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import delete, func, select

from portal.core import clock, jobs
from portal.core.audit import OFFICE, record
from portal.core.clock import DAY, MINUTE
from portal.core.db import db, write
from portal.people.models import SYSTEM, Attempts, User

Limit = tuple[int, timedelta]
LIMITS: dict[str, tuple[Limit, ...]] = {  # what → how often in which time, for one account; the longest time last
    "password": ((10, 5 * MINUTE), (100, DAY)),
    "second factor": ((5, 5 * MINUTE), (50, DAY)),
    "reset": ((5, DAY),),
    "account": ((5, DAY),),
    "work account": ((1, DAY),),  # what the office's sign-in service has signed counts once
    "alerts": ((5, DAY),),
    "copied passkey": ((1, DAY),),  # letters about it
    "cap": ((1, DAY),),  # lines in the history about it
}


TOLD = ("password", "second factor")  # of these the last try of a day is written down
CAP = "attempts_cap"


def allowed(what: str, about: str) -> bool:
    """Count one more try. False, and not counted, when there were too many: the limit ends by itself."""
    key, now = key_of(what, about), clock.now()
    row = db.session.scalar(select(Attempts).where(Attempts.key == key).with_for_update())
    if row is None:
        row = Attempts(key=key, times=[], last_at=now)
        db.session.add(row)
    recent = [time for time in row.times if is_within(time, now, LIMITS[what][-1][1])]
    if any(sum(is_within(time, now, within) for time in recent) >= most for most, within in LIMITS[what]):
        return False
    row.times, row.last_at = [*recent, now.isoformat()], now
    if what in TOLD and len(row.times) == LIMITS[what][-1][0]:
        jobs.ask(CAP, by=SYSTEM, what=what, email=about)  # whether there is such an account, the worker finds out
    return True


@jobs.kind(CAP)
def tell_cap(job: jobs.Job) -> None:
    """Write down that no more tries are taken today, where the account exists."""
    write(note_cap, job.wishes["what"], job.wishes["email"])


def note_cap(what: str, email: str) -> None:
    user = db.session.scalar(select(User).where(func.lower(User.email) == email.lower()))
    if user is not None and allowed("cap", f"{what} {email}"):
        record("account.cap", user, by=SYSTEM, readers=OFFICE, what=what, tries=LIMITS[what][-1][0])


def is_within(time: str, now: datetime, within: timedelta) -> bool:
    return now - datetime.fromisoformat(time) < within


def forget_old() -> None:
    """Drop what no limit asks about any more."""
    db.session.execute(delete(Attempts).where(Attempts.last_at < clock.now() - DAY))


def key_of(what: str, about: str) -> str:
    secret = current_app.extensions["settings"].secret_key.encode()
    return hmac.digest(secret, f"{what}:{about.lower()}".encode("utf-8", "ignore"), "sha256").hex()
