"""The world of the machine: a few complete drafts, and two people who may both score and decide."""

from collections.abc import Callable
from contextlib import ExitStack

from sqlalchemy import select, update

from portal.awards.models import Award
from portal.core import clock
from portal.core.db import db, write
from portal.demonstration import acts
from portal.demonstration.cast import ADA, CLEO, DANA, HAL, ISLA, SINCE, UMA, user_of
from portal.demonstration.reference import load_reference
from portal.funds.models import Budget
from portal.people.models import Appointment, OfficeRole
from tests.databases import NOW, Template, World

LEADS = (ADA, CLEO, ISLA, HAL)
ASKED = 140_000  # pence of each bid
LEFT = 400_000  # of the budget: not enough for all


def load() -> None:
    load_reference()
    write(appoint)
    for lead in LEADS:
        acts.a_complete_draft(lead, pence=ASKED)
    write(leave_little)


def appoint() -> None:
    """Dana may also assess and Uma also decide: separation must hold case by case."""
    db.session.add(Appointment(user_id=user_of(DANA).id, role=OfficeRole.ASSESSOR, from_on=SINCE))
    db.session.add(Appointment(user_id=user_of(UMA).id, role=OfficeRole.DECISION_MAKER, from_on=SINCE))


def leave_little() -> None:
    spent = select(Award.id).where(Award.is_history.is_(False))
    assert db.session.scalar(spent) is None
    db.session.execute(update(Budget).values(pence=LEFT, over_programming_pence=0))


DRAFTS = Template("life", load)


class Stage:
    """Where one life is played: a database of its own, and a clock that stands until it is moved."""

    worlds: dict[str, World] = {}

    def __init__(self, kind: str) -> None:
        if kind not in self.worlds:
            self.worlds[kind] = World(kind, DRAFTS)
        self.exits = ExitStack()
        self.exits.enter_context(self.worlds[kind].fresh())
        self.now = NOW
        self.holding = ExitStack()
        self.holding.enter_context(clock.hold(self.now))

    def pass_time(self, later: Callable[[], object]) -> None:
        self.holding.close()
        self.now += later()  # type: ignore[operator]
        self.holding.enter_context(clock.hold(self.now))

    def end(self) -> None:
        self.holding.close()
        db.session.remove()
        self.exits.close()
