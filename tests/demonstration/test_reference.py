"""Reference data and cast: what every test and every demonstration begins with."""

from datetime import date

import pytest
from flask import Flask
from flask_security import verify_password
from sqlalchemy import func, select

from portal.applications.lists import sheet_of
from portal.core import clock, files
from portal.core.db import db
from portal.demonstration import acts, papers
from portal.demonstration.bids_on_new_forms import MOST_PENCE
from portal.demonstration.cast import CAST, MAYA, PASSWORD, sign_in_lines, user_of
from portal.demonstration.new_rounds import open_round
from portal.demonstration.projects import all_projects
from portal.funds.models import Budget, Fund, Round, RoundKind, RoundStage
from portal.people.lists import host_of
from portal.people.models import OfficeRole, Organisation, OrganisationKind, Right
from portal.plan.models import Action, Direction, Objective, Plan, Reading, Theme
from portal.questions.models import Question


def test_each_partnership_is_hosted_by_a_body_that_can_hold_a_grant(app: Flask) -> None:
    partnerships = db.session.scalars(select(Organisation).where(Organisation.kind == OrganisationKind.CSP)).all()
    assert len(partnerships) == 6
    assert all(host_of(each).has_legal_form for each in partnerships)


def test_the_cast_holds_every_role_and_every_right(app: Flask) -> None:
    assert {person.role for person in CAST} >= set(OfficeRole) - {OfficeRole.PANEL_MEMBER}
    assert {right for person in CAST for right in person.rights} == set(Right)
    for person in CAST:
        user = user_of(person)
        assert user.is_staff == (person.role is not None)
        assert bool(user.organisation_ids) == (person.organisation is not None)


def test_everybody_signs_in_with_the_one_password_that_the_terminal_tells(app: Flask) -> None:
    stored = {user_of(person).password for person in CAST}
    assert len(stored) == 1
    assert verify_password(PASSWORD, stored.pop())
    assert PASSWORD in sign_in_lines()[0]
    assert len(sign_in_lines()) > 10


def test_the_red_action_of_2018_is_there_with_its_story(app: Flask) -> None:
    reading = db.session.scalars(select(Reading).join(Action).where(Action.code == "V9")).one()
    assert (reading.rag, reading.on, reading.direction) == ("red", date(2018, 1, 31), Direction.NEW)
    assert reading.cause
    assert reading.mitigation
    assert reading.governance


def test_the_plan_of_2021_has_five_priorities_and_is_still_in_force(app: Flask) -> None:
    themes = select(func.count()).select_from(Theme).join(Plan).where(Plan.key == "plan-2021", Plan.to_on.is_(None))
    assert db.session.scalar(themes) == 5
    assert db.session.scalar(select(Objective.is_provisional).where(Objective.code == "PCF1"))


def test_one_safer_communities_round_is_open_whatever_the_day(app: Flask) -> None:
    open_ = {each.code: each for each in db.session.scalars(select(Round)) if each.is_open}
    assert set(open_) == {"SCF26", "YCF26"}
    assert open_["SCF26"].cap_pence == 500_000
    assert open_["SCF26"].kind is RoundKind.ROLLING
    assert sum(each.weight for each in open_["SCF26"].criteria) == 100
    closed = db.session.scalars(select(Round).where(Round.code == "SCF22")).one()
    assert closed.stage is RoundStage.CLOSED


def test_the_fund_has_money_for_last_this_and_next_year(app: Flask) -> None:
    years = select(Budget.year).join(Fund).where(Fund.slug == "safer-communities")
    this = clock.financial_year(clock.today())
    assert this in set(db.session.scalars(years))


def test_columns_of_groups_are_questions_of_their_own(app: Flask) -> None:
    groups = db.session.scalars(select(Question).where(Question.kind == "group")).all()
    with_columns = set(db.session.scalars(select(Question.group_id).where(Question.group_id.is_not(None))))
    assert {group.id for group in groups} == with_columns
    assert not any("columns" in group.settings for group in groups)


NEWER = {
    "boxworth-youth-service": ("contribution_form", RoundKind.CONTRIBUTION),
    "ely-problem-solver": ("csp_capacity_form", RoundKind.DIRECT),
    "ouse-interpreters": ("victim_services_form", RoundKind.COMPETED),
}


def round_for(project: str) -> str | None:
    """The round in which a project on a newer form bids; the others go where their applicant would."""
    if project not in NEWER:
        return None
    form, kind = NEWER[project]
    code = f"NEW{list(NEWER).index(project)}"
    open_round(code, project, form, "small_return_form", kind=kind, cap_pence=MOST_PENCE, eligibility=[])
    return code


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # it is about the projects, not about the database
def test_every_project_fills_in_its_whole_form(app: Flask) -> None:
    for key, project in all_projects().items():
        by = MAYA if "young_voice" in project.more else acts.bids.ADA
        bid = acts.answer_all(acts.start_bid(by, round_for(key)), key)
        sheet = sheet_of(bid)
        assert [problem for section in sheet.sections for _, problem in sheet.problems(section)] == [], key


def test_the_papers_that_are_handed_in_are_real_pdfs() -> None:
    assert files.check("policy.pdf", papers.pdf("Safeguarding (policy)"), ["pdf"], 1) == "pdf"
