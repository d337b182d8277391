"""Deciding a bid and publishing the notice. The decision, its commitment and the offer are one write."""

from contextlib import suppress

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.applications.models import Application
from portal.applications.workflow import LIFE as BID
from portal.awards import letters, lists, terms
from portal.awards.actions.offering import commit_money, offer
from portal.awards.models import Award, Decision, DecisionYear, Outcome
from portal.awards.workflow import NOTICE
from portal.core import clock
from portal.core.audit import OFFICE, record
from portal.core.constraints import explain
from portal.core.db import db, hold
from portal.core.problems import NotNow, Refused
from portal.people.actions import involve
from portal.people.models import Capacity, User

explain(one_standing_decision="Somebody else has decided this bid at the same moment. Look at their decision.")


def decide(
    application: Application, outcome: Outcome, pence: int, *, budget_id: int | None, reasons: str, conditions: str = "",
    not_funded: str = "", feedback: str = "", interests: str, by: User,
) -> Decision:  # fmt: skip
    """Decide a bid: in full, in part, or not. Refused without reasons, beyond what was asked, or beyond the fund's budget."""
    hold(application)
    step = "decline" if outcome is Outcome.DECLINE else "award"
    if sentence := BID.may(step).why_not_now(application):
        raise NotNow(sentence)
    wrong = terms.problems(application, outcome, pence, budget_id, reasons, not_funded, feedback, interests)
    if wrong:
        raise Refused(*wrong[0])
    involve(by, application.ref, Capacity.DECIDER)
    decision = Decision(
        outcome=outcome, awarded_pence=pence, reasons=reasons, conditions=conditions, not_funded=not_funded,
        feedback=feedback, interests=interests, requested_pence=application.requested_pence or 0, application=application,
        legal_basis=application.round.fund.legal_basis, decided_by_id=by.id, decided_at=clock.now(),
    )  # fmt: skip
    award = offer(application, decision, budget_id) if budget_id is not None and decision.is_award else None
    letters.tell_outcome(decision, award)
    supersede_earlier(decision, by=by)
    enter(decision, award, by=by)
    BID.advance(application, step, by=by, awarded_pence=pence, reasons=reasons)
    application.changed_at = clock.now()
    return decision


def supersede_earlier(decision: Decision, *, by: User) -> None:
    """A decision that stood on the bid before is superseded by this one."""
    if (before := lists.decision_on(decision.application)) is not None:
        NOTICE.advance(before, "supersede", by=by)
        decision.replaces_id = before.id
        db.session.flush()


def enter(decision: Decision, award: Award | None, *, by: User) -> None:
    """Commit the money and give the number. All that others wait for is locked here, after everything slow, until the commit."""
    if award is not None:
        commit_money(award)
    decision.ref = next_number()
    db.session.add_all([decision] if award is None else [decision, award])
    db.session.flush()
    NOTICE.advance(decision, "approve", by=by, outcome=decision.outcome.value, awarded_pence=decision.awarded_pence)
    if award is None:
        letters.tell_publisher(decision)


def next_number() -> str:
    """The next decision of the calendar year, such as D2026-0007. The year is locked: none is given twice or left out."""
    year = clock.today().year
    register = locked_year(year)
    register.last_number += 1
    return f"D{year}-{register.last_number:04d}"


def locked_year(year: int) -> DecisionYear:
    wanted = select(DecisionYear).where(DecisionYear.year == year).with_for_update()
    found = db.session.scalar(wanted.execution_options(populate_existing=True))
    if found is not None:
        return found
    with suppress(IntegrityError), db.session.begin_nested():  # two decisions may begin the year at once
        db.session.add(DecisionYear(year=year, last_number=0))
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def stand_aside(application: Application, interest: str, *, by: User) -> None:
    """Say that one has an interest in a bid: another decision-maker must decide it. Too late once it is decided."""
    hold(application)
    if sentence := BID.may("decline").why_not_now(application):
        raise NotNow(sentence)
    if not interest:
        raise Refused("Say what your interest is, in a few words", "interest")
    involve(by, application.ref, Capacity.CONFLICTED)
    record("decision.stand_aside", application, by=by, readers=OFFICE, interest=interest)
    letters.tell_stood_aside(application)


def publish(decision: Decision, *, by: User) -> None:
    """Publish the notice. An offer is announced only once it has been answered."""
    hold(decision)
    if (sentence := lists.why_not_public(lists.award_of(decision))) is not None:
        raise NotNow(sentence)
    NOTICE.advance(decision, "publish", by=by)
