"""A machine that lets anybody try anything at any time, from draft to closed, and looks after each step whether all holds."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from portal.applications import actions as applying
from portal.applications.models import Application
from portal.assessment import actions as assessing
from portal.assessment.models import Assignment
from portal.awards import actions as awarding
from portal.awards.models import Award, Decision, Outcome
from portal.awards.workflow import LIFE as AWARD
from portal.core.db import db, write
from portal.core.problems import Problem
from portal.demonstration import acts
from portal.demonstration.cast import (
    ADA,
    ALEX,
    BEN,
    CLEO,
    DANA,
    FINN,
    GUS,
    MONA,
    NED,
    OMAR,
    PRIYA,
    TESS,
    UMA,
    VIC,
    Person,
    user_of,
)
from portal.funds.models import Budget
from portal.monitoring.models import Return
from tests.life import invariants, onward
from tests.life.world import ASKED, Stage

anybody = st.sampled_from([ADA, BEN, CLEO, GUS, NED, OMAR, PRIYA, TESS, UMA, VIC, DANA, FINN, MONA, ALEX])
officers = st.sampled_from([OMAR, OMAR, PRIYA])
deciders = st.sampled_from([DANA, UMA, OMAR])
assessors = st.sampled_from([TESS, UMA, VIC, DANA])
which = st.integers(0, 7)
amounts = st.sampled_from([0, 1, ASKED // 2, ASKED - 1, ASKED, ASKED + 1])
WORDS = {"reasons": "It helps.", "interests": "None.", "not_funded": "The rest.", "feedback": "Say more."}


class Life(RuleBasedStateMachine):
    """Each rule is one write, refused or not. What a refusal leaves behind is looked at too."""

    kind: ClassVar[str] = "sqlite"
    steps: ClassVar[int] = 0
    done: ClassVar[dict[str, int]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage(self.kind)
        self.before = invariants.stages()

    def teardown(self) -> None:
        try:
            invariants.check_history()
        finally:
            self.stage.end()

    @invariant()
    def all_holds(self) -> None:
        type(self).steps += 1
        self.before = invariants.check_all(self.before)

    def attempt(self, act: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """Do it; a refusal is as good as success."""
        try:
            act(*args, **kwargs)
        except Problem:
            return
        finally:
            db.session.rollback()
        name = f"{act.__module__.rsplit('.', 1)[-1]}.{act.__name__}"
        self.done[name] = self.done.get(name, 0) + 1

    def on(self, model: Any, number: int, act: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
        """The same to one of those there are."""
        found: Sequence[Any] = db.session.scalars(select(model).order_by(model.id)).all()
        if found:
            self.attempt(act, found[number % len(found)], *args, **kwargs)

    # What would come next: two lives begin somewhere on their way, and go on

    @initialize(first=st.integers(0, 24), second=st.integers(0, 18))
    def have_come_so_far(self, first: int, second: int) -> None:
        for number, steps in enumerate((first, second)):
            for _ in range(steps):
                self.go_on(number)
                self.all_holds()

    @rule(number=which)
    def go_on(self, number: int) -> None:
        self.on(Application, number, onward.go_on)

    # The applicant

    @rule(number=which, who=anybody)
    def submit(self, number: int, who: Person) -> None:
        self.on(Application, number, acts.submit, by=who)

    @rule(number=which)
    def submit_as_lead(self, number: int) -> None:
        self.on(Application, number, acts.submit)

    @rule(number=which, text=st.sampled_from(["Fly-tipping", "Bikes", ""]))
    def write_title(self, number: int, text: str) -> None:
        self.on(Application, number, save_title, text)

    @rule(number=which, rare=st.integers(0, 5))
    def withdraw(self, number: int, rare: int) -> None:
        if rare == 0:
            self.on(Application, number, acts.withdraw)

    # The office, and those who score

    @rule(number=which, who=officers)
    def admit(self, number: int, who: Person) -> None:
        self.on(Application, number, acts.admit, by=who)

    @rule(number=which, who=anybody, what=st.sampled_from([acts.ask, acts.refuse_entry, acts.admit, acts.begin_moderation]))
    def meddle(self, number: int, who: Person, what: Callable[..., Any]) -> None:
        self.on(Application, number, what, by=who)

    @rule(number=which)
    def reinstate(self, number: int) -> None:
        self.on(Application, number, lambda bid: write(assessing.reinstate, bid, "Looked at again.", by=user_of(PRIYA)))

    @rule(number=which, who=assessors)
    def assign(self, number: int, who: Person) -> None:
        self.on(Application, number, acts.assign, who)

    @rule(number=which, interest=st.sampled_from(["", "", "", "My sister works there."]))
    def declare(self, number: int, interest: str) -> None:
        self.on(Assignment, number, acts.declare, interest)

    @rule(number=which, points=st.integers(0, 5), hand_in=st.booleans())
    def score(self, number: int, points: int, hand_in: bool) -> None:
        self.on(Assignment, number, acts.score, points, hand_in or points > 2)

    @rule(number=which)
    def send_back(self, number: int) -> None:
        self.on(Assignment, number, lambda one: write(assessing.send_back, one, "Look again.", by=user_of(OMAR)))

    @rule(number=which, points=st.sampled_from([None, 3]))
    def moderate(self, number: int, points: int | None) -> None:
        self.on(Application, number, acts.moderate, points)

    @rule(number=which, pence=amounts)
    def recommend(self, number: int, pence: int) -> None:
        self.on(Application, number, acts.recommend, pence)

    # Who decides

    @rule(number=which, who=deciders, outcome=st.sampled_from([*Outcome, Outcome.AWARD]), pence=amounts)
    def decide(self, number: int, who: Person, outcome: Outcome, pence: int) -> None:
        budgets = db.session.scalars(select(Budget.id).order_by(Budget.id)).all()
        self.on(Application, number, decide, who, outcome, pence, budgets)

    @rule(number=which, who=st.sampled_from([DANA, UMA]), rare=st.integers(0, 5))
    def stand_aside(self, number: int, who: Person, rare: int) -> None:
        if rare == 0:
            self.on(Application, number, lambda bid: write(awarding.stand_aside, bid, "A friend.", by=user_of(who)))

    @rule(number=which, who=st.sampled_from([MONA, OMAR]))
    def publish(self, number: int, who: Person) -> None:
        self.on(Decision, number, acts.publish, by=who)

    # The grant

    @rule(number=which)
    def accept(self, number: int) -> None:
        self.on(Award, number, acts.accept)

    @rule(number=which, who=anybody, what=st.sampled_from([acts.accept, acts.decline_offer, acts.go_live]))
    def meddle_with_grant(self, number: int, who: Person, what: Callable[..., Any]) -> None:
        self.on(Award, number, what, by=who)

    @rule(number=which, name=st.sampled_from(["suspend", "resume", "begin_close", "close", "set_up", "go_live"]), who=officers)
    def move_grant(self, number: int, name: str, who: Person) -> None:
        self.on(Award, number, lambda award: write(AWARD.advance, award, name, by=user_of(who)))

    @rule(number=which, what=st.sampled_from([acts.start_return, acts.fill_return, acts.file_return, acts.accept_return]))
    def report(self, number: int, what: Callable[..., Any]) -> None:
        self.on(Return, number, what)

    @rule(days=st.sampled_from([1, 7, 30]))
    def pass_time(self, days: int) -> None:
        self.stage.pass_time(lambda: timedelta(days=days))
        self.attempt(write, awarding.lapse_overdue)


def save_title(bid: Application, text: str) -> None:
    from portal.applications.lists import sheet_of

    question = sheet_of(bid).by_code["title"]
    write(applying.save_answer, bid, question.id, 0, [text], edition=None, by=acts.bids.its_lead(bid))  # type: ignore[attr-defined]


def decide(bid: Application, who: Person, outcome: Outcome, pence: int, budgets: Sequence[int]) -> None:
    budget, pence = (None, 0) if outcome is Outcome.DECLINE else (budgets[0], pence)
    write(awarding.decide, bid, outcome, pence, budget_id=budget, by=user_of(who), **WORDS)
