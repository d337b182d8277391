"""The finance report: who reads it, what stands in it, and what no address breaks."""

import pytest

from portal.core.db import db, write
from portal.demonstration import history, reference
from tests import factories as acts
from tests.cast import ADA, ALEX, CARA, CLEO, DANA, FINN, GUS, IRA, MONA, OMAR, PAT, PRIYA, TESS
from tests.reporting.reports import figures_of, rows_of_csv, sheets_of

COLUMNS = [
    "Award", "Title", "Fund", "Legal basis", "Funding source", "Ring-fenced", "Financial year", "Recipient", "Partnership",
    "Area", "Main objective", "Awarded", "Reported spend", "Spend not published", "Remaining", "Status", "Delivery RAG",
    "Spend RAG", "Direction", "Last return on", "Days overdue", "Offered", "Accepted", "Start", "End",
]  # fmt: skip
KINDS = ("", ".csv", ".xlsx")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("who", "status"),
    [(None, 303), (ADA, 403), (GUS, 403), (TESS, 403), (MONA, 403), (PAT, 403), (IRA, 403),
     (FINN, 200), (CARA, 200), (OMAR, 200), (PRIYA, 200), (DANA, 200), (ALEX, 200)],
)  # fmt: skip
def test_who_may_read_it(as_user, who, status, kind):
    assert as_user(who).get(f"/reports/finance{kind}").status_code == status


def test_the_files_have_the_columns_of_the_office(as_user, app):
    acts.a_live_award()
    finn = as_user(FINN)
    (row,) = rows_of_csv(finn.get("/reports/finance.csv").text)
    assert list(row) == COLUMNS
    assert list(sheets_of(finn.get("/reports/finance.xlsx").data)["Grants"][0]) == COLUMNS
    assert row["Fund"] == "Safer Communities Fund"
    assert (row["Legal basis"], row["Ring-fenced"], row["Financial year"]) == ("2011 Act s.9", "No", "2026-27")
    assert (row["Recipient"], row["Partnership"]) == ("Fenland District Council", "Fenland Community Safety Partnership")
    assert (row["Area"], row["Main objective"]) == ("Fenland", "People's local concerns are listened to and addressed")
    assert (row["Awarded"], row["Reported spend"], row["Remaining"]) == ("1450.00", "0.00", "1450.00")
    assert (row["Status"], row["Offered"], row["Accepted"]) == ("Live", "2026-06-09", "2026-06-09")
    assert row["Last return on"] == row["Days overdue"] == ""


def test_spend_and_ratings_come_from_accepted_returns(as_user, app):
    return_ = acts.an_accepted_return()
    (row,) = rows_of_csv(as_user(FINN).get("/reports/finance.csv").text)
    spent = sum(line.spent_pence for line in return_.spending)
    assert row["Reported spend"] == f"{spent / 100:.2f}"
    assert (row["Delivery RAG"], row["Spend RAG"], row["Direction"]) == ("Green", "Green", "New")
    assert row["Last return on"] == return_.submitted_at.date().isoformat()


def test_the_days_of_the_oldest_overdue_return_are_counted(as_user, app, frozen):
    return_ = acts.a_due_return()
    frozen.at(frozen.now.replace(year=return_.due_on.year, month=return_.due_on.month, day=return_.due_on.day))
    finn = as_user(FINN)
    assert rows_of_csv(finn.get("/reports/finance.csv").text)[0]["Days overdue"] == ""
    frozen.move(days=12)
    finn = as_user(FINN)
    assert rows_of_csv(finn.get("/reports/finance.csv").text)[0]["Days overdue"] == "12"


def test_an_offer_that_lapsed_is_no_longer_awarded_money(as_user, app):
    award = acts.decline_offer(acts.an_offered_award())
    acts.an_offered_award(CLEO)
    finn = as_user(FINN)
    assert award.ref not in finn.get("/reports/finance").text
    assert award.ref in finn.get("/reports/finance?stage=lapsed").text
    assert figures_of(finn.get("/reports/finance").text).awarded == 145000


def test_a_grant_of_the_past_says_that_its_spend_is_not_published(as_user, app):
    for facts in reference.data("history_awards"):
        write(history.take_over, facts)
    page = as_user(FINN).get("/reports/finance").text
    told = figures_of(page)
    assert (told.awarded, told.spent, told.untold, told.remaining) == (334468900, 0, 334468900, 0)
    assert "£422,856.67" in page


def test_choosing_a_filter_keeps_to_it_in_every_file(as_user, app):
    acts.a_live_award()
    acts.a_live_award(CLEO)
    finn = as_user(FINN)
    page = finn.get("/reports/finance?partnership=fenland-csp").text
    assert "/reports/finance.csv?partnership=fenland-csp" in page
    (row,) = rows_of_csv(finn.get("/reports/finance.csv?partnership=fenland-csp").text)
    assert row["Partnership"].startswith("Fenland")
    sheets = sheets_of(finn.get("/reports/finance.xlsx?partnership=fenland-csp").data)
    assert len(sheets["Grants"]) == 2
    assert ("Partnership", "Fenland Community Safety Partnership") in sheets["What was chosen"]


def test_choosing_an_objective_takes_its_number(as_user, app):
    award = acts.a_live_award()
    number = award.objectives[0].objective_id
    assert award.ref in as_user(FINN).get(f"/reports/finance?objective={number}").text


def test_htmx_gets_the_results_alone(as_user, app):
    acts.a_live_award()
    reply = as_user(FINN).get("/reports/finance", headers={"HX-Request": "true", "HX-Target": "results"})
    assert "<html" not in reply.text
    assert "1 line" in reply.text
    assert "Summaries" in reply.text


@pytest.mark.parametrize(
    "query",
    ["year=never&fund=&objective=x&stage=none", "objective=99999999999999999999", "after=%00&before=!!",
     "after=WyJYMSIsIDk5OTk5OTk5OTk5OTk5OTk5OTld", "sort=awarded;drop", "sort=", "q=%00%25_\\", "year=2026-27&year=never",
     "last=&after=W10", "q=" + "x" * 5000, "stage=%F0%9F%92%A3"],
)  # fmt: skip
@pytest.mark.parametrize("kind", KINDS)
def test_no_address_breaks_it(as_user, app, query, kind):
    acts.an_offered_award()
    assert as_user(FINN).get(f"/reports/finance{kind}?{query}").status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_lines(as_user, app, query_count):
    finn, counts = as_user(FINN), []
    for more in ([ADA], [CLEO, ADA]):
        for person in more:
            acts.an_offered_award(person)
        db.session.remove()
        for kind in KINDS:
            with query_count() as queries:
                finn.get(f"/reports/finance{kind}")
            counts.append(len(queries))
    assert counts[:3] == counts[3:]
    assert max(counts) < 30
    assert counts[0] <= 12


def test_a_chosen_summary_stays_when_something_else_is_chosen(as_user, app):
    acts.a_live_award()
    page = as_user(FINN).get("/reports/finance?by=fund&year=2026-27").text
    assert ">By fund<" in page.split("</caption>")[0]
    assert '<input type="hidden" name="by" value="fund" form="filters">' in page
    assert "/reports/finance?by=objective&amp;year=2026-27#summaries" in page
