"""Beginning a bid."""

from typing import cast

from portal.applications import lists
from portal.applications.entry import Entry
from portal.applications.facts import write_fact
from portal.applications.knowing import known_answers
from portal.applications.models import Application, Stage
from portal.core import clock
from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.core.problems import Forbidden, NotNow, Refused
from portal.funds import actions as funds
from portal.funds.models import Round
from portal.people.actions import involve
from portal.people.models import Capacity, Organisation, Right, User
from portal.questions import actions as answering


def start(round_: Round, organisation: Organisation, seen: int | None = None, *, by: User) -> Application:
    """Begin a bid. `seen` is how many this person had begun when the page was shown: a second press finds the first one's.

    Refused when the round is closed, does not take this kind of applicant, or the person does not write for it.
    """
    if not round_.is_open_for(organisation.id):
        raise NotNow(f"{round_} is not open for applications now.")
    if not by.has_right(organisation.id, Right.LEAD, Right.CONTRIBUTOR):
        raise Forbidden(f"You cannot write applications for {organisation}. Ask its lead.")
    if not lists.may_bid(organisation, round_):
        raise Refused(f"{round_.fund} is not open to {organisation}.", "organisation")
    if not Entry(round_, organisation).passes:
        raise Refused(f"Answer the questions about who can apply first, for {organisation}.", "organisation")
    if round_.question_version_id is None:
        raise NotNow(f"{round_} has no questions yet.")
    funds.hold_numbers(round_)
    if seen is not None and len(begun := lists.begun_by(by, round_)) > seen:
        return begun[-1]
    follows = lists.forwarded(organisation, round_) if round_.follows_id is not None else None
    application = new_bid(round_, organisation, funds.next_reference(round_), by=by)
    application.follows_id = follows.id if follows else None
    record("application.start", application, by=by)
    return application


def try_out(round_: Round, organisation: Organisation, *, by: User) -> Application:
    """Begin a test, to see the form as this applicant would. It is marked and numbered apart, and counts nowhere."""
    if round_.question_version_id is None:
        raise NotNow(f"{round_} has no questions yet.")
    application = new_bid(round_, organisation, funds.next_test_reference(round_), by=by)
    application.is_test = True
    record("application.try_out", application, by=by, readers=OFFICE)
    return application


def new_bid(round_: Round, organisation: Organisation, ref: str, *, by: User) -> Application:
    """A draft with nothing but what we know already. The round has questions."""
    answers = answering.new_answer_set(cast("int", round_.question_version_id))
    application = Application(
        ref=ref, round_id=round_.id, organisation_id=organisation.id, lead_id=by.id, stage=Stage.DRAFT,
        answer_set_id=answers.id, started_at=clock.now(), changed_at=clock.now(),
    )  # fmt: skip
    db.session.add(application)
    db.session.flush()
    involve(by, application.ref, Capacity.APPLICANT)
    prefill(application, by=by)
    return application


def prefill(application: Application, *, by: User) -> None:
    """Answer what we know already, where the form says with what."""
    sheet = lists.sheet_of(application)
    for question, raw, whence in known_answers(application, sheet.form, by=by):
        answering.fill_in(sheet, question, raw, whence, by=by)
        write_fact(application, sheet, question)
