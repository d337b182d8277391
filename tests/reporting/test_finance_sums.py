"""Page, CSV and workbook of the finance report agree to the penny, whatever grants there are and whatever is chosen."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import delete, select

from portal.awards.models import Award, AwardFunding, AwardObjective, AwardStage
from portal.core.db import db, write
from portal.funds.models import Budget
from portal.people.models import Organisation, OrganisationKind
from portal.plan.models import Objective
from tests.cast import FINN
from tests.reporting.reports import (
    WAYS,
    Sums,
    figures_of,
    rows_of_csv,
    sheets_of,
    summary_of,
    sums_of_csv,
    sums_of_sheet,
)

PENCE = some.integers(1, 500_000) | some.integers(1, 10**11)
AWARDS = some.lists(
    some.fixed_dictionaries({
        "parts": some.lists(some.tuples(some.integers(0, 20), PENCE, some.just(0) | PENCE), min_size=1, max_size=3,
                            unique_by=lambda part: part[0]),
        "partnership": some.none() | some.integers(0, 5),
        "objective": some.none() | some.integers(0, 7),
        "stage": some.sampled_from(AwardStage),
        "is_history": some.booleans(),
        "title": some.sampled_from(["Plain", "=SUM(A1)", "Ünïcode, “quoted” \"twice\"", "line\nbreak"]),
    }),
    max_size=8,
)  # fmt: skip
CHOSEN = some.fixed_dictionaries({}, optional={
    "year": some.sampled_from(["2021-22", "2026-27", "never"]), "stage": some.sampled_from([*AwardStage, "none"]),
    "fund": some.sampled_from(["safer-communities", "safer-streets", "'--"]), "q": some.sampled_from(["Plain", "Council", "%"]),
    "source": some.sampled_from(["pcc-budget", "home-office-safer-streets"]), "partnership": some.just("fenland-csp"),
    "sort": some.sampled_from(["award", "-award", "title", ""]),
})  # fmt: skip


def fill(awards) -> None:
    """These awards and no others; how they came about is another matter."""
    for table in (AwardFunding, AwardObjective, Award):
        db.session.execute(delete(table))
    budgets = db.session.scalars(select(Budget).order_by(Budget.id)).all()
    partnerships = db.session.scalars(select(Organisation).where(Organisation.kind == OrganisationKind.CSP)).all()
    council = db.session.scalars(select(Organisation.id).where(Organisation.kind == OrganisationKind.LOCAL_AUTHORITY)).first()
    objectives = db.session.scalars(select(Objective.id)).all()
    at = datetime(2026, 5, 1, tzinfo=UTC)
    for number, facts in enumerate(awards):
        parts = {budgets[place % len(budgets)].id: (pence, spent) for place, pence, spent in facts["parts"]}
        award = Award(
            ref=f"X{number}", title=facts["title"], fund_id=budgets[0].fund_id, recipient_id=council,
            partnership_id=None if facts["partnership"] is None else partnerships[facts["partnership"] % len(partnerships)].id,
            pence=sum(pence for pence, _ in parts.values()), starts_on=date(2026, 5, 1), ends_on=date(2026, 9, 1), offered_at=at,
            accepted_at=at, stage=facts["stage"], is_history=facts["is_history"],
        )  # fmt: skip
        award.funding = [AwardFunding(budget_id=key, pence=pence, spent_pence=spent) for key, (pence, spent) in parts.items()]
        if facts["objective"] is not None:
            award.objectives = [AwardObjective(objective_id=objectives[facts["objective"]], position=0)]
        db.session.add(award)


@pytest.fixture
def report(as_user):
    """`report(year=…)`: the page, the CSV and the sheets of the workbook; `report.page(year=…)`: the page alone."""
    finn = as_user(FINN)

    def ask(**chosen):
        lines, book = (finn.get(f"/reports/finance{kind}", query_string=chosen) for kind in (".csv", ".xlsx"))
        assert lines.status_code == book.status_code == 200
        return ask.page(**chosen), lines.text, sheets_of(book.data)

    def page(**chosen):
        reply = finn.get("/reports/finance", query_string=chosen)
        assert reply.status_code == 200
        return reply.text

    ask.page = page
    return ask


@given(awards=AWARDS, chosen=CHOSEN)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_page_csv_and_workbook_agree_to_the_penny(report, awards, chosen):
    write(fill, awards)

    page, lines, sheets = report(**chosen)

    told = figures_of(page)
    assert told == sums_of_csv(lines) == sums_of_sheet(sheets["Grants"], sheets["Grants"][0].index("Awarded"))
    assert told.awarded == told.spent + told.untold + told.remaining
    for way in WAYS:
        rows = sheets[f"By {way}"]
        assert sums_of_sheet(rows[:-1], 2) == told
        assert sums_of_sheet([rows[0], rows[-1]], 2) == told
    if rows_of_csv(lines):
        pages = [report.page(**chosen, by=by) for by in ("year", "fund", "partnership", "objective", "source")]
        assert [summary_of(each) for each in pages] == [(way, told, told) for way in WAYS]


@given(awards=AWARDS)
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_whole_report_is_what_was_awarded_less_what_lapsed(report, awards):
    write(fill, awards)
    parts = [
        (part.pence, part.spent_pence, part.award.is_history)
        for part in db.session.scalars(select(AwardFunding))
        if part.award.stage is not AwardStage.LAPSED
    ]
    untold = sum(pence for pence, spent, is_history in parts if is_history and not spent)
    awarded, spent = sum(part[0] for part in parts), sum(part[1] for part in parts)

    page, _, _ = report()

    assert figures_of(page) == Sums(awarded, spent, untold, awarded - spent - untold)


def test_the_years_of_the_list_add_up_to_the_list(report, app):
    write(fill, [{"parts": [(0, 101, 0), (1, 202, 50), (2, 303, 0)], "partnership": 1, "objective": 1, "stage": AwardStage.LIVE,
                  "is_history": False, "title": "Three"}])  # fmt: skip
    years = {row["Financial year"] for row in rows_of_csv(report()[1])}
    each = [figures_of(report(year=year)[0]).awarded for year in years]
    assert sum(each) == 606
