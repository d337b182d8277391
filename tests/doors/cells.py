"""Every door of the portal: each address with its methods, on every thing it can be about."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule

from portal.assessment.models import Assignment
from portal.core.db import db
from portal.core.holidays import BankHoliday
from portal.core.jobs import Job
from portal.core.outbox import Mail
from portal.funds.models import Clarification
from portal.monitoring.models import Return
from portal.plan.models import Objective
from portal.questions.models import Question
from tests.access_table import finder_of, methods_of
from tests.doors.world import BIDS, ROUNDS, bid_called, decision_called, file_called

Args = dict[str, Any]
STATES = {  # finder → the bids, or what came of them, that it is tried with
    "applications.by_ref": ("draft", "submitted", "judged", "declined"),
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
            named = args | {name: part(rule, name) for name in rule.arguments - set(args)}
            for method in sorted(methods_of(rule)):
                yield Door(rule.endpoint, method, thing, urls.build(rule.endpoint, named, method))


def abouts(app: Flask, rule: Rule) -> Iterator[tuple[str, Args]]:
    """What an address can be about: a word for it, and the part of the address that names it."""
    package, _, view = rule.endpoint.partition(".")
    finder = f"{package}.{finder_of(app.view_functions[rule.endpoint])}"
    if finder in STATES:
        found = [(state, {"ref": BIDS[state]}) for state in STATES[finder]]
    elif finder == "monitoring.by_ref":
        found = [(state, {"ref": f"{BIDS[bid]}-R{number}"}) for state, (bid, number) in RETURNS.items()]
    else:
        found = [*others(finder), *of_rounds(finder)] or [("-", {})]
    yield from [(thing, args) for thing, args in found if view not in ANSWERING or thing in OPEN_AND_CLOSED]


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
    elif finder == "files.by_id":
        yield from ((f"{bid}, {code}"[:20], {"file_id": file_called(bid, code)}) for bid, code in FILES)
        yield "Finn's report", {"file_id": db.session.scalars(select(Job.file_id)).one()}
    elif finder == "reporting.by_id":
        first = select(Mail.id).where(Mail.to_name == "Ada Khan").order_by(Mail.id)
        yield "Ada's", {"mail_id": db.session.scalars(first).first()}
    elif finder == "reporting.job_by_id":
        yield "Finn's", {"job_id": db.session.scalars(select(Job.id)).one()}


def of_rounds(finder: str) -> Iterator[tuple[str, Args]]:
    """Rounds, what was asked about one, and bank holidays."""
    if finder.endswith((".round_by_code", ".round_to_run")):
        name = "round_code" if finder.startswith("applications.") else "code"
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
    sections = {"monitoring": "progress", "funds": "dates"}
    known = {
        "section": sections.get(rule.endpoint.split(".")[0], "problem"), "row": 0 if rule.endpoint.endswith("answer") else 1,
        "round_code": "SCF26", "slug": "safer-communities", "filename": "js/base.js",
    }  # fmt: skip
    if name in known:
        return known[name]
    if name == "criterion_id":
        return bid_called("judged").round.criteria[0].id
    return db.session.scalars(select(Objective.id)).first()


def question_id(code: str, of_returns: bool) -> int:
    return_ = db.session.scalars(select(Return)).first()
    answer_set = return_.answer_set if of_returns else bid_called("draft").answer_set
    sections = [section.id for section in answer_set.version.sections]
    return db.session.scalars(select(Question.id).where(Question.section_id.in_(sections), Question.code == code)).first()
