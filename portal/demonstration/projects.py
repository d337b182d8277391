"""The invented projects that partnerships bid for, and what their forms say."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import select

from portal.applications.models import Application
from portal.core import clock
from portal.core.db import db
from portal.demonstration.cast import lead_of, signatory_of
from portal.demonstration.data import data
from portal.people.lists import host_of
from portal.plan.models import Objective
from portal.questions.conditions import holds
from portal.questions.models import Question
from portal.questions.sheet import Sheet

Typed = dict[tuple[int, int], tuple[list[str], int | None]]  # (question, row) → values, over whatever edition is there
Said = str | list[str]  # as a form sends it: several values for days and for several choices
Answers = dict[str, Any]  # by code: what was said, or for a group its lines, each by the codes of its columns
AGREED = (
    "consent_sharing", "consent_publication", "consent_privacy", "chair_agreed", "signed", "three_trustees", "two_signatories",
    "dbs_checks", "cctv_rules",
)  # fmt: skip
DENIED = ("crosses_boundary", "duty_or_funded", "at_risk", "personal_data", "cctv", "enterprise", "interests")


@dataclass(frozen=True)
class Project:
    """What is particular to one bid; the rest is the same for all and stands in `usual_answers`."""

    title: str
    summary: str
    problem: str
    evidence: list[list[Any]]  # kind, finding, source, days ago
    objectives: list[list[str]]  # code, how
    activities: str
    milestones: list[list[Any]]  # what, days after the start, who
    budget: list[dict[str, Any]]  # category, for, grant, perhaps match and kind (in pence), perhaps capital
    measures: list[list[Any]]  # what, baseline, target, how
    afterwards: str
    people: list[Any]  # how many, which groups
    places: str = ""
    priority: list[str] = field(default_factory=lambda: ["csp_plan", "Make public places safer and cleaner"])
    partners: list[list[str]] = field(default_factory=list)  # name, role, e-mail
    starts_in: int = 21  # days from when the form is filled in
    lasts: int = 180
    why: str = ""  # why it should be paid for, for those that are
    more: dict[str, Said] = field(default_factory=dict)  # anything else, by the question's code


@cache
def all_projects() -> dict[str, Project]:
    return {key: Project(**facts) for key, facts in data("projects").items()}


def answers_of(application: Application, key: str, pence: int | None, starts_in: int | None, lasts: int | None) -> Answers:
    """A whole form. `pence` asks for another amount, in one budget line."""
    project = all_projects()[key]
    if pence is not None:
        project = replace(project, budget=[{"category": "equipment", "for": "Everything the work needs", "grant": pence}])
    starts_on = clock.today() + timedelta(days=project.starts_in if starts_in is None else starts_in)
    ends_on = starts_on + timedelta(days=lasts or project.lasts)
    return {
        **usual_answers(application), **about_the_problem(project), **about_the_work(project, starts_on, ends_on),
        **about_the_money(project), **project.more,
    }  # fmt: skip


def about_the_problem(project: Project) -> Answers:
    return {
        "title": project.title, "summary": project.summary, "problem": project.problem,
        "evidence": [{"type": kind, "finding": finding, "source": source, "dated_on": day(clock.today() - timedelta(days=ago))}
                     for kind, finding, source, ago in project.evidence],
        "objectives": [{"objective": objective_id(code), "how": how} for code, how in project.objectives],
        "priority": project.priority[0], "priority_name": project.priority[1],
        "people_count": str(project.people[0]), "people_groups": list(project.people[1]),
    }  # fmt: skip


def about_the_work(project: Project, starts_on: date, ends_on: date) -> Answers:
    return {
        "activities": project.activities, "where": "parts" if project.places else "whole_area", "places": project.places,
        "milestones": [{"title": what, "due_on": day(min(starts_on + timedelta(days=after), ends_on)), "owner": who}
                       for what, after, who in project.milestones],
        "partners": [{"name": name, "role": role, "email": email, "agreed": "yes"} for name, role, email in project.partners],
        "starts_on": day(starts_on), "ends_on": day(ends_on), "afterwards": project.afterwards,
        "measures": [{"name": what, "baseline": str(now), "target": str(then), "method": how}
                     for what, now, then, how in project.measures],
    }  # fmt: skip


def about_the_money(project: Project) -> Answers:
    shared = [each for each in project.budget if {"match", "kind"} & set(each)]
    return {
        "budget": [budget_line(each) for each in project.budget],
        "requested": pounds(sum(each["grant"] for each in project.budget)), "has_match": "secured" if shared else "no",
        "match_detail": "; ".join(f"{each['for']}: £{pounds(each.get('match', 0) + each.get('kind', 0))}" for each in shared),
    }  # fmt: skip


def usual_answers(application: Application) -> Answers:
    """What nearly every bid says, for either form."""
    lead, host = lead_of(application.organisation.key), host_of(application.organisation)
    signatory = signatory_of(host.key)
    site, host_site = lead.email.split("@")[1], signatory.email.split("@")[1]
    return {
        **dict.fromkeys(AGREED, "yes"), **dict.fromkeys(DENIED, "no"),
        "accountable_body": host.key, "body_address": host.address, "body_postcode": host.postcode,
        "finance_name": "Jo Hart", "finance_email": f"finance@{host_site}",
        "contact_name": lead.name, "contact_role": "Community safety manager", "contact_email": lead.email,
        "contact": [lead.name, "Community safety manager", lead.email, lead.phone],
        "second_contact": ["Kim Barnes", "Community safety officer", f"kim@{site}", "01632 960 199"],
        "contact_phone": lead.phone, "second_name": "Kim Barnes", "second_role": "Community safety officer",
        "second_email": f"kim@{site}", "second_phone": "01632 960 199",
        "equality": "Nobody is left out by it. Notices are in plain English and in the four languages most spoken nearby.",
        "liability_insurance": "yes", "liability_until": day(clock.today() + timedelta(days=400)), "employer_insurance": "yes",
        "chair_name": "Robin Field", "chair_email": f"chair@{site}", "safeguarding_lead": "Kim Barnes",
        "signatory_name": signatory.name, "signatory_role": "Head of communities",
    }  # fmt: skip


def typed(sheet: Sheet, answers: Answers) -> Typed:
    """The answers as a form sends them. What is not shown is not answered."""
    sent: Typed = {}
    for question in sheet.by_code.values():
        said = answers.get(question.code)
        if said is None or question.kind in ("file", "shown") or not would_show(question, answers):
            continue
        if question.kind == "group":
            columns = {column.code: column.id for column in sheet.columns[question.id]}
            for row, line in zip(sheet.rows(question), said, strict=False):
                sent |= {(columns[code], row): (values(cell), None) for code, cell in line.items()}
        else:
            sent[question.id, 0] = (values(said), None)
    return sent


def would_show(question: Question, answers: Answers) -> bool:
    """Whether these answers show the question."""
    when = question.shown_when
    return when is None or holds(when, lambda code: values(answers[code]) if code in answers else None)


def values(said: Said) -> list[str]:
    return [said] if isinstance(said, str) else said


def budget_line(line: dict[str, Any]) -> dict[str, Said]:
    said: dict[str, Said] = {
        "category": line["category"], "description": line["for"], "from_grant": pounds(line["grant"]),
        "total": pounds(line["grant"] + line.get("match", 0) + line.get("kind", 0)),
        "nature": "capital" if line.get("capital") else "revenue",
    }  # fmt: skip
    names = {"match": "match", "kind": "in_kind"}
    return said | {code: pounds(line[name]) for name, code in names.items() if name in line}


def objective_id(code: str) -> str:
    return str(db.session.scalars(select(Objective.id).where(Objective.code == code)).one())


def pounds(pence: int) -> str:
    """As people type it."""
    return f"{pence // 100:,}" if pence % 100 == 0 else f"{pence // 100:,}.{pence % 100:02}"


def day(date_: date) -> list[str]:
    """The three fields of a date."""
    return [str(date_.day), str(date_.month), str(date_.year)]
