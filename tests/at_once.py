"""Several people at the same moment: each verb in a thread and on a connection of its own."""

import contextvars
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask

from portal.core.db import db
from portal.core.problems import Problem


def at_once(app: Flask, verbs: Sequence[Callable[[], Any]]) -> list[Any]:
    """What came of each: what it returned, or the problem that it met."""
    start = threading.Barrier(len(verbs))
    db.session.rollback()

    def one(verb: Callable[[], Any]) -> Any:
        with app.app_context():
            start.wait(20)
            try:
                return verb()
            except Problem as problem:
                return problem

    with ThreadPoolExecutor(len(verbs)) as pool:
        waiting = [pool.submit(contextvars.copy_context().run, one, verb) for verb in verbs]
        found = [each.result(60) for each in waiting]
    db.session.rollback()
    return found
