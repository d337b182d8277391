"""The office's pages about funds: set up without scripts, read by whom they concern, as quick for many as for few."""

import re

import pytest

from portal.core.db import db, write
from portal.funds.models import Budget, Fund
from tests.cast import ADA, ALEX, CARA, DANA, FINN, OMAR, PRIYA, TESS
from tests.funds.conftest import approve, budget_of, fund_called, propose

HERE = "/commissioning"
FUND = f"{HERE}/funds/youth-and-community"


def typed(page, **changes):
    """A form's fields as they stand on the page of this reply, with what somebody typed."""
    fields = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', page.text))
    return {name: fields[name] for name in ("edition", "plan") if name in fields} | changes


def test_a_fund_is_set_up_from_nothing(app, as_user):
    omar, finn, cara = as_user(OMAR), as_user(FINN), as_user(CARA)
    plan = fund_called().plan_id
    asked = {
        "name": "Warm Welcome Fund",
        "purpose": "Places to go.",
        "legal_basis": "2011 Act s.9",
        "plan": plan,
        "contact": "a@opcc.example",
    }
    about = omar.post(f"{HERE}/funds/new", data=asked).location
    address = about.removesuffix("/about")
    assert "Still to be added" in omar.get(about).text

    served, source = fund_called().served[0].objective_id, budget_of().source_id
    words = {"summary": "Short.", "what_for": "Heating\nTea", "sensitivity": "none", "senior_owner": "", "envelope": ""}
    bodies = {"words": "Charities.", "accepts": ["charity"], "more_bodies": "fenland community safety partnership"}
    points = {"point-owner": "met", "point-risk": "partly", "note-risk": "In July"}
    sent = [
        omar.post(f"{address}/edit", data=asked | words | {"edition": 1}),
        omar.post(f"{address}/applicants", data=bodies | {"edition": 2}),
        omar.post(f"{address}/objectives", data={"edition": 3, "plan": plan, "objectives": [str(served)]}),
        omar.post(f"{address}/cycle", data={"phase": "understand", "on": ["1", "6", "2026"], "note": "Asked twelve groups."}),
        omar.post(f"{address}/checklist", data=points | {"edition": 4}),
        finn.post(f"{address}/budget/new", data={"source_year": f"{source}:2026-27", "pence": "12,000", "reason": "New."}),
    ]
    assert [reply.status_code for reply in sent] == [303] * len(sent), [re.findall("error-message.*", each.text) for each in sent]
    change = re.search(r'href="([^"]+/budget/\d+)"', cara.get(address).text)[1]
    assert cara.post(f"{change}/approve").status_code == 303

    page, told = omar.get(address).text, omar.get(f"{address}/history").text
    assert all(words in page for words in ("£12,000.00", "Approved by Cara Ford", "No round yet"))
    assert all(
        words in told
        for words in (
            "Began the fund",
            "Came to the step “Understand”",
            "Approved £12,000.00",
            "Risk, controls and assurance: partly",
        )
    )
    fund = fund_called("warm-welcome-fund")
    assert ([str(each.organisation) for each in fund.bodies], fund.what_for) == (
        ["Fenland Community Safety Partnership"],
        ["Heating", "Tea"],
    )


@pytest.mark.parametrize(("path", "answers"), [
    ("/", (200, 200, 200, 403, 403)), ("/funds/youth-and-community", (200, 200, 200, 404, 404)),
    ("/funds/new", (200, 403, 403, 403, 403)), ("/funds/youth-and-community/edit", (200, 403, 403, 404, 404)),
    ("/funds/youth-and-community/budget/new", (200, 200, 403, 404, 404)), ("/sources/new", (403, 200, 403, 403, 403)),
    ("/sources/pcc-budget/year", (403, 200, 403, 404, 404)), ("/envelopes/new", (200, 403, 403, 403, 403)),
])  # fmt: skip
@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_who_may_see_and_change_what(app, as_user, path, answers):
    assert tuple(as_user(who).get(HERE + path).status_code for who in (OMAR, FINN, ALEX, ADA, TESS)) == answers


def test_who_comes_second_sees_both_versions_and_may_then_save(app, as_user):
    known = {"name": "Youth and Community Fund", "legal_basis": "2011 Act s.9", "contact": "a@opcc.example",
             "sensitivity": "none", "senior_owner": "", "envelope": "", "edition": 1}  # fmt: skip
    assert as_user(OMAR).post(f"{FUND}/edit", data=known | {"purpose": "What Omar wrote"}).status_code == 303

    priya = as_user(PRIYA)
    reply = priya.post(f"{FUND}/edit", data=known | {"purpose": "What Priya wrote"})

    assert reply.status_code == 409
    assert all(words in reply.text for words in ("Somebody else has changed this", "What Omar wrote", "What Priya wrote"))
    again = typed(reply, **{name: value for name, value in known.items() if name != "edition"})
    assert again["edition"] == "2"
    assert priya.post(f"{FUND}/edit", data=again | {"purpose": "What Priya wrote"}).status_code == 303
    assert fund_called().purpose == "What Priya wrote"


def test_what_is_wrong_is_said_beside_its_field(app, as_user):
    omar = as_user(OMAR)
    fund, source_year = "/funds/youth-and-community", f"{budget_of().source_id}:2026-27"
    too_much = {"source_year": source_year, "pence": "999,999,999", "reason": "x"}
    gone = "not in this plan any more. Look at the list again and choose anew"
    nothing = {"name": "X", "amount": "0", "first_year": "2027-28", "last_year": "2026-27"}
    for address, data, words in (
        ("/funds/new", {}, ("Enter the name of the fund", "Choose what it rests on in law")),
        (f"{fund}/applicants", {"edition": 1, "words": "All", "more_bodies": "No Such Body"}, ("called No Such Body",)),
        (f"{fund}/checklist", {"edition": 1, "point-risk": "not_met"}, ("Say why this is not met",)),
        (f"{fund}/objectives", {"edition": 1, "objectives": ["999999"]}, (gone, 'href="#objectives')),
        (f"{fund}/objectives", {"edition": 1, "objectives": ["x"]}, (gone,)),
        (f"{fund}/budget/new", too_much, ("too much. Enter",)),
        ("/envelopes/new", nothing, ("Enter an amount above £0.00", "not before the first")),
    ):
        reply = omar.post(HERE + address, data=data)
        assert reply.status_code == 422, address
        assert all(each in reply.text for each in words), (address, re.findall("error-message.*", reply.text))


def test_approving_asks_for_the_password_again_after_a_quarter_of_an_hour(app, as_user, frozen):
    change = propose(2_500_000)
    cara = as_user(CARA)
    frozen.move(minutes=16)
    assert "/verify" in cara.post(f"{FUND}/budget/{change.id}/approve").location
    assert budget_of().pence == 2_000_000


def test_a_change_belongs_to_its_fund_and_to_those_who_may_answer_it(app, as_user):
    number = propose(2_500_000).id
    assert as_user(CARA).get(f"{HERE}/funds/safer-communities/budget/{number}").status_code == 404
    answers = [as_user(who).post(f"{FUND}/budget/{number}/approve").status_code for who in (FINN, OMAR, DANA, ADA)]
    assert answers == [403, 403, 403, 404]


def many_funds(number):
    model = fund_called()
    words = ("purpose", "summary", "who_can_apply", "what_for", "not_funded", "how_judged", "legal_basis", "contact", "plan_id")
    alike, source_id = {word: getattr(model, word) for word in words}, budget_of().source_id
    made = [{"slug": f"many-{each}", "name": f"Fund {each:04}", **alike} for each in range(number)]
    ids = db.session.scalars(db.insert(Fund).returning(Fund.id), made).all() if made else []
    budgets = [{"fund_id": fund_id, "source_id": source_id, "year": "2026-27", "pence": 100} for fund_id in ids]
    if budgets:
        db.session.execute(db.insert(Budget), budgets)


def test_a_thousand_funds_are_listed_with_as_many_questions_as_ten(app, as_user, query_count, is_sqlite):
    omar, counts = as_user(OMAR), []
    for number in (0, 1000):
        write(many_funds, number)
        omar.get(f"{HERE}/")
        with query_count() as queries:
            page = omar.get(f"{HERE}/?sort=fund")
        counts.append(len(queries))
        assert page.status_code == 200
    assert counts[0] == counts[1] <= 12, counts
    if is_sqlite:
        plan = "\n".join(
            str(row) for row in db.session.execute(db.text("EXPLAIN QUERY PLAN SELECT id FROM fund ORDER BY name, id LIMIT 51"))
        )
        assert "ix_fund_name" in plan


def test_the_fund_page_takes_at_most_twelve_questions_however_much_there_is(app, as_user, query_count):
    omar, counts = as_user(OMAR), []
    for _ in range(2):
        omar.get(FUND)
        with query_count() as queries:
            assert omar.get(FUND).status_code == 200
        counts.append(len(queries))
        for pence in (2_100_000, 2_200_000):
            approve(propose(pence))
    assert counts[0] == counts[1] <= 12, (counts, queries)


def test_the_list_is_downloaded_with_the_money_of_this_year(app, as_user):
    rows = as_user(ALEX).get(f"{HERE}/export.csv?q=youth+and").text.splitlines()
    assert rows[0].startswith("\ufeffFund,Step,Legal basis,Budget this year,Committed,Available,Purpose")
    assert [row.split(",")[:6] for row in rows[1:]] == [
        ["Youth and Community Fund", "", "2011 Act s.9", "20000.00", "0.00", "20000.00"]
    ]
