"""History: what happened in a case, in words, for those who may read it. Every verb has its sentence here and nowhere else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import select

from portal.core import money
from portal.core.audit import Event, EventDetail, Reader
from portal.core.db import db
from portal.people.models import Membership, OfficeRole, User

SENTENCES: dict[str, tuple[str, str]] = {  # verb → what happened, and the words that go with it
    "application.start": ("Started the application", ""),
    "application.submit": ("Submitted the application, asking for {requested_pence}", ""),
    "application.eligible": ("Answered the questions about who can apply", "{answers}"),
    "application.withdraw": ("Withdrew the application", "{reason}"),
    "application.return": ("Asked the applicant to change the application", "{reason}"),
    "application.refuse_entry": ("Refused the application at the first checks", "{reasons}"),
    "application.reinstate": ("Took the application back in", "{reason}"),
    "application.admit": ("Confirmed the first checks and passed the application to assessors", ""),
    "application.moderate": ("Began to moderate the scores", ""),
    "application.to_panel": ("Sent the application to the panel", ""),
    "application.defer": ("Deferred the application", "{reason}"),
    "application.hold_in_reserve": ("Kept the application in reserve, place {place}", "{reason}"),
    "application.recommend": ("Recommended {recommended_pence}", "{reasons}"),
    "application.award": ("Decided to award {awarded_pence}", "{reasons}"),
    "application.decline": ("Decided not to fund the application", "{reasons}"),
    "application.lapse": ("Closed the application, because the offer was not taken up", ""),
    "assignment.invite": ("Asked {assessor} to assess the application", ""),
    "assignment.declare": ("Declared no conflict of interest", "{interest}"),
    "assignment.conflict": ("Declared a conflict of interest and was stood down", "{interest}"),
    "assignment.start": ("Started scoring", ""),
    "assignment.submit": ("Submitted scores", ""),
    "assignment.send_back": ("Sent scores back to the assessor", "{reason}"),
    "assignment.stand_down": ("Stood an assessor down", "{reason}"),
    "assignment.ask_again": ("Asked {assessor} again to assess the application", "{reason}"),
    "score.moderate": ("Agreed the points", "{criterion}: {after}"),
    "decision.approve": ("Approved the decision notice", ""),
    "decision.publish": ("Published the decision notice", ""),
    "decision.supersede": ("Replaced the decision notice by a new one", ""),
    "decision.stand_aside": ("Stood aside from the decision because of an interest", "{interest}"),
    "award.take_over": ("Took the grant over from published papers", "{source}"),
    "award.accept": ("Accepted the grant of {pence}", ""),
    "award.decline_offer": ("Declined the offer", "{reason}"),
    "award.lapse": ("Let the offer lapse: it was not accepted in time", ""),
    "award.set_up": ("Began setting up the grant", ""),
    "award.go_live": ("Started the grant", ""),
    "award.suspend": ("Suspended the grant", "{reason}"),
    "award.resume": ("Resumed the grant", "{reason}"),
    "award.begin_close": ("Began closing the grant", ""),
    "award.close": ("Closed the grant", ""),
    "return.start": ("Started the {what}", ""),
    "return.certify": ("Certified the {what}", ""),
    "return.submit": ("Sent the {what}, with {spent_pence} spent so far", ""),
    "return.query": ("Asked about the {what}", "{question}"),
    "return.accept": ("Accepted the {what}: delivery {delivery}, spend {spend}", ""),
    "return.waive": ("Waived the {what}", "{reason}"),
    "return.overdue": ("Noted that the {what} is overdue", ""),
    "application.try_out": ("Began a test of the form", ""),
    "application.take_forward": ("Took the application forward to {round}", ""),
    "round.begin": ("Began the round", "{like}"),
    "round.carry_form": ("Carried its drafts over to version {number} of the form", "{drafts} drafts"),
    "round.save": ("Changed the round", "{what}"),
    "round.bring": ("Copied criteria and checks", "{like}"),
    "round.invite": ("Invited {organisation}", "{reason}"),
    "round.check": ("Checked the round", ""),
    "round.change": ("Took the round back to change it", ""),
    "round.agree": ("Agreed that it opens by itself", "{opens_at}"),
    "round.open": ("Opened the round", ""),
    "round.tell": ("Told those who asked for alerts", "To {subscribers} addresses"),
    "fund.create": ("Began the fund", ""),
    "fund.change": ("Changed the fund", "{fields}"),
    "fund.applicants": ("Changed who may apply", ""),
    "fund.objectives": ("Changed the objectives that it serves", ""),
    "fund.step": ("Came to the step “{phase}” on {day}", "{note}"),
    "fund.checklist": ("Went through the grants standard", "{points}"),
    "budget.propose": ("Proposed {after_pence} of {source} for {year}, before {before_pence}", "{reason}"),
    "budget.approve": ("Approved {after_pence} of {source} for {year}, before {before_pence}", ""),
    "budget.refuse": ("Left the budget of {source} for {year} at {before_pence}", "{answer}"),
    "source.add": ("Added the source", ""),
    "source.change": ("Changed the source", "{fields}"),
    "source.year": ("Set the amount for {year} to {after_pence}, before {before_pence}", "{split}"),
    "source.carry_over": ("Carried {pence} over from {year} into {to}", "{reason}"),
    "source.succeed": ("Recorded that {names} takes its place from {day}", "{note}"),
    "source.attach": ("Added the document {name}", ""),
    "source.detach": ("Removed the document {name}", ""),
    "envelope.create": ("Announced {pence}", ""),
    "envelope.change": ("Changed what was announced to {after_pence}, before {before_pence}", ""),
    "round.change_judging": ("Changed how bids are judged", "{change}"),
    "round.change_eligibility": ("Changed what is asked before the form", "{change}"),
    "round.change_gate": ("Changed the first checks", "{change}"),
    "round.set_threshold": ("Set the threshold to {percent}%", "{reason}"),
    "round.pause": ("Paused the round", "{reason}"),
    "round.resume": ("Let the round go on", ""),
    "round.extend": ("Gave everybody time until {until}", "{reason}"),
    "round.extend_for": ("Gave {organisation} alone time until {until}", "{reason}"),
    "round.set_pot": ("Changed how much there is to {after_pence}, before {before_pence}", "{reason}"),
    "round.answer": ("Answered a question for everybody", "{question}"),
    "round.close": ("Closed the round", "{reason}"),
    "round.archive": ("Archived the round", ""),
    "holiday.add": ("Added the bank holiday {name}, {on}", ""),
    "holiday.remove": ("Removed the bank holiday {name}, {on}", ""),
    "role.ask": ("Asked another administrator to {change}", "{reason}"),
    "role.confirm": ("Agreed to {change}", ""),
    "role.refuse": ("Did not {change}", ""),
    "role.give": ("Gave the role {role} {days}", "{reason}"),
    "role.end": ("Ended the role {role} with {until}", "{reason}"),
    "right.change": ("Changed the rights for {organisation}: {rights}", ""),
    "right.succeed": ("Became administrator of {organisation}", ""),
    "right.remove": ("Ended the rights for {organisation}", ""),
    "invitation.send": ("Invited {name} to {place}", ""),
    "invitation.withdraw": ("Withdrew the invitation of {name}", ""),
    "invitation.accept": ("Accepted the invitation to {place}", ""),
    "request.verify": ("Asked for an account for {organisation}", ""),
    "request.admit": ("Admitted {organisation}", ""),
    "request.refuse": ("Refused {organisation} an account", "{reason}"),
    "account.change": ("Changed the details of the account", ""),
    "account.ask_address": ("Asked to change the e-mail address", ""),
    "account.change_address": ("Changed the e-mail address", "{before} to {after}"),
    "account.disable": ("Disabled the account", "{reason}"),
    "account.open": ("Opened the account again", "{reason}"),
    "account.password": ("Chose a new password", ""),
    "account.second_factor": ("Set up the second factor", ""),
    "account.recovery_codes": ("Made new recovery codes", ""),
    "account.recovery_code": ("Signed in with a recovery code", "{left} left"),
    "account.passkey": ("Added the passkey {name}", ""),
    "account.remove_passkey": ("Removed the passkey {name}", ""),
    "account.copied_passkey": ("The passkey {name} was refused, because a copy of it may be about", ""),
    "account.cap": ("Reached the {tries} tries of a day: {what}", ""),
    "account.reset_factor": ("Reset the second factor", "{reason}"),
    "account.connect": ("Connected the work account", ""),
    "account.disconnect": ("Disconnected the work account", "{reason}"),
    "organisation.add": ("Added {name}", ""),
    "organisation.change": ("Changed the details", "{changes}"),
    "organisation.add_number": ("Added a number", "{number}"),
    "organisation.remove_number": ("Removed a number", "{number}"),
    "organisation.add_contact": ("Added {name} as a contact", ""),
    "organisation.add_area": ("Added {area} from {day}", ""),
    "organisation.add_member": ("{name} became a member on {day}", ""),
    "organisation.change_host": ("The host is {after} from {day}", "Before: {before}"),
    "organisation.end": ("Ended with {day}: {name}, {role}", ""),
    "organisation.add_paper": ("Added a document", "{document}"),
    "organisation.not_same": ("Said that it is not the same as {name}", ""),
    "organisation.merge": ("Merged {name} into this organisation", ""),
    "organisation.merged": ("Merged into {name}", ""),
    "organisation.undo_merge": ("Undid the merge with {name}", ""),
    "form.begin": ("Began a draft of the form {form}", ""),
    "form.publish": ("Published version {number} of the form {form}", ""),
    "form.drop": ("Threw away a draft of the form {form}", ""),
    "form.import": ("Brought in version {number} of the form {form}", ""),
    "area.import": ("Brought in areas: {added} new, {changed} changed", ""),
    "account.correct": ("Corrected the account", "{before} to {after}: {reason}"),
    "account.copy": ("Made a copy of the personal data", ""),
    "account.erase": ("Erased the person, in the account and in {rows} other places", "{reason}"),
    "application.empty": ("Erased the words of the case and {files} files, which were kept long enough", ""),
    "retention.carry_out": ("Had everything erased that was kept long enough", ""),
    "access.refused": ("Tried to open a page without permission", ""),
    "bank.give": ("Gave bank details", "{account}"),
    "access.looked": ("Looked at {record}", ""),
}
MOST = 500
Names = Mapping[tuple[str, int | None], str]


@dataclass(frozen=True)
class Step:
    """One thing that happened, as a page tells it."""

    title: str
    at: datetime
    by: str
    text: str


class Words(dict[str, str]):
    """The facts of an event as people read them; one that was erased leaves a dash."""

    def __missing__(self, name: str) -> str:
        return "–"


def history_of(case: str, user: User, own: set[int], names: Names | None = None, also: Iterable[str] = ()) -> list[Step]:
    """What this person may read of a case, the latest first. `own`: the organisations whose case it is; `also`: further cases.

    `names` says how to call the things that events are about. Applicants read the names of their own people; everyone
    else is the office to them, so that none of them learns who assessed.
    """
    bits = bits_of(user, own)
    found = db.session.execute(
        select(Event, EventDetail.facts)
        .outerjoin(EventDetail, EventDetail.event_id == Event.id)
        .where(Event.case.in_([case, *also]), Event.readers.bitwise_and(int(bits)) != 0)
        .order_by(Event.number.desc())
        .limit(MOST)
    ).all()
    actors = actors_of({event.actor_id for event, _ in found if event.actor_id}, own if bits == Reader.APPLICANT else None)
    return folded(told(event, facts or {}, actors, names or {}) for event, facts in found)


def folded(steps: Iterable[Step]) -> list[Step]:
    """The same done several times at one moment is one step, its words one below the other in the order they were told."""
    alike = groupby(steps, key=lambda step: (step.title, step.at, step.by))
    return [Step(*key, "\n".join(step.text for step in reversed(list(same)) if step.text)) for key, same in alike]


def bits_of(user: User, own: set[int]) -> Reader:
    """In which capacities a person reads the events of a case."""
    bits = Reader(0)
    if own & set(user.organisation_ids):
        bits |= Reader.APPLICANT
    if user.sees_all_cases:
        bits |= Reader.AUDITOR if user.holds(OfficeRole.AUDITOR) else Reader.STAFF
    return bits


def actors_of(ids: set[int], own: set[int] | None) -> dict[int, str]:
    """The names of those who acted, in one query; with `own`, only of the people of these organisations."""
    if not ids:
        return {}
    query = select(User.id, User.name).where(User.id.in_(ids))
    if own is not None:
        query = query.where(User.id.in_(select(Membership.user_id).where(Membership.organisation_id.in_(own))))
    return {row.id: row.name for row in db.session.execute(query)}


def told(event: Event, facts: Mapping[str, Any], actors: Mapping[int, str], names: Names) -> Step:
    title, text = SENTENCES.get(event.verb, (event.verb.replace(".", ": ").replace("_", " "), ""))
    words = Words({name: as_words(name, value) for name, value in facts.items()})
    words["what"] = names.get((event.subject, event.subject_id), event.subject)
    by = "the portal" if event.actor_id is None else actors.get(event.actor_id, "the office")
    body = text.format_map(words)
    return Step(title.format_map(words), event.at, by, "" if body == "–" else body)


def step_of(event: Event) -> Step:
    """One event as the office reads it."""
    facts = db.session.scalar(select(EventDetail.facts).where(EventDetail.event_id == event.id))
    return told(event, facts or {}, actors_of({event.actor_id} if event.actor_id else set(), None), {})


def as_words(name: str, value: Any) -> str:
    if name == "pence" or name.endswith("_pence"):
        return money.show(value)
    if isinstance(value, list):
        return "\n".join(str(each) for each in value)
    return "" if value is None else str(value)
