"""The list of returns: whose rows are whose, what is overdue, and no query more for more rows."""

from tests.cast import ADA, ALEX, BEN, CLEO, FINN, GUS, OMAR, TESS
from tests.factories import a_draft_return, a_due_return, a_queried_return, a_submitted_return


def test_everyone_sees_their_own_returns_and_the_office_all(as_user):
    fen, east = a_due_return(), a_due_return(by=CLEO, project="ely-bikes")
    for who, sees_fen, sees_east in [(ADA, True, False), (BEN, True, False), (GUS, True, False), (CLEO, False, True),
                                     (OMAR, True, True), (FINN, True, True), (ALEX, True, True)]:  # fmt: skip
        for page in ("/returns/", "/returns/export.csv"):
            text = as_user(who).get(page).text
            assert ((fen.ref in text), (east.ref in text)) == (sees_fen, sees_east), (who, page)
    assert as_user(OMAR).get("/returns/export.xlsx").status_code == 200
    assert as_user(TESS).get("/returns/").status_code == 403
    assert as_user(None).get("/returns/").status_code == 303


def test_what_is_overdue_is_flagged_and_can_be_asked_for(as_user, frozen):
    late, sent = a_draft_return(), a_submitted_return(by=CLEO, project="ely-bikes")
    assert "Overdue</strong>" not in as_user(OMAR).get("/returns/").text
    frozen.move(days=250)
    omar = as_user(OMAR)
    assert "Overdue</strong>" in omar.get("/returns/").text
    only = omar.get("/returns/?late=Overdue").text
    assert late.ref in only
    assert sent.ref not in only
    assert "Overdue" in omar.get("/returns/export.csv?late=Overdue").text
    assert "was due on" in as_user(ADA).get(f"/returns/{late.ref}").text


def test_searching_returns_only_the_results(as_user):
    a_due_return()
    reply = as_user(OMAR).get("/returns/?q=fly-tipped", headers={"HX-Request": "true", "HX-Target": "results"})
    assert "<html" not in reply.text
    assert "SCF26-0001-R1" in reply.text


def test_the_number_of_queries_does_not_grow_with_the_rows(as_user, query_count):
    def queries(who, page):
        client = as_user(who)
        client.get(page)
        with query_count() as seen:
            assert client.get(page).status_code == 200, page
        return len(seen)

    one = a_queried_return()
    pages = [
        (OMAR, "/returns/"),
        (ADA, f"/returns/{one.ref}"),
        (ADA, f"/returns/{one.ref}/check"),
        (ADA, f"/returns/{one.ref}/figures"),
    ]
    at_one = [queries(*each) for each in pages]
    for project in ("wisbech-days", "wisbech-market"):
        longer = a_queried_return(project=project)
    assert len(longer.spending) != len(one.spending)
    pages = [(who, page.replace(one.ref, longer.ref)) for who, page in pages]
    assert [queries(*each) for each in pages] == at_one
