"""Verbs of bids. Each names its actor; none commits."""

import hashlib
import json
from collections.abc import Sequence

from sqlalchemy import func, select

from portal.applications import lists
from portal.applications.facts import write_fact
from portal.applications.models import Application, Request, Snapshot, Stage
from portal.applications.policy import PRIVATE
from portal.applications.workflow import LIFE
from portal.core import clock, outbox
from portal.core.audit import record
from portal.core.clock import read_moment
from portal.core.db import db
from portal.core.files import Kept
from portal.core.problems import Forbidden, Incomplete, NotFound, NotNow, Refused
from portal.funds import actions as funds
from portal.funds.models import Round
from portal.people.actions import involve
from portal.people.lists import holders_of, host_of, members_of
from portal.people.models import Capacity, OfficeRole, Organisation, Right, User
from portal.questions import actions as answering
from portal.questions.models import Question
from portal.questions.sheet import Item, Sheet


def start(round_: Round, organisation: Organisation, *, by: User) -> Application:
    """Begin a bid. Refused when the round is closed, does not take this kind of applicant, or the person does not write for it."""
    if not round_.is_open:
        raise NotNow(f"{round_} is not open for applications now.")
    if not by.has_right(organisation.id, Right.LEAD, Right.CONTRIBUTOR):
        raise Forbidden(f"You cannot write applications for {organisation}. Ask its lead.")
    if round_.accepts and organisation.kind.value not in round_.accepts:
        raise Refused(f"{round_.fund} is not open to {organisation}.", "organisation")
    if round_.question_version_id is None:
        raise NotNow(f"{round_} has no questions yet.")
    answer_set = answering.new_answer_set(round_.question_version_id)
    application = Application(
        ref=funds.next_reference(round_), round_id=round_.id, organisation_id=organisation.id, lead_id=by.id,
        answer_set_id=answer_set.id, stage=Stage.DRAFT, started_at=clock.now(), changed_at=clock.now(),
    )  # fmt: skip
    db.session.add(application)
    db.session.flush()
    involve(by, application.ref, Capacity.APPLICANT)
    prefill(application, by=by)
    record("application.start", application, by=by)
    return application


def prefill(application: Application, *, by: User) -> None:
    """Answer what we know already: who receives the grant, and who is writing."""
    sheet = lists.sheet_of(application)
    host = host_of(application.organisation)
    known = {"accountable_body": host.key, "body_address": host.address, "body_postcode": host.postcode,
             "contact_name": by.name, "contact_email": by.email, "contact_phone": by.phone}  # fmt: skip
    for code, text in known.items():
        if (question := sheet.by_code.get(code)) is not None and text:
            answering.save(sheet, question, 0, [text], edition=None, by=by)
            write_fact(application, sheet, question)


def save_answer(
    application: Application, question_id: int, row: int, values: Sequence[str], *, edition: int | None, by: User
) -> Item:
    """Keep what was typed in answer to one question. Never refused for what it says, only when the bid is locked."""
    sheet = lists.sheet_of(application)
    question = writable(application, sheet, question_id)
    item = answering.save(sheet, question, row, values, edition=edition, by=by)
    note_change(application, sheet, question, by=by)
    return item


def save_section(application: Application, answers: dict[tuple[int, int], tuple[list[str], int | None]], *, by: User) -> Sheet:
    """Keep a whole page at once: (question, row) → what was typed and the edition it was typed over."""
    sheet = lists.sheet_of(application)
    for (question_id, row), (values, edition) in answers.items():
        question = writable(application, sheet, question_id)
        answering.save(sheet, question, row, values, edition=edition, by=by)
        note_change(application, sheet, question, by=by)
    return sheet


def writable(application: Application, sheet: Sheet, question_id: int) -> Question:
    """The question, if the applicant may write in it now: the stage is checked in the same transaction as the save."""
    db.session.refresh(application, ["stage"], with_for_update={"key_share": True})
    if not application.is_open:
        raise NotNow(f"{application} has been submitted, so its answers can no longer be changed.")
    question = sheet.questions.get(question_id)
    if question is None:
        raise NotFound("There is no such question in this form.")
    if application.stage is Stage.RETURNED and question.section.code not in opened_sections(application):
        raise NotNow("We asked about other sections. This one is closed.")
    return question


def opened_sections(application: Application) -> list[str]:
    asked = lists.open_request(application)
    return asked.section_codes if asked else []


def note_change(application: Application, sheet: Sheet, question: Question, *, by: User) -> None:
    write_fact(application, sheet, question)
    application.changed_at = clock.now()
    involve(by, application.ref, Capacity.APPLICANT)


def add_line(application: Application, group_id: int, *, by: User) -> int:
    sheet = lists.sheet_of(application)
    row = answering.add_row(sheet, writable(application, sheet, group_id), by=by)
    application.changed_at = clock.now()
    return row


def remove_line(application: Application, group_id: int, row: int, *, by: User) -> None:
    sheet = lists.sheet_of(application)
    group = writable(application, sheet, group_id)
    answering.remove_row(sheet, group, row, by=by)
    note_change(application, sheet, group, by=by)


def restore_line(application: Application, group_id: int, row: int, *, by: User) -> None:
    sheet = lists.sheet_of(application)
    group = writable(application, sheet, group_id)
    answering.restore_row(sheet, group, row, by=by)
    note_change(application, sheet, group, by=by)


def attach(application: Application, question_id: int, kept: Kept, *, by: User) -> Item:
    sheet = lists.sheet_of(application)
    item = answering.attach(sheet, writable(application, sheet, question_id), kept, by=by)
    application.changed_at = clock.now()
    return item


def detach(application: Application, question_id: int, row: int, *, by: User) -> Item:
    sheet = lists.sheet_of(application)
    item = answering.detach(sheet, writable(application, sheet, question_id), row, by=by)
    application.changed_at = clock.now()
    return item


def submit(application: Application, *, by: User) -> None:
    """Hand the bid in. Refused whole if an answer is missing or the round has closed."""
    round_ = application.round
    if application.stage in PRIVATE and not round_.is_open:
        raise NotNow(f"{round_} closed on {read_moment(round_.closes_at)}. Your answers are kept, and you can still read them.")
    sheet = lists.sheet_of(application)
    if missing := missing_answers(application, sheet):
        raise Incomplete(missing)
    take_snapshot(application, sheet)
    if (asked := lists.open_request(application)) is not None:
        asked.answered_at = clock.now()
    LIFE.advance(application, "submit", by=by, requested_pence=application.requested_pence)
    application.changed_at = clock.now()
    outbox.send("applications/received", to=members_of(application.organisation_id, Right.LEAD), case=application.ref,
                application=application)  # fmt: skip
    outbox.send("applications/arrived", to=holders_of(OfficeRole.GRANTS_OFFICER), case=application.ref, application=application)


def missing_answers(application: Application, sheet: Sheet) -> list[tuple[str, str]]:
    """Each sentence with the address of the question it speaks of."""
    return [(sentence, url_of(application, item)) for section in sheet.sections for item, sentence in sheet.problems(section)]


def url_of(application: Application, item: Item) -> str:
    """Where an answer is given. Built without a request too, as the demonstration is told without one."""
    section = item.question.section.code
    return f"/applications/{application.ref}/sections/{section}#question-{item.key}"


def take_snapshot(application: Application, sheet: Sheet) -> Snapshot:
    content = sheet.snapshot()
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
    count = db.session.scalar(select(func.count()).where(Snapshot.application_id == application.id)) or 0
    snapshot = Snapshot(application_id=application.id, number=count + 1, taken_at=clock.now(), content=content, digest=digest)
    db.session.add(snapshot)
    return snapshot


def withdraw(application: Application, reason: str, *, by: User) -> None:
    """Take the bid back. After submission the office is told why."""
    if application.stage is not Stage.DRAFT and not reason:
        raise Refused("Say why you withdraw the application", "reason")
    was_private = application.stage in PRIVATE
    LIFE.advance(application, "withdraw", by=by, reason=reason)
    application.changed_at = clock.now()
    if not was_private:
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
    LIFE.advance(application, "return", by=by, reason=reason, sections=section_codes)
    application.changed_at = clock.now()
    outbox.send("applications/returned", to=members_of(application.organisation_id, Right.LEAD, Right.CONTRIBUTOR),
                case=application.ref, application=application, reason=reason)  # fmt: skip
    return asked
