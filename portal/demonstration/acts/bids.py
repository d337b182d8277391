"""What applicants do: begin a bid, fill it in, hand it in, take it back; and what the office does at the gate."""

from collections.abc import Sequence

from sqlalchemy import select

from portal.applications import actions, lists
from portal.applications.entry import Entry
from portal.applications.models import Application
from portal.assessment import actions as assessment
from portal.assessment import gate
from portal.core.db import db, write
from portal.core.files import Kept, keep
from portal.demonstration.cast import ADA, OMAR, Person, lead_of, user_of
from portal.demonstration.papers import upload
from portal.demonstration.projects import Answers, answers_of, typed, would_show
from portal.funds.models import Round
from portal.people.models import Organisation, OrganisationKind, User
from portal.questions import actions as answering
from portal.questions.models import Question
from portal.questions.sheet import Sheet

Actor = Person | User
SAFER, YOUTH = "SCF26", "YCF26"  # the two rounds that are open
USUAL_PROJECT = {SAFER: "new-drove", YOUTH: "boxing"}


def who(actor: Actor) -> User:
    return user_of(actor) if isinstance(actor, Person) else actor


def its_lead(application: Application) -> User:
    return user_of(lead_of(application.organisation.key))


def start_bid(by: Person = ADA, round_code: str | None = None) -> Application:
    """A bid of this person's organisation, with nothing but what the portal fills in itself."""
    organisation = organisation_of(by)
    code = round_code or (SAFER if organisation.kind is OrganisationKind.CSP else YOUTH)
    if not Entry(round_called(code), organisation).passes:
        answer_eligibility(code, by=by)
    return write(actions.start, round_called(code), organisation, by=user_of(by))


def organisation_of(person: Person) -> Organisation:
    return db.session.scalars(select(Organisation).where(Organisation.key == person.organisation)).one()


def round_called(code: str) -> Round:
    return db.session.scalars(select(Round).where(Round.code == code)).one()


def answer_eligibility(round_code: str, wrong: Sequence[int] = (), *, by: Person = ADA) -> Entry:
    """Answer what is asked before the form so that one may apply, but for the questions at these places."""
    round_, organisation = round_called(round_code), organisation_of(by)
    opposite = {"yes": "no", "no": "yes"}
    answers = {
        each.id: opposite[each.passing] if place in wrong else each.passing for place, each in enumerate(round_.eligibility)
    }
    return write(actions.answer_eligibility, round_, organisation, answers, by=user_of(by))


def answer_all(
    application: Application, project: str | None = None, *, by: Actor | None = None, pence: int | None = None,
    starts_in: int | None = None, lasts: int | None = None, sections: Sequence[str] | None = None,
) -> Application:  # fmt: skip
    """Fill in the whole form, or some of its sections, from one of the projects; files too where they are needed."""
    user = who(by) if by else its_lead(application)
    key = project or USUAL_PROJECT[application.round.code]
    answers = answers_of(application, key, pence, starts_in, lasts)
    papers = needed_papers(lists.sheet_of(application), answers, sections)
    write(answer, application, answers, papers, sections, by=user)
    return application


def needed_papers(sheet: Sheet, answers: Answers, sections: Sequence[str] | None) -> list[tuple[int, Kept]]:
    """A stored file for each upload that must be there. Storing is slow, so it comes before the write."""
    wanted = [
        question for question in sheet.by_code.values()
        if question.kind == "file" and question.is_required and is_in(question, sections) and would_show(question, answers)
    ]  # fmt: skip
    return [
        (question.id, keep(upload(question.code.replace("_", " ")), question.settings["types"], question.settings["max_mb"]))
        for question in wanted
    ]


def is_in(question: Question, sections: Sequence[str] | None) -> bool:
    return sections is None or question.section.code in sections


def answer(
    application: Application, answers: Answers, papers: list[tuple[int, Kept]], sections: Sequence[str] | None, *, by: User
) -> None:
    """All in one write, as a person takes an hour for it: the lines of groups, the answers, the files."""
    sheet = lists.sheet_of(application)
    for question in sheet.by_code.values():
        if question.kind == "group" and is_in(question, sections):
            while len(sheet.rows(question)) < len(answers.get(question.code, [])):
                answering.add_row(sheet, question, by=by)
    chosen = {place: said for place, said in typed(sheet, answers).items() if is_in(sheet.questions[place[0]], sections)}
    actions.save_section(application, chosen, by=by)
    for question_id, kept in papers:
        actions.attach(application, question_id, kept, by=by)


def submit(application: Application, *, by: Actor | None = None) -> Application:
    write(actions.submit, application, by=who(by) if by else its_lead(application))
    return application


def withdraw(application: Application, reason: str = "A partner has pulled out.", *, by: Actor | None = None) -> Application:
    write(actions.withdraw, application, reason, by=who(by) if by else its_lead(application))
    return application


def ask(
    application: Application, reason: str = "Please say how you will measure this.", sections: Sequence[str] = ("results",),
    *, by: Actor = OMAR,
) -> Application:  # fmt: skip
    """Send the bid back to its applicant with a question."""
    write(actions.ask, application, reason, list(sections), by=who(by))
    return application


def findings(application: Application, failing: str = "", note: str = "") -> dict[int, tuple[bool, str]]:
    """An officer's answers to every check of the gate: each passes but the one named. Whoever overrules the portal says why."""
    answers = {}
    for found in gate.findings(application):
        passed = found.check.key != failing
        overrules = found.passed is not None and found.passed != passed
        answers[found.check.id] = (passed, note if not passed else "Looked into; it holds." if overrules else "")
    return answers


def admit(application: Application, *, by: Actor = OMAR) -> Application:
    write(assessment.admit, application, findings(application), by=who(by))
    return application


def refuse_entry(
    application: Application, failing: str = "nothing_excluded", note: str = "It pays for work that the council must do by law.",
    *, by: Actor = OMAR,
) -> Application:  # fmt: skip
    write(assessment.refuse_entry, application, findings(application, failing, note), by=who(by))
    return application
