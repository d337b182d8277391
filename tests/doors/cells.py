"""Every door of the portal: each address with its methods, on every thing it can be about."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import Rule

from portal.assessment.models import Assignment
from portal.core.db import db
from portal.core.holidays import BankHoliday
from portal.core.jobs import Job
from portal.core.outbox import Mail
from portal.demonstration.form_being_written import FIRST, KEY
from portal.funds.models import BudgetChange, Clarification, Round
from portal.monitoring.models import Return
from portal.people.models import AccountRequest, Contact, Hosting, Invitation, Likeness, Merge, Paper, RoleChange, SignIn, User
from portal.plan.models import Objective
from portal.questions.models import Question
from tests.access_table import finder_of, methods_of
from tests.cast import ADA, BEN, TESS, UMA, user_of
from tests.doors.world import ADDRESS_TOKEN, BIDS, ROUNDS, bid_called, decision_called, file_called

Args = dict[str, Any]
STATES = {  # finder → the bids, or what came of them, that it is tried with
    "applications.by_ref": ("draft", "submitted", "judged", "declined"),
    "applications.draft_by_ref": ("draft", "submitted", "judged", "declined"),
    "assessment.bid_by_ref": ("draft", "submitted", "judged", "declined"),
    "assessment.own_assignment": ("judged", "declined"),
    "assessment.own_scores": ("judged", "declined"),
    "assessment.scored_by": ("judged", "declined"),
    "awards.bid_by_ref": ("judged", "recommended", "declined"),
    "awards.by_ref": ("offered", "reporting"),
    "reporting.by_ref": ("draft", "judged", "declined", "offered", "reporting"),
}
RETURNS = {"draft": ("reporting", 2), "submitted": ("reporting", 1), "accepted": ("reported", 1), "due": ("reported", 2)}
FILES = (("draft", "quotes"), ("judged", "quotes"), ("judged", "safeguarding_policy"), ("reporting", "evidence"))
ANSWERING = ("answer", "attach", "detach", "add_line", "remove_line", "restore_line", "save", "answer_queries", "section")
OF_RULES = ("round_code", "criterion_id", "row_id")
OPEN_AND_CLOSED = ("draft", "judged", "accepted")  # enough states for each of the many addresses of answering


@dataclass(frozen=True)
class Door:
    endpoint: str
    method: str
    thing: str
    address: str

    @property
    def name(self) -> str:
        return f"{self.endpoint:<27} {self.method:<4} {self.thing:<20} "


def doors(app: Flask) -> Iterator[Door]:
    """All of them, in the order of the alphabet."""
    urls = app.url_map.bind("localhost")
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.endpoint, str(rule))):
        for thing, args in abouts(app, rule):
            named = {name: value for name, value in args.items() if name in rule.arguments} | {
                name: part(rule, name) for name in rule.arguments - set(args)
            }
            for method in sorted(methods_of(rule)):
                column = "column " if "/columns/" in str(rule) else ""  # of a form that is written, under the same endpoint
                yield Door(rule.endpoint, method, column + thing, urls.build(rule.endpoint, named, method))


def abouts(app: Flask, rule: Rule) -> Iterator[tuple[str, Args]]:
    """What an address can be about: a word for it, and the part of the address that names it."""
    package, _, view = rule.endpoint.partition(".")
    finder = f"{package}.{finder_of(app.view_functions[rule.endpoint])}"
    if finder in STATES:
        found = [(state, {"ref": BIDS[state]}) for state in STATES[finder]]
    elif finder == "monitoring.by_ref":
        found = [(state, {"ref": f"{BIDS[bid]}-R{number}"}) for state, (bid, number) in RETURNS.items()]
    else:
        found = [*others(finder), *forms(finder), *of_money(finder), *of_rounds(finder)] or [("-", {})]
    yield from [(thing, args) for thing, args in found if view not in ANSWERING or package == "forms" or thing in OPEN_AND_CLOSED]


def others(finder: str) -> Iterator[tuple[str, Args]]:
    """Things that are not named by the reference of a bid."""
    if finder == "assessment.assignment_by_id":
        for assignment in db.session.scalars(select(Assignment).where(Assignment.application_id == bid_called("judged").id)):
            whose = assignment.assessor.name.split()[0]
            yield f"judged, {whose}'s", {"ref": BIDS["judged"], "assignment_id": assignment.id}
    elif finder in ("awards.notice_by_ref", "publishing.public_notice"):
        yield from (
            (state, {"ref": decision_called(bid).ref}) for state, bid in (("approved", "offered"), ("published", "declined"))
        )
    elif finder.startswith(("people.", "reporting.organisation_at")):
        yield from (*organisations(finder.partition(".")[2]), *peoples(finder))
    elif finder == "files.by_id":
        yield "Fenland's insurance", {"file_id": db.session.scalars(select(Paper.file_id)).one()}
        yield from ((f"{bid}, {code}"[:20], {"file_id": file_called(bid, code)}) for bid, code in FILES)
        yield "Finn's report", {"file_id": db.session.scalars(select(Job.file_id)).one()}
    elif finder == "reporting.by_id":
        first = select(Mail.id).where(Mail.to_name == "Ada Khan").order_by(Mail.id)
        yield "Ada's", {"mail_id": db.session.scalars(first).first()}
    elif finder == "reporting.job_by_id":
        yield "Finn's", {"job_id": db.session.scalars(select(Job.id)).one()}


def forms(finder: str) -> Iterator[tuple[str, Args]]:
    """A published form, and the draft that two officers write."""
    if finder in ("forms.wording_at", "forms.version_at"):
        yield "published", {"key": "safer_communities_form", "version": "1", "number": 1}
    if finder in ("forms.wording_at", "forms.draft_at"):
        yield "being written", {
            "key": KEY, "version": "draft", "section": FIRST, "question": "what_will_you_do", "column": "-", "verb": "up",
            "kind": "radios", "when": "asked",
        }  # fmt: skip


def organisations(finder: str) -> Iterator[tuple[str, Args]]:
    """What belongs to Fenland's partnership, and the doubles of a charity."""
    fenland = bid_called("draft").organisation
    host = db.session.scalars(select(Hosting).where(Hosting.partnership_id == fenland.id)).one()
    merged, likeness = (db.session.scalars(select(kind).order_by(kind.id)).first() for kind in (Merge, Likeness))
    known: dict[str, list[tuple[str, Args]]] = {
        "organisation_by_id": [("Fenland", {}), ("a charity", {"organisation_id": merged.kept_id})],
        "organisation_at": [("Fenland", {}), ("its host", {"organisation_id": host.host_id}),
                            ("merged", {"organisation_id": merged.gone_id})],
        "number_of": [("Fenland", {"identifier_id": fenland.identifiers[0].id})],
        "dated_of": [("Fenland's host", {"what": "hosts", "row_id": host.id})],
        "contact_of": [("Fenland's", {"contact_id": db.session.scalars(select(Contact.id)).one()})],
        "pair_of": [("Fenland, its host", {"other_id": host.host_id})],
        "likeness_by_id": [("a charity's", {"likeness_id": likeness.id})],
        "merge_by_id": [("a charity's", {"merge_id": merged.id})],
    }  # fmt: skip
    for thing, args in known.get(finder, []):
        yield thing, args if finder in ("likeness_by_id", "merge_by_id") else {"organisation_id": fenland.id, **args}


def peoples(finder: str) -> Iterator[tuple[str, Args]]:
    """Things about people: somebody's role or rights, a letter on its way, a change that waits."""
    uma, ben, tess = user_of(UMA), user_of(BEN), user_of(TESS)
    if finder == "people.person_by_id":
        yield "Ada", {"user_id": user_of(ADA).id, "key": "-"}
    known: dict[str, tuple[str, Args]] = {
        "account_by_id": ("of a draft", {"account_id": 1}),
        "appointment_of": ("Uma's", {"user_id": uma.id, "appointment_id": uma.appointments[0].id}),
        "change_by_id": ("Priya's", {"change_id": first(RoleChange)}),
        "invitation_by_id": ("Wren's", {"invitation_id": first(Invitation)}),
        "own_email_change": ("Ada's", {"token": ADDRESS_TOKEN}),
        "own_or_colleagues": ("Ben's", {"user_id": ben.id, "organisation_id": bid_called("draft").organisation_id}),
        "own_sign_in": ("Ada's", {"sign_in_id": first(SignIn)}),
        "request_by_id": ("Bea's", {"request_id": first(AccountRequest)}),
        "person_by_id": ("Tess", {"user_id": tess.id, "key": f"assignment-{judged_by(tess)}"}),
        "anybody_by_id": ("Ben", {"user_id": ben.id}),
    }
    if found := known.get(finder.partition(".")[2]):
        yield found


def first(kind: Any) -> int:
    return db.session.scalars(select(func.min(kind.id))).one()


def judged_by(assessor: User) -> int:
    """The number of their assignment on the bid that is being judged."""
    own = (Assignment.assessor_id == assessor.id, Assignment.application_id == bid_called("judged").id)
    return db.session.scalars(select(Assignment.id).where(*own)).one()


def of_money(finder: str) -> Iterator[tuple[str, Args]]:
    """Envelopes, and a budget that waits for an answer."""
    if finder == "funds.change_by_id":
        yield "Finn's", {"slug": "safer-communities", "change_id": db.session.scalars(select(BudgetChange.id)).one()}
    elif finder.endswith(".envelope_by_slug"):
        yield "-", {"slug": "announced"}


def of_rounds(finder: str) -> Iterator[tuple[str, Args]]:
    """Rounds, what was asked about one, and bank holidays."""
    if finder.endswith((".round_by_code", ".round_to_run")):
        name = "round_code" if finder == "applications.round_to_run" else "code"
        yield from ((stage, {name: code}) for stage, code in ROUNDS.items())
    elif finder == "funds.clarification_of":
        yield "open", {"code": ROUNDS["open"], "clarification_id": db.session.scalars(select(Clarification.id)).one()}
    elif finder == "funds.by_id":
        yield "-", {"holiday_id": db.session.scalars(select(BankHoliday.id).order_by(BankHoliday.id)).first()}


def part(rule: Rule, name: str) -> Any:
    """What else an address names: a section, a question, a round."""
    of_returns = rule.endpoint.startswith("monitoring.")
    if name in ("question_id", "group_id"):
        is_file = rule.endpoint.endswith(("attach", "detach"))
        code = {"group_id": "milestones"}.get(name, "evidence" if is_file and of_returns else "quotes" if is_file else "title")
        return question_id("done" if of_returns and code == "title" else code, of_returns)
    if rule.endpoint.startswith("funds.") and name in OF_RULES:
        return part_of_rules(rule, name)
    sections = {"monitoring": "progress", "funds": "dates"}
    known = {
        "section": sections.get(rule.endpoint.split(".")[0], "problem"), "row": 0 if rule.endpoint.endswith("answer") else 1,
        "round_code": "SCF26", "slug": "safer-communities", "filename": "js/base.js",
        "kind": "insurance",
        "key": "pcc-budget", "document_id": 1,
    }  # fmt: skip
    if name in known:
        return known[name]
    if name == "criterion_id":
        return bid_called("judged").round.criteria[0].id
    if name == "organisation_id" and rule.endpoint == "applications.eligibility":
        return bid_called("judged").organisation_id
    return db.session.scalars(select(Objective.id)).first()


def part_of_rules(rule: Rule, name: str) -> Any:
    """A round without bids, whose rules may still be changed; its first criterion, question or check."""
    round_ = db.session.scalars(select(Round).where(Round.code == "YCF26")).one()
    if name == "round_code":
        return round_.code
    rows = round_.criteria if name == "criterion_id" else round_.gate_checks if "check" in rule.endpoint else round_.eligibility
    return rows[0].id


def question_id(code: str, of_returns: bool) -> int:
    return_ = db.session.scalars(select(Return)).first()
    answer_set = return_.answer_set if of_returns else bid_called("draft").answer_set
    sections = [section.id for section in answer_set.version.sections]
    return db.session.scalars(select(Question.id).where(Question.section_id.in_(sections), Question.code == code)).first()
