"""Sources: what they have, carry over and turn into; what was reported of earlier years stays as it was."""

from datetime import date
from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from portal.core.db import db, write
from portal.core.problems import NotNow, Refused
from portal.funds import actions
from portal.funds.models import Budget, CarriedOver, CarryOver, Source, SourceKind, Spending
from portal.reporting.finance.lists import FinanceList
from portal.reporting.finance.sums import summary, way_of
from tests import factories as made
from tests.cast import ADA, FINN, OMAR, TESS, user_of
from tests.funds.conftest import approve, propose, source_called, year_of

FACTS = {
    "name": "Home Office Neighbourhood Fund", "kind": SourceKind.HOME_OFFICE, "is_ring_fenced": True, "ring_fence": "Patrols",
    "carry_over": CarryOver.NO, "spending": Spending.BOTH, "conditions": "Report twice a year.",
}  # fmt: skip


def another(**changes):
    return write(lambda: actions.add_source(FACTS | changes, by=user_of(FINN)))


def set_year(key, year, pence):
    return write(lambda: actions.set_year(source_called(key), year, pence, False, by=user_of(FINN)))


def succeed(key, successors, from_on):
    return write(lambda: actions.succeed(source_called(key), [source_called(each) for each in successors], from_on,
                                         "The letter of 3 March.", by=user_of(FINN)))  # fmt: skip


def carry(key, year, pence, consent=""):
    return write(lambda: actions.carry_over(source_called(key), year, pence, "Posts begin later.", consent, by=user_of(FINN)))


def test_a_new_source_has_an_address_of_its_own_and_nothing_to_give_yet(app):
    first, second = another().key, another().key
    assert (first, second) == ("home-office-neighbourhood-fund", "home-office-neighbourhood-fund-2")

    with pytest.raises(Refused, match="has no amount for 2026-27 yet"):
        propose(100, key=first)
    set_year(first, "2026-27", 100)
    assert approve(propose(100, key=first)).pence == 100


def test_a_source_is_not_lowered_below_what_funds_were_given(app):
    given = year_of().allocated_pence
    with pytest.raises(Refused, match=r"Enter £[\d,]+\.\d\d or more, or lower their budgets first"):
        set_year("pcc-budget", "2026-27", given - 1)
    set_year("pcc-budget", "2026-27", given)
    assert year_of().left_pence == 0


def test_each_year_says_how_much_of_it_is_capital_and_keeps_it_whatever_the_source_becomes(app, as_user):
    key, finn = another().key, as_user(FINN)  # may pay for both
    address = f"/commissioning/sources/{key}/year"
    assert "How much of it is capital?" in finn.get(address).text
    too_much = finn.post(address, data={"year": "2026-27", "amount": "1,000", "capital": "1,000.01"})
    assert too_much.status_code == 422
    assert 'href="#capital">No more than £1,000.00, the amount of the year, can be capital' in too_much.text
    assert finn.post(address, data={"year": "2026-27", "amount": "1,000", "capital": "250"}).status_code == 303

    source = source_called(key)
    write(lambda: actions.change_source(source, {"spending": Spending.CAPITAL}, source.edition, by=user_of(FINN)))
    assert finn.post(address, data={"year": "2027-28", "amount": "500"}).status_code == 303

    assert [(each.revenue_pence, each.capital_pence) for each in source_called(key).years] == [(75_000, 25_000), (0, 50_000)]
    page = as_user(OMAR).get(f"/commissioning/sources/{key}").text
    assert all(each in page for each in ("Revenue", "Capital", "£750.00", "£250.00"))
    assert "£250.00 of it capital" in as_user(OMAR).get(f"/commissioning/sources/{key}/history").text
    assert "Capital" not in as_user(OMAR).get("/commissioning/sources/moj-core").text


def test_money_is_carried_over_into_the_next_year_and_the_act_is_kept(app, verbs_about):
    carry("community-safety-reserve", "2026-27", 1_000_000)

    this, following = year_of("community-safety-reserve"), year_of("community-safety-reserve", "2027-28")
    assert (this.left_pence, following.left_pence) == (4_000_000, 6_000_000)
    kept = db.session.scalars(select(CarriedOver)).one()
    assert (kept.pence, kept.to_year, kept.by.name, kept.reason) == (1_000_000, "2027-28", "Finn Doyle", "Posts begin later.")
    assert verbs_about(source_called("community-safety-reserve")) == ["source.carry_over"]


def test_only_what_no_fund_was_given_is_carried_over(app):
    spare = year_of("community-safety-reserve").left_pence
    approve(propose(100, key="community-safety-reserve"))
    with pytest.raises(Refused, match="Lower the budgets that were not used first"):
        carry("community-safety-reserve", "2026-27", spare)


def test_a_source_that_lapses_is_never_carried_over_and_one_with_consent_says_whose(app):
    with pytest.raises(NotNow, match="cannot be carried over"):
        carry("moj-core", "2026-27", 100)
    core = source_called("moj-core")
    write(lambda: actions.change_source(core, {"carry_over": CarryOver.WITH_CONSENT}, 1, by=user_of(FINN)))
    with pytest.raises(Refused, match="how the funder agreed"):
        carry("moj-core", "2026-27", 100)
    assert carry("moj-core", "2026-27", 100, consent="Letter of 2 March").consent == "Letter of 2 March"


def reported(as_user):
    """The finance report line by line, and added up by source, year and fund."""
    listing = FinanceList(MultiDict(), user_of(FINN))
    sums = [summary(listing, way_of(key), db.session()).lines for key in ("source", "year", "fund")]
    return as_user(FINN).get("/reports/finance.csv").text, sums


def test_a_merger_ends_the_old_ring_fences_and_earlier_reports_stay_as_they_were(app, as_user):
    made.a_live_award()
    before, merged = reported(as_user), another(name="One safety grant").key

    for old in ("pcc-budget", "community-safety-reserve"):
        write(forget_later, old)
        succeed(old, [merged], date(2027, 4, 1))

    assert reported(as_user) == before
    assert "Commissioner's budget for crime and disorder reduction" in before[0]
    with pytest.raises(Refused, match="For 2027-28 use One safety grant instead"):
        propose(100, year="2027-28")
    with pytest.raises(Refused, match="ended on 1 April 2027"):
        set_year("pcc-budget", "2028-29", 100)
    assert {each.before.key for each in source_called(merged).follows} == {"pcc-budget", "community-safety-reserve"}


def forget_later(key):
    """Nothing is allocated of the years to come, so that the source can end."""
    source = source_called(key)
    for budget in db.session.scalars(select(Budget).where(Budget.source_id == source.id, Budget.year > "2026-27")):
        budget.pence = 0
    for year in source.years:
        year.allocated_pence = 0 if year.year > "2026-27" else year.allocated_pence


def test_a_split_leads_to_several_and_one_never_comes_after_itself(app, as_user):
    parts = [another(name=name).key for name in ("North", "South")]
    succeed("moj-core", parts, date(2027, 4, 1))

    assert [str(each.after) for each in source_called("moj-core").followed_by] == ["North", "South"]
    with pytest.raises(Refused, match="cannot come after itself"):
        succeed("north", ["moj-core"], date(2028, 4, 1))
    page = as_user(OMAR).get("/commissioning/sources/moj-core").text
    assert "From 1 April 2027 its place is taken by" in page


def test_a_source_does_not_end_while_later_budgets_draw_on_it(app):
    another()
    with pytest.raises(Refused, match=r"after that day\. Lower those budgets first") as problem:
        succeed("pcc-budget", ["home-office-neighbourhood-fund"], date(2027, 4, 1))
    assert problem.value.field == "from_on"


def test_documents_are_read_by_the_office_alone(app, as_user):
    address = "/commissioning/sources/moj-core/documents"
    letter = {"document": (BytesIO(b"%PDF-1.7 letter"), "letter.pdf")}
    assert as_user(FINN).post(address, data=letter).status_code == 303
    assert as_user(FINN).post(address, data={"document": (BytesIO(b"MZ"), "letter.exe")}).status_code == 422

    (document,) = source_called("moj-core").documents
    file = f"/files/{document.file_id}"
    assert [as_user(who).get(file).status_code for who in (OMAR, FINN, ADA, TESS)] == [200, 200, 404, 404]
    assert as_user(FINN).post(f"{address}/{document.id}/remove").status_code == 303
    assert as_user(OMAR).get(file).status_code == 404
    assert db.session.scalars(select(Source).where(Source.key == "moj-core")).one().documents == []
