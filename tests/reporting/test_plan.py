"""The plan: its objectives with the money and the progress under them, and its actions with their readings."""

import pytest
from sqlalchemy import select

from portal.core.db import db, write
from portal.demonstration import history, reference
from portal.plan.models import Objective, Rag
from portal.reporting.objectives import standing_under
from tests import factories as acts
from tests.cast import ADA, CLEO, FINN, OMAR, PAT, TESS


def number(code: str) -> int:
    return db.session.scalars(select(Objective.id).where(Objective.code == code)).one()


@pytest.mark.parametrize(("who", "status"), [(None, 303), (ADA, 403), (OMAR, 200), (PAT, 200), (FINN, 200), (TESS, 200)])
def test_who_may_read_the_plan(as_user, app, who, status):
    assert as_user(who).get("/plan").status_code == status
    assert as_user(who).get(f"/objectives/{number('PCF1')}").status_code == status


def test_the_plan_in_force_comes_first_and_the_others_are_a_link_away(as_user, app):
    page = as_user(PAT).get("/plan").text
    for words in (
        "Putting Communities First",
        "In force from 15 November 2021",
        "Police and Crime Plan 2017-20",
        "Ethical Policing",
    ):
        assert words in page
    assert "Offenders are brought to justice" not in page
    assert "Putting Communities First" in as_user(PAT).get("/plan?plan=unknown&plan=plan-2017").text


def test_the_red_action_says_why_and_who_deals_with_it(as_user, app):
    assert "Red at its last reading" in as_user(PAT).get("/plan").text
    page = as_user(PAT).get("/plan?plan=plan-2017").text
    for words in ("V9", "Red", 'rag__letter" aria-hidden="true">R', "are being transformed at the same time",
                  "Strategic Risk Register", "Criminal Justice Board", "31 January 2018", "Improving",
                  "Earlier readings"):  # fmt: skip
        assert words in page


def test_the_money_of_a_grant_counts_once_under_its_main_objective(as_user, app, person):
    award = acts.a_live_award()
    under = standing_under(person(PAT))
    assert sum(each.pence for each in under.values()) == award.pence == 145000
    main = award.objectives[0].objective
    page = as_user(PAT).get(f"/objectives/{main.id}").text
    for words in (main.theme.title, award.title, "£1,450.00", "1 grant", "Live"):
        assert words in page


def test_the_plan_and_the_finance_report_show_the_same_money(as_user, app, person):
    for facts in reference.data("history_awards"):
        write(history.take_over, facts)
    acts.an_accepted_award(CLEO)
    total = sum(each.pence for each in standing_under(person(PAT)).values())
    assert f"£{total / 100:,.2f}" in as_user(FINN).get("/reports/finance").text.split("</dl>")[0]


def test_the_worst_rating_speaks_for_an_objective(as_user, app, person):
    good = acts.an_accepted_return().award
    bad = acts.a_live_award(CLEO)

    def rate():
        bad.delivery_rag = Rag.RED

    write(rate)
    under = standing_under(person(PAT))
    codes = {award.ref: award.objectives[0].objective_id for award in (good, bad)}
    assert under[codes[bad.ref]].worst is Rag.RED
    assert under[codes[good.ref]].worst in (Rag.GREEN, Rag.RED)


def test_a_lapsed_offer_counts_nowhere(app, person):
    acts.decline_offer(acts.an_offered_award())
    assert standing_under(person(PAT)) == {}


def test_grants_under_objectives_of_earlier_plans_are_shown_and_not_added(as_user, app):
    award = acts.a_live_award()
    here = number("PCF1")

    def move():
        award.objectives[0].objective_id = number("C-a")

    write(move)
    page = as_user(PAT).get(f"/objectives/{here}").text
    assert "Under objectives of earlier plans" in page
    assert award.title in page
    assert "No grants count under this objective yet" in page
    assert "It follows from" in page
    assert "PCF1" in as_user(PAT).get(f"/objectives/{number('C-a')}").text


def test_assessors_read_the_plan_without_its_money(as_user, app):
    award = acts.a_live_award()
    for address in ("/plan", f"/objectives/{award.objectives[0].objective_id}"):
        page = as_user(TESS).get(address).text
        assert "£" not in page
        assert award.title not in page


@pytest.mark.parametrize("address", ["/objectives/0", "/objectives/99999999999999999999999", "/objectives/x", "/objectives/-1"])
def test_no_number_breaks_the_page(as_user, app, address):
    assert as_user(PAT).get(address).status_code == 404


def test_no_wish_breaks_the_list_of_an_objective(as_user, app):
    acts.a_live_award()
    address = f"/objectives/{number('PCF1')}?after=x&sort=-&q=%00&last=1"
    assert as_user(PAT).get(address, headers={"HX-Request": "true", "HX-Target": "results"}).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_grants(as_user, app, query_count):
    addresses = ("/plan", f"/objectives/{number('PCF1')}")
    pat, counts = as_user(PAT), []
    for people in ([ADA], [CLEO, ADA]):
        for person in people:
            acts.an_offered_award(person)
        for address in addresses:
            with query_count() as queries:
                pat.get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
