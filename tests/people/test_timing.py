"""Neither the hash nor what surrounds it tells by its time whether an account exists, is locked, or has a passkey alone."""

import gc
import os
import statistics
import time

import pytest

from portal.core.clock import DAY
from portal.core.db import db, write
from portal.people import attempts
from portal.people.models import Attempts
from tests.cast import ADA, BEN, CLEO, PASSWORD, user_of
from tests.databases import address, make_app, use
from tests.people.conftest import TOKEN

LONG = bool(os.environ.get("LONG"))
TRIES = 200 if LONG else 7
CHEAPER = {"argon2__rounds": 10, "argon2__memory_cost": 16384, "argon2__parallelism": 1}
FULL = {"argon2__rounds": 3, "argon2__memory_cost": 65536, "argon2__parallelism": 4}  # as in production
KINDS = {"unknown": "nobody{}@example.org", "wrong": ADA.email, "locked": BEN.email, "without a password": CLEO.email}


@pytest.fixture
def client(app):
    """A browser before a portal that hashes as slowly as the real one."""
    slow = make_app(address(), "slow", sign_ins_per_address=10_000)
    security = slow.extensions["security"]
    security.pwd_context = security.pwd_context.copy(**(FULL if LONG else CHEAPER))
    hashed = security.pwd_context.hash(PASSWORD)
    for who, password in ((ADA, hashed), (BEN, hashed), (CLEO, None)):
        write(lambda who=who, password=password: setattr(user_of(who), "password", password))
    engine = use(slow, address())
    yield slow.test_client()
    engine.dispose()


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_unknown_wrong_and_locked_take_the_same_time(app, client, monkeypatch):
    """Medians within a tenth; of few tries the quickest, and of the processor's time, because other tests share the machine."""
    token = TOKEN.search(client.get("/sign-in").text)[1]
    monkeypatch.setitem(attempts.LIMITS, "password", ((10, DAY),))

    def seconds(email):
        begun = time.process_time()
        client.post("/sign-in", data={"email": email, "password": "not the password", "csrf_token": token})
        return time.process_time() - begun

    def unlock(*who):
        keys = [attempts.key_of("password", each.email) for each in who]
        write(lambda: db.session.execute(Attempts.__table__.delete().where(Attempts.key.in_(keys))))

    gc.collect()
    gc.freeze()  # else sweeping up after other tests may fall on one kind more than on another
    for _ in range(11):
        write(attempts.allowed, "password", BEN.email)
    took = {kind: [] for kind in KINDS}
    for number in range(TRIES + 1):
        unlock(ADA, CLEO)
        for kind, email in KINDS.items():
            took[kind].append(seconds(email.format(number)))
    middle = statistics.median if LONG else min
    medians = {kind: middle(times[1:]) for kind, times in took.items()}
    print(f"{TRIES} tries each: " + ", ".join(f"{kind} {median * 1000:.1f} ms" for kind, median in medians.items()))
    assert max(medians.values()) < 1.1 * min(medians.values()), medians
