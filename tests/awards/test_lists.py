"""The lists of grants and decisions: whose rows are whose, and no query more for more rows."""

from io import BytesIO

import openpyxl

from tests.cast import ADA, ALEX, CLEO, DANA, FINN, GUS, MONA, OMAR, ROSA, TESS
from tests.factories import a_recommended_bid, an_accepted_award, an_offered_award, decline


def test_everyone_sees_their_own_grants_and_the_office_all(as_user):
    fen, east = an_offered_award(), an_offered_award(by=CLEO, project="ely-bikes")
    for who, sees_fen, sees_east in [(ADA, True, False), (ROSA, True, False), (GUS, True, False), (CLEO, False, True),
                                     (OMAR, True, True), (FINN, True, True), (ALEX, True, True), (DANA, True, True)]:  # fmt: skip
        for page in ("/awards/", "/awards/export.csv"):
            text = as_user(who).get(page).text
            assert ((fen.title in text), (east.title in text)) == (sees_fen, sees_east), (who, page)
    assert as_user(TESS).get("/awards/").status_code == 403
    assert as_user(None).get("/awards/").status_code == 303


def test_the_register_of_decisions_is_the_offices(as_user):
    award = an_accepted_award()
    for who, status in [(OMAR, 200), (MONA, 200), (ALEX, 200), (ADA, 403), (GUS, 403), (TESS, 403), (None, 303)]:
        for page in ("/awards/decisions/", "/awards/decisions/export.csv", "/awards/decisions/export.xlsx"):
            assert as_user(who).get(page).status_code == status, (who, page)
    assert award.decision.ref in as_user(OMAR).get("/awards/decisions/").text


def test_what_waits_for_a_decision_is_shown_to_those_who_may_decide(as_user):
    bid = a_recommended_bid()
    for who, shown in [(DANA, True), (OMAR, False), (MONA, False)]:
        assert (f"/awards/decide/{bid.ref}" in as_user(who).get("/awards/").text) is shown, who


def test_searching_returns_only_the_results(as_user):
    award = an_offered_award()
    reply = as_user(OMAR).get("/awards/?q=fly-tipped&stage=offered", headers={"HX-Request": "true", "HX-Target": "results"})
    assert "<html" not in reply.text
    assert award.ref in reply.text
    assert "Nothing matches" in as_user(OMAR).get("/awards/?q=%25%00%E2%80%AE&stage=nonsense").text


def test_exports_hold_the_same_pence(as_user):
    an_offered_award()
    csv = as_user(OMAR).get("/awards/export.csv").text
    assert "1450.00" in csv
    book = openpyxl.load_workbook(BytesIO(as_user(OMAR).get("/awards/export.xlsx").data))
    assert 1450 in [cell.value for row in book.active.iter_rows() for cell in row]


def test_the_number_of_queries_does_not_grow_with_the_rows(as_user, query_count):
    def queries(page):
        client = as_user(DANA)
        client.get(page)
        with query_count() as seen:
            assert client.get(page).status_code == 200
        return len(seen)

    an_offered_award()
    a_recommended_bid(project="chatteris-bikes")
    decline(a_recommended_bid(project="ely-bikes"))
    at_one = [queries("/awards/"), queries("/awards/decisions/")]
    for project in ("wisbech-days", "wisbech-market"):
        an_offered_award(project=project)
        a_recommended_bid(project=project)
        decline(a_recommended_bid(by=CLEO, project=project))
    assert [queries("/awards/"), queries("/awards/decisions/")] == at_one
