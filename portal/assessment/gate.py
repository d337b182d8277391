"""What the portal can say by itself about each check of the gate. The officer confirms or overrules."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import exists, func, or_, select

from portal.applications.around import cap_for
from portal.applications.lines import writer_of
from portal.applications.lists import sheet_of
from portal.applications.models import Application, ApplicationObjective, Snapshot, Stage
from portal.core import clock, money
from portal.core.db import db
from portal.funds.models import GateCheck
from portal.people.lists import standing_now
from portal.people.models import OrganisationKind
from portal.questions.sheet import Sheet

ENDED = (Stage.DECLINED, Stage.WITHDRAWN, Stage.LAPSED, Stage.INELIGIBLE)


@dataclass(frozen=True)
class Finding:
    """A check with what was found: True, False, or None where a person must look."""

    check: GateCheck
    passed: bool | None
    evidence: str

    def is_overruled_by(self, passed: bool) -> bool:
        return self.passed is not None and passed is not self.passed


def findings(application: Application) -> list[Finding]:
    """Every check of the round with what the portal found, in the round's order."""
    sheet = sheet_of(application)
    found = []
    for check in application.round.gate_checks:
        look = LOOKS.get(check.prefill or "")
        passed, evidence = look(application, sheet) if look else (None, "Look at the application and decide.")
        found.append(Finding(check, passed, evidence))
    return found


def applicant_is_csp(application: Application, sheet: Sheet) -> tuple[bool, str]:
    return (
        application.organisation.kind is OrganisationKind.CSP,
        f"{application.organisation} is registered here as: {application.organisation.kind.label}.",
    )


def accountable_body_legal(application: Application, sheet: Sheet) -> tuple[bool, str]:
    body = application.accountable_body
    return (
        body is not None and body.has_legal_form,
        f"{body} ({body.kind.label.lower()})." if body else "None is named.",
    )


def within_cap(application: Application, sheet: Sheet) -> tuple[bool, str]:
    cap, asked = cap_for(application), application.requested_pence or 0
    return cap is None or asked <= cap, f"{money.show(asked)} asked for; {money.show(cap) or 'no'} limit."


def within_window(application: Application, sheet: Sheet) -> tuple[bool, str]:
    """Judged by when it first came: what we asked for later may come after the round has closed."""
    round_, closes_at = application.round, application.closes_at
    at = db.session.scalar(select(func.min(Snapshot.taken_at)).where(Snapshot.application_id == application.id))
    has_opened = at is not None and round_.opens_at is not None and round_.opens_at <= at
    ok = at is not None and has_opened and (closes_at is None or at < closes_at)
    return ok, f"Received on {clock.read_moment(at)}."


def has_objective(application: Application, sheet: Sheet) -> tuple[bool, str]:
    named = db.session.scalar(select(exists().where(ApplicationObjective.application_id == application.id)))
    return bool(named), "At least one objective is named." if named else "None is named."


def within_length(application: Application, sheet: Sheet) -> tuple[bool, str]:
    start, end, months = application.starts_on, application.ends_on, application.round.longest_months
    ok = bool(start and end and (months is None or end <= clock.add_months(start, months)))
    return ok, f"{clock.read_day(start)} to {clock.read_day(end)}."


def not_retrospective(application: Application, sheet: Sheet) -> tuple[bool, str]:
    start, submitted = application.starts_on, application.submitted_at
    ok = start is not None and submitted is not None and start >= clock.day_of(submitted)
    return ok, f"Work starts on {clock.read_day(start)}."


def no_overdue_return(application: Application, sheet: Sheet) -> tuple[bool, str]:
    standing = standing_now(application.organisation_id)
    overdue = standing.overdue_returns if standing else 0
    if not overdue:
        return True, "No return is overdue."
    return False, "1 return is overdue." if overdue == 1 else f"{overdue} returns are overdue."


def documents_present(application: Application, sheet: Sheet) -> tuple[bool, str]:
    wanted = [
        question
        for question in sheet.by_code.values()
        if question.kind == "file" and question.is_required and sheet.is_shown(question)
    ]
    missing = [question.label for question in wanted if not sheet.uploads.get(question.id)]
    return not missing, "Every document asked for is there." if not missing else f"Missing: {', '.join(missing)}."


def within_area(application: Application, sheet: Sheet) -> tuple[bool | None, str]:
    asked = writer_of(sheet, "crosses_boundary")
    if asked is None:
        return None, f"The applicant works in {application.organisation.area}; its form does not ask where the work is. Look."
    if sheet.value(asked.code) == "yes":
        return None, "The applicant says that the work crosses a boundary: read why."
    return True, f"In {application.organisation.area}, says the applicant."


def nothing_excluded(application: Application, sheet: Sheet) -> tuple[None, str]:
    return None, f"This fund does not pay for: {'; '.join(application.round.fund.not_funded)}. Look at the budget."


def not_duplicate(application: Application, sheet: Sheet) -> tuple[bool | None, str]:
    """Another bid of the same applicant with the same title or the same amount is worth a look."""
    same = or_(
        func.lower(Application.title) == application.title.lower(), Application.requested_pence == application.requested_pence
    )
    others = db.session.scalars(
        select(Application)
        .where(Application.organisation_id == application.organisation_id, Application.id != application.id, same)
        .where(Application.submitted_at.is_not(None), Application.stage.not_in(ENDED))
        .order_by(Application.id)
    ).all()
    if not others:
        return True, "No other live application of this applicant has the same title or amount."
    found = "; ".join(f"{other.ref}, {other.name} ({other.stage.label.lower()})" for other in others)
    return None, f"Compare with {found}."


NAMES = {  # as officers choose them when they set up a round
    "applicant_is_csp": "The kind of applicant: a community safety partnership",
    "accountable_body_legal": "The legal form of who receives the grant",
    "within_area": "Whether the work crosses the area's boundary",
    "within_cap": "The amount, against the round's limit",
    "within_window": "When the bid came in",
    "has_objective": "Whether an objective of the plan is named",
    "within_length": "How long the work takes",
    "not_retrospective": "Whether the work begins after the bid came in",
    "no_overdue_return": "Overdue returns of earlier grants",
    "documents_present": "Whether every document asked for is there",
    "nothing_excluded": "The list of what the fund does not pay for, beside the budget",
    "not_duplicate": "Other bids with the same title or amount",
}
LOOKS: dict[str, Callable[[Application, Sheet], tuple[bool | None, str]]] = {
    "applicant_is_csp": applicant_is_csp,
    "accountable_body_legal": accountable_body_legal,
    "within_area": within_area,
    "within_cap": within_cap,
    "within_window": within_window,
    "has_objective": has_objective,
    "within_length": within_length,
    "not_retrospective": not_retrospective,
    "no_overdue_return": no_overdue_return,
    "documents_present": documents_present,
    "nothing_excluded": nothing_excluded,
    "not_duplicate": not_duplicate,
}
