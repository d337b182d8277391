"""Finding a fund: by what it stands at, in words, by who may apply, for how much, where and what for."""

import pytest
from sqlalchemy import event, select, update

from portal.core.db import db, write
from portal.funds.models import Fund, FundArea, FundBody
from portal.people.models import Area, Organisation, OrganisationKind
from portal.plan.models import Theme
from tests.funds_by_the_hundred import many_funds
from tests.source import expect_none

SCF, YCF, YCF27, SCF22 = "rolling round", "first round", "second round", "May 2022"
FRAGMENT = {"HX-Request": "true", "HX-Target": "results"}


def found(as_user, query: str = "") -> list[str]:
    page = as_user(None).get(f"/funds?{query}").text
    return [name for name in (SCF, YCF, YCF27, SCF22) if name in page]


@pytest.mark.parametrize(("query", "names"), [
    ("", [SCF, YCF]), ("state=open", [SCF, YCF]), ("state=coming", [YCF27]), ("state=closed", [SCF22]), ("state=%27", [SCF, YCF]),
    ("q=young+people", [YCF]), ("q=fly-tipping", [SCF]), ("q=peop+youn", [YCF]), ("q=zebra", []),
    ("q=youth&state=coming", [YCF27]),
    ("who=csp", [SCF]), ("who=charity", [YCF]), ("who=charity&state=closed", []), ("who=prison", []), ("who=nobody", [SCF, YCF]),
    ("needs=100000", [SCF, YCF]), ("needs=500000", [SCF]), ("needs=1000000", []), ("needs=1", [SCF, YCF]),
])  # fmt: skip
def test_funds_are_found_by_state_words_applicant_and_amount(as_user, query, names):
    assert found(as_user, query) == names


def test_the_first_to_close_stands_first(as_user):
    page = as_user(None).get("/funds").text
    assert page.index(YCF) < page.index(SCF)


def test_a_fund_for_one_area_is_found_from_there_and_others_from_everywhere(as_user, app):
    fenland, cambridge = (db.session.scalars(select(Area.id).where(Area.name == name)).one() for name in ("Fenland", "Cambridge"))
    write(lambda: db.session.add(FundArea(fund_id=2, area_id=fenland)))
    assert found(as_user, f"area={fenland}") == [SCF, YCF]
    assert found(as_user, f"area={cambridge}") == [SCF]
    assert "You must be in Fenland." in as_user(None).get("/funds/youth-and-community").text


def test_who_can_apply_is_chosen_by_the_rule_of_the_fund_and_of_its_round(as_user, app):
    """A fund narrower than its round, and one that names a body of another kind."""
    fund = db.session.scalars(select(Fund.id).where(Fund.slug == "youth-and-community")).one()
    prison = Organisation(key="prison", name="A prison", kind=OrganisationKind.PRISON)
    write(db.session.execute, update(Fund).where(Fund.id == fund).values(accepts=["school"]))
    assert (found(as_user, "who=charity"), found(as_user, "who=school")) == ([], [YCF])
    write(lambda: db.session.add(FundBody(fund_id=fund, organisation=prison)))
    assert (found(as_user, "who=prison"), found(as_user, "who=school")) == ([YCF], [YCF])
    write(db.session.execute, update(Fund).where(Fund.id == fund).values(accepts=[]))
    assert (found(as_user, "who=prison"), found(as_user, "who=school")) == ([YCF], [])


def test_a_fund_is_found_by_the_theme_of_the_plan_that_it_serves(as_user, app):
    themes = {each.title: each.id for each in db.session.scalars(select(Theme).where(Theme.code.in_(("PCF", "CP"))))}
    assert len(themes) == 2
    for theme in themes.values():
        assert found(as_user, f"theme={theme}")
    assert found(as_user, "theme=99999") == [SCF, YCF]  # not one of those there are: nothing is chosen


def test_each_state_says_how_many_match_there(as_user):
    page = as_user(None).get("/funds?q=youth", headers=FRAGMENT).text
    assert "<html" not in page
    for state, number in (("Open", 1), ("Coming", 1), ("Closed", 0)):
        assert f'{state} <span class="count">{number}</span>' in page
    assert "q=youth&amp;state=coming" in page


def test_where_nothing_matches_the_page_says_what_to_do(as_user):
    assert "Look at the other states above" in as_user(None).get("/funds?q=zebra").text


def test_a_thousand_funds_take_as_many_queries_as_three_and_come_in_pages(as_user, app, query_count):
    visitor, counts = as_user(None), []
    for _ in range(2):
        with query_count() as queries:
            visitor.get("/funds")
        counts.append(len(queries))
        if len(counts) == 1:
            write(many_funds, 60)
            db.session.remove()
    assert counts[0] == counts[1] <= 12
    page = visitor.get("/funds").text
    assert page.count('class="card"') == 10
    assert "after=" in page
    assert "Fund of many 033" in visitor.get("/funds?q=many+033").text


@pytest.mark.parametrize("query", ["", "state=coming", "state=closed", "q=many", "who=charity&needs=100000", "area=1&theme=1"])
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_thousand_funds_are_read_through_their_indexes(as_user, app, query):
    write(many_funds, 300)
    with db.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("ANALYZE")
    asked = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        asked.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    as_user(None).get(f"/funds?{query}")
    event.remove(db.engine, "before_cursor_execute", note)
    with db.engine.connect() as connection:
        steps = [
            (statement, str(row[-1]))
            for statement, parameters in asked
            if statement.startswith("SELECT") and "count(" not in statement  # counts stop at a thousand
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        ]
    expect_none([f"{step}: {statement}" for statement, step in steps if step in ("SCAN round", "SCAN fund")], "use an index")
