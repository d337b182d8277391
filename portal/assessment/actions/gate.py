"""Verbs of the gate: checking, passing on, asking the applicant, refusing and taking a refusal back."""

from collections.abc import Mapping, Sequence

from portal.applications import actions as applications
from portal.applications.models import Application
from portal.applications.models import Stage as BidStage
from portal.applications.workflow import LIFE as BID
from portal.assessment import gate, lists
from portal.assessment.actions.locks import hold, note_change
from portal.assessment.models import GateResult
from portal.core import clock, outbox
from portal.core.db import db
from portal.core.problems import Incomplete, NotNow, Refused
from portal.funds.models import GateCheck
from portal.people.lists import members_of
from portal.people.models import Right, User

LONGEST = 1_000  # characters of a note
Answers = Mapping[int, tuple[bool, str]]  # check id → passed, note


def gate_problems(application: Application, answers: Answers, *, needs_all: bool) -> list[tuple[str, str]]:
    """What is wrong with an officer's answers, each with the address of its field. A refusal needs no more than what fails."""
    problems = [problem_of(found, answers.get(found.check.id), needs_all) for found in gate.findings(application)]
    return [problem for problem in problems if problem]


def check_gate(application: Application, answers: Answers, *, needs_all: bool, by: User) -> list[GateResult]:
    """Keep what the officer found. Refused unless every check is answered, and each overruled one has a note."""
    if problems := gate_problems(application, answers, needs_all=needs_all):
        raise Incomplete(problems)
    return keep_gate(application, answers, by=by)


def problem_of(found: gate.Finding, answer: tuple[bool, str] | None, is_needed: bool) -> tuple[str, str] | None:
    check = found.check
    if answer is None:
        return (f"Say whether this holds: {check.label}", f"#check-{check.id}") if is_needed else None
    passed, note = answer
    if not note and found.is_overruled_by(passed):
        return f"Say why you see this differently from what the portal found: {check.label}", f"#note-{check.id}"
    if len(note) > LONGEST:
        return f"Use {LONGEST:,} characters or fewer: {check.label}", f"#note-{check.id}"
    return None


def keep_gate(application: Application, answers: Answers, *, by: User) -> list[GateResult]:
    """Keep what is checked so far, complete or not, so that nothing is checked twice."""
    hold(application)
    if application.stage is not BidStage.SUBMITTED:
        raise NotNow(f"{application} is {application.stage.label.lower()}: the gate is closed.")
    known = {result.check_id: result for result in lists.gate_results(application)}
    results = []
    for check in application.round.gate_checks:
        if check.id in answers:
            result = known.get(check.id) or GateResult(application_id=application.id, check_id=check.id)
            result.passed, result.note = answers[check.id]
            result.by_id, result.at = by.id, clock.now()
            db.session.add(result)
            results.append(result)
    return results


def admit(application: Application, answers: Answers, *, by: User) -> None:
    """Confirm the gate and pass the bid to assessment. Refused while a check fails."""
    results = check_gate(application, answers, needs_all=True, by=by)
    if failed := failed_checks(application, results):
        raise Refused(f"This fails, so the bid cannot go to assessors: {failed[0].label}", f"check-{failed[0].id}")
    BID.advance(application, "admit", by=by)
    note_change(application)


def failed_checks(application: Application, results: Sequence[GateResult]) -> list[GateCheck]:
    failed = {result.check_id for result in results if not result.passed}
    return [check for check in application.round.gate_checks if check.id in failed]


def refuse_entry(application: Application, answers: Answers, explanation: str = "", *, by: User) -> None:
    """Refuse at the gate: the applicant reads the reason of every check that fails, and what is explained to them.

    Notes on the checks stay with the office.
    """
    failed = failed_checks(application, check_gate(application, answers, needs_all=False, by=by))
    if not failed:
        raise Refused("Every check passes: there is no reason to refuse this bid.")
    reasons = [check.refusal for check in failed] + ([explanation] if explanation else [])
    BID.advance(application, "refuse_entry", by=by, reasons=reasons)
    note_change(application)
    outbox.send("assessment/ineligible", to=members_of(application.organisation_id, Right.LEAD), case=application.ref,
                application=application, reasons=reasons)  # fmt: skip


def ask(application: Application, reason: str, section_codes: list[str], *, by: User) -> None:
    """Send named sections back to the applicant. Assessors who have begun are told to wait by the stage."""
    hold(application)
    applications.ask(application, reason, section_codes, by=by)


def reinstate(application: Application, reason: str, *, by: User) -> None:
    """Take back a refusal or a decline, with the reason. The bid comes to the gate again."""
    hold(application)
    if not reason:
        raise Refused("Say why the application is reinstated", "reason")
    BID.advance(application, "reinstate", by=by, reason=reason)
    application.agreed_permille, application.clock_used_days = None, 0
    note_change(application)
    outbox.send("assessment/reinstated", to=members_of(application.organisation_id, Right.LEAD), case=application.ref,
                application=application, reason=reason)  # fmt: skip
