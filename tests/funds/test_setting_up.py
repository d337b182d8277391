"""A fund from nothing: its words, who may apply, the objectives it serves, its steps and its checklist."""

from datetime import date

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from portal.applications import actions as bids
from portal.applications.lists import rounds_for
from portal.core.db import db, write
from portal.core.problems import Refused
from portal.funds import actions
from portal.funds.actions.editing import Overtaken
from portal.funds.models import Fund, FundObjective, Phase, Round
from portal.people.models import Area, Organisation
from portal.plan.lists import objectives_of
from portal.plan.models import Objective, Plan
from tests.cast import ADA, CLEO, MAYA, OMAR, PRIYA, user_of
from tests.funds.conftest import fund_called


def new_fund(name="Warm Welcome Fund"):
    plan = db.session.scalars(select(Plan).where(Plan.key == "plan-2021")).one()
    facts = {"name": name, "purpose": "Places to go in winter.", "legal_basis": "2011 Act s.9", "plan_id": plan.id,
             "contact": "grants@opcc.example", "summary": "", "what_for": [], "not_funded": [], "how_judged": ""}  # fmt: skip
    return write(lambda: actions.create_fund(facts, by=user_of(OMAR)))


def admit(slug="safer-communities", accepts=(), bodies=(), areas=()):
    fund = fund_called(slug)
    write(lambda: actions.choose_applicants(fund, "Some.", list(accepts), bodies, areas, fund.edition, by=user_of(OMAR)))


def offered(who):
    return [each.code for each in rounds_for(user_of(who))]


def organisation(key):
    return db.session.scalars(select(Organisation).where(Organisation.key == key)).one()


def test_a_new_fund_has_an_address_made_from_its_name_and_a_history(app, verbs_about):
    assert new_fund().slug == "warm-welcome-fund"
    assert new_fund("Wärm welcome: fund!").slug == "warm-welcome-fund-2"
    assert new_fund("New").slug == "new-2", "an address of the portal's own"
    assert verbs_about(fund_called("warm-welcome-fund")) == ["fund.create"]


def test_two_funds_never_have_one_name(app):
    with pytest.raises(Refused, match="There is a fund of this name already") as problem:
        new_fund("Safer Communities Fund")
    assert problem.value.field == "name"


def test_a_save_on_an_older_edition_is_refused_and_loses_nothing(app):
    fund = fund_called()
    write(lambda: actions.change_fund(fund, {"purpose": "Omar's words"}, 1, by=user_of(OMAR)))

    with pytest.raises(Overtaken):
        write(lambda: actions.change_fund(fund, {"purpose": "Priya's words"}, 1, by=user_of(PRIYA)))
    assert (fund_called().purpose, fund_called().edition) == ("Omar's words", 2)


def test_who_may_apply_decides_what_is_offered_and_what_is_started(app):
    assert (offered(ADA), offered(MAYA)) == (["SCF26"], ["YCF26"])
    cambridge = (
        db.session.scalars(select(Area).where(Area.name == "Cambridge")).first() or organisation("cambridge-city-csp").area
    )

    admit(areas=[cambridge.id])

    assert offered(ADA) == []
    round_ = db.session.scalars(select(Round).where(Round.code == "SCF26")).one()
    with pytest.raises(Refused, match="is not open to Fenland"):
        write(lambda: bids.start(round_, organisation("fenland-csp"), by=user_of(ADA)))


def test_a_named_body_may_apply_whatever_its_kind_and_area(app):
    admit(bodies=[organisation("fen-edge-youth-trust").id], accepts=["csp"])
    assert (offered(ADA), offered(CLEO), sorted(offered(MAYA))) == (["SCF26"], ["SCF26"], ["SCF26", "YCF26"])


def test_with_bodies_named_and_nothing_else_only_they_may_apply(app):
    admit(bodies=[organisation("fenland-csp").id])
    assert (offered(ADA), offered(CLEO)) == (["SCF26"], [])


def test_an_objective_that_a_fund_serves_cannot_be_deleted(app):
    served = db.session.scalars(select(FundObjective.objective_id)).first()
    with pytest.raises(IntegrityError):
        db.session.execute(delete(Objective).where(Objective.id == served))
    db.session.rollback()


def test_an_objective_that_has_left_the_plan_is_refused_and_nothing_is_forgotten(app):
    fund = fund_called()
    known = [each.id for each in objectives_of(fund.plan_id)]
    before = {each.objective_id for each in fund.served}

    with pytest.raises(Refused, match="not in this plan any more"):
        write(lambda: actions.choose_objectives(fund, fund.plan_id, [known[0], 10**6], 1, by=user_of(OMAR)))
    assert {each.objective_id for each in fund_called().served} == before

    write(lambda: actions.choose_objectives(fund, fund.plan_id, known[:1], 1, by=user_of(OMAR)))
    assert [each.objective_id for each in fund_called().served] == known[:1]


def test_the_latest_day_says_where_a_fund_stands(app):
    def step(phase, on):
        write(lambda: actions.record_step(fund_called(), phase, on, "Seen.", by=user_of(OMAR)))

    assert fund_called().phase is None
    step(Phase.PLAN, date(2026, 5, 1))
    step(Phase.UNDERSTAND, date(2026, 2, 1))
    assert fund_called().phase is Phase.PLAN
    assert [each.phase for each in fund_called().steps] == [Phase.PLAN, Phase.UNDERSTAND]
    with pytest.raises(Refused, match="today or earlier"):
        step(Phase.DO, date(2026, 6, 10))


def test_the_checklist_keeps_who_said_what_and_when(app, frozen):
    def say(answers, by):
        write(lambda: actions.answer_checklist(fund_called(), answers, fund_called().edition, by=user_of(by)))

    say({"owner": ("met", "Priya"), "risk": ("partly", "Later")}, OMAR)
    frozen.move(days=1)
    say({"owner": ("met", "Priya"), "risk": ("met", ""), "nonsense": ("met", "")}, PRIYA)

    found = fund_called().checklist
    assert (found["owner"]["by"], found["owner"]["on"]) == ("Omar Haddad", "2026-06-09")
    assert (found["risk"]["answer"], found["risk"]["by"], found["risk"]["on"]) == ("met", "Priya Shah", "2026-06-10")
    assert set(found) == {"owner", "risk"}


def test_what_must_stay_unpublished_has_a_reason(app):
    with pytest.raises(IntegrityError, match="sensitivity_has_reason"):
        db.session.execute(db.update(Fund).values(sensitivity="places"))
    db.session.rollback()
