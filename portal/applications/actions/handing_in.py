"""Handing a bid in, taking it back, and sending it back to be mended."""

import hashlib
import json

from sqlalchemy import func, select

from portal.applications import lists
from portal.applications.entry import Entry
from portal.applications.models import Application, Request, Snapshot, Stage
from portal.applications.policy import PRIVATE
from portal.applications.workflow import LIFE
from portal.core import clock, holidays, outbox
from portal.core.audit import record
from portal.core.clock import read_moment
from portal.core.db import db, hold
from portal.core.problems import Incomplete, NotNow, Refused
from portal.funds import actions as funds
from portal.funds.models import RoundStage
from portal.people.lists import holders_of, members_of
from portal.people.models import OfficeRole, Right, User
from portal.questions import actions as answering
from portal.questions.item import Item
from portal.questions.sheet import Sheet


def submit(application: Application, *, by: User) -> None:
    """Hand the bid in. Refused whole if an answer is missing or the round has closed."""
    hold(application)
    if application.stage in PRIVATE and not application.is_in_time:
        raise NotNow(f"{why_not_open(application)} Your answers are kept, and you can still read them.")
    sheet = lists.sheet_of(application)
    if missing := missing_answers(application, sheet):
        raise Incomplete(missing)
    if application.stage in PRIVATE:
        note_eligibility(application, by=by)
        if not application.is_test:
            funds.fix_rules(application.round)
    answering.hand_in(sheet, by=by)
    take_snapshot(application, sheet)
    if (asked := lists.open_request(application)) is not None:
        asked.answered_at = clock.now()
    LIFE.advance(application, "submit", by=by, requested_pence=application.requested_pence)
    application.changed_at = clock.now()
    if application.is_test:
        return
    outbox.send("applications/received", to=members_of(application.organisation_id, Right.LEAD), case=application.ref,
                application=application)  # fmt: skip
    outbox.send("applications/arrived", to=holders_of(OfficeRole.GRANTS_OFFICER), case=application.ref, application=application)


def note_eligibility(application: Application, *, by: User) -> None:
    """What was answered before the form goes with the bid as it stands now, and is told in its history."""
    application.eligibility = Entry(application.round, application.organisation).content
    if application.eligibility:
        answers = [f"{each['question']} {each['answer']}" for each in application.eligibility]
        record("application.eligible", application, by=by, answers=answers)


def why_not_open(application: Application) -> str:
    """Why the round does not take this bid now."""
    round_, closes_at = application.round, application.closes_at
    if round_.stage is RoundStage.PAUSED:
        return f"{round_} is paused: {round_.pause_reason} We write to you when it goes on."
    if round_.opens_at is not None and clock.now() < round_.opens_at:
        return f"{round_} opens on {read_moment(round_.opens_at)}."
    return f"{round_} closed on {read_moment(round_.closed_at if round_.was_closed_early else closes_at)}."


def missing_answers(application: Application, sheet: Sheet) -> list[tuple[str, str]]:
    """Each sentence with the address of the question it speaks of. When the office has asked, only what it has opened counts."""
    opened = lists.opened_sections(application) if application.stage is Stage.RETURNED else None
    return missing_eligibility(application) + [
        (sentence, url_of(application, item))
        for section in sheet.sections
        if opened is None or section.code in opened
        for item, sentence in sheet.problems(section)
    ]


def missing_eligibility(application: Application) -> list[tuple[str, str]]:
    """The questions about who may apply, where they were changed, or answered otherwise, since the bid was begun."""
    if application.stage not in PRIVATE or Entry(application.round, application.organisation).passes:
        return []
    place = f"/applications/start/{application.round.code}/eligibility/{application.organisation_id}"
    return [("Answer the questions about who can apply: with the answers so far this cannot be sent", place)]


def url_of(application: Application, item: Item) -> str:
    """Where an answer is given. Built without a request too, as the demonstration is told without one."""
    section = item.question.section.code
    return f"/applications/{application.ref}/sections/{section}?check=yes#question-{item.key}"


def take_snapshot(application: Application, sheet: Sheet) -> Snapshot:
    content = sheet.snapshot()
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    count = db.session.scalar(select(func.count()).where(Snapshot.application_id == application.id)) or 0
    snapshot = Snapshot(application_id=application.id, number=count + 1, taken_at=clock.now(), content=content, digest=digest)
    db.session.add(snapshot)
    return snapshot


def withdraw(application: Application, reason: str, *, by: User) -> None:
    """Take the bid back. After submission the office is told why."""
    hold(application)
    if application.stage is not Stage.DRAFT and not reason:
        raise Refused("Say why you withdraw the application", "reason")
    was_private = application.stage in PRIVATE
    LIFE.advance(application, "withdraw", by=by, reason=reason)
    application.changed_at = clock.now()
    if not was_private and not application.is_test:
        outbox.send("applications/withdrawn", to=holders_of(OfficeRole.GRANTS_OFFICER), case=application.ref,
                    application=application, reason=reason)  # fmt: skip


def ask(application: Application, reason: str, section_codes: list[str], *, by: User) -> Request:
    """Send the bid back to the applicant for named sections. Its clock stops until they answer."""
    if not reason:
        raise Refused("Say what the applicant should change", "reason")
    known = {section.code for section in lists.sheet_of(application).sections}
    if not section_codes or set(section_codes) - known:
        raise Refused("Choose the sections that the applicant should open again", "sections")
    asked = Request(application_id=application.id, reason=reason, section_codes=section_codes,
                    asked_at=clock.now(), asked_by_id=by.id)  # fmt: skip
    db.session.add(asked)
    hold(application)
    waited_from = application.round.counts_from(application.submitted_at or clock.now())
    application.clock_used_days += holidays.working_days_between(clock.day_of(waited_from), clock.today())
    LIFE.advance(application, "return", by=by, reason=reason, sections=section_codes)
    application.changed_at = clock.now()
    outbox.send("applications/returned", to=members_of(application.organisation_id, Right.LEAD, Right.CONTRIBUTOR),
                case=application.ref, application=application, reason=reason)  # fmt: skip
    return asked
