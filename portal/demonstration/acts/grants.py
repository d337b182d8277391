"""What happens to a grant: acceptance, its start, its returns."""

from sqlalchemy import select

from portal.applications.models import Application
from portal.awards import actions as awards
from portal.awards.models import Award
from portal.core.db import db, write
from portal.demonstration.acts.bids import Actor, who
from portal.demonstration.cast import OMAR, lead_of, signatory_of, user_of
from portal.demonstration.projects import Answers, typed
from portal.monitoring import actions, lists
from portal.monitoring.models import Return
from portal.people.models import User
from portal.plan.models import Rag


def award_of(application: Application) -> Award:
    return db.session.scalars(select(Award).where(Award.application_id == application.id)).one()


def its_signatory(award: Award) -> User:
    return user_of(signatory_of(award.recipient.key))


def its_lead(award: Award) -> User:
    """Who reports: the partnership's lead, or the recipient's where there is no partnership."""
    return user_of(lead_of((award.partnership or award.recipient).key))


def accept(award: Award, *, by: Actor | None = None) -> Award:
    """The body that receives the money accepts; after an award in part the last lines are cut to fit."""
    user = who(by) if by else its_signatory(award)
    lines, left = {}, award.pence
    for line in award.lines:
        lines[line.id] = min(line.asked_pence, left)
        left -= lines[line.id]
    write(awards.accept, award, lines, {}, by=user)
    return award


def decline_offer(award: Award, reason: str = "The work has been paid for otherwise.", *, by: Actor | None = None) -> Award:
    write(awards.decline_offer, award, reason, by=who(by) if by else its_signatory(award))
    return award


def go_live(award: Award, *, by: Actor = OMAR) -> Award:
    write(awards.go_live, award, by=who(by))
    return award


def returns_of(award: Award) -> list[Return]:
    """In order: the mid-point return of a long grant, then the final one."""
    return list(lists.returns_of(award))


def start_return(return_: Return, *, by: Actor | None = None) -> Return:
    write(actions.start, return_, by=who(by) if by else its_lead(return_.award))
    return return_


def fill_return(
    return_: Return, *, reached: int = 100, spent: int = 100, delivery: Rag = Rag.GREEN, spend: Rag = Rag.GREEN,
    reason: str = "The work is where we said it would be, and costs are as planned.", by: Actor | None = None,
) -> Return:  # fmt: skip
    """Answer the form and give the figures: `reached` and `spent` are per cent of what was planned for this day."""
    write(fill, return_, reached, spent, delivery, spend, reason, by=who(by) if by else its_lead(return_.award))
    return return_


def fill(return_: Return, reached: int, spent: int, delivery: Rag, spend: Rag, reason: str, *, by: User) -> None:
    actions.save_section(return_, typed(lists.sheet_of(return_), answers_about(return_, reason)), by=by)
    share = lists.elapsed_percent(return_)
    measures = {
        reading.measure_id: (
            max(0, reading.measure.baseline + (reading.measure.target - reading.measure.baseline) * share * reached // 10_000),
            "Counted on the last day of the period.",
        )
        for reading in return_.measures
    }
    spending = {line.line_id: (line.line.pence * share * spent // 10_000, "") for line in return_.spending}
    actions.save_figures(return_, measures, spending, delivery, spend, reason, edition=None, by=by)


def answers_about(return_: Return, reason: str) -> Answers:
    return {
        "status": "in_progress", "done": f"The first steps of “{return_.award.title}” have been taken. {reason}",
        "milestones_changed": "no", "beneficiaries": "180", "issues": "None.", "incident": "no",
        "publicity": "A notice on the partnership's page and in the parish newsletter.", "no_personal_data": "yes",
    }  # fmt: skip


def file_return(return_: Return, *, by: Actor | None = None) -> Return:
    """Certify and send."""
    why = "The work is finished and paid for." if return_.is_early else ""
    write(actions.file_return, return_, early_reason=why, by=who(by) if by else its_lead(return_.award))
    return return_


def query(
    return_: Return, question: str = "Which invoices make up this line so far?", about: str = "Spending", *, by: Actor = OMAR
) -> Return:
    write(actions.query, return_, about, question, by=who(by))
    return return_


def answer_query(
    return_: Return, answer: str = "One invoice, for the first half of the work.", *, by: Actor | None = None
) -> Return:
    """Answer every open question of the office."""
    answers = {each.id: answer for each in return_.queries if each.answered_at is None}
    write(actions.answer_queries, return_, answers, by=who(by) if by else its_lead(return_.award))
    return return_


def accept_return(
    return_: Return, *, delivery: Rag | None = None, spend: Rag | None = None, reason: str = "", by: Actor = OMAR
) -> Return:
    """Accept it; the officer reads it as the applicant does unless told otherwise."""
    write(accept_as_read, return_, delivery, spend, reason, by=who(by))
    return return_


def accept_as_read(return_: Return, delivery: Rag | None, spend: Rag | None, reason: str, *, by: User) -> None:
    read = (delivery or return_.delivery_rag or Rag.GREY, spend or return_.spend_rag or Rag.GREY)
    actions.accept(return_, *read, reason, by=by)
