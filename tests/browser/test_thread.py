"""One real grant from the home page to the finance report, by eight people, with and without JavaScript."""

import re
from collections.abc import Callable

from portal.demonstration.cast import PASSWORD
from tests.browser.forms import add_missing_lines, fill_in_return, sections_of, what_to_say
from tests.browser.hand import Hand
from tests.browser.site import on_both
from tests.cast import ADA, ALEX, DANA, FINN, GUS, MONA, OMAR, TESS, UMA, Person

Hands = Callable[[Person | None], Hand]


@on_both()
def test_a_grant_goes_from_the_home_page_to_the_finance_report(site, browser, scripts):
    hands = hands_of(site, browser, scripts)
    ref = applies(hands, site)
    passes_the_gate(hands, ref)
    for assessor in (TESS, UMA):
        scores(hands(assessor), ref)
    agrees_and_recommends(hands(OMAR), ref)
    decides(hands(DANA), ref)
    accepts_and_starts(hands, ref)
    reports(hands, ref, site)
    is_answered_for(hands, ref)


def hands_of(site, browser, scripts: bool) -> Hands:
    """Each person has a browser of their own and stays signed in."""
    known: dict[Person | None, Hand] = {}

    def hand(person: Person | None) -> Hand:
        if person not in known:
            page = browser.new_context(java_script_enabled=scripts).new_page()
            known[person] = Hand(page, site.address)
            if person is not None:
                known[person].sign_in(person, PASSWORD)
        return known[person]

    return hand


def applies(hands: Hands, site) -> str:
    """The public reads about the fund; Ada begins, answers section by section, checks and submits."""
    public = hands(None)
    public.open("/")
    public.follow("Safer Communities Fund")
    public.reads("£5,000")
    ada = hands(ADA)
    ada.open(public.path)
    ada.page.get_by_role("main").get_by_role("button", name=re.compile("Start|Apply")).first.click()
    ada.press("Start the application")
    ref = re.search(r"SCF26-\d{4}", ada.page.url)[0]
    for code, opens_more in sections_of(site, ref):
        ada.open(f"/applications/{ref}/sections/{code}")
        add_missing_lines(ada, site, ref, code)
        said = what_to_say(site, ref)
        ada.answer(said)
        ada.press("Save and continue")
        if opens_more:
            ada.open(f"/applications/{ref}/sections/{code}")
            ada.answer(said)
            ada.press("Save and continue")
    ada.open(f"/applications/{ref}/check")
    ada.press("Submit application")
    assert ada.path == f"/applications/{ref}/receipt"
    ada.reads(ref)
    ada.open("/mail")
    ada.reads(ref)
    return ref


def passes_the_gate(hands: Hands, ref: str) -> None:
    """Omar asks the applicant about one section; Ada answers; he confirms the gate and asks two assessors."""
    omar, ada = hands(OMAR), hands(ADA)
    omar.open(f"/assessment/{ref}/return")
    omar.page.locator('main [type="checkbox"][value="results"]').check()
    omar.page.locator("main textarea").first.fill("Please say who counts the bags.")
    omar.page.get_by_role("main").locator("form button").last.click()
    omar.page.wait_for_load_state()
    ada.open(f"/applications/{ref}")
    ada.reads("Please say who counts the bags.")
    ada.open(f"/applications/{ref}/check")
    ada.press("Submit application")
    omar.open(f"/assessment/{ref}/gate")
    for choice in omar.page.locator('main [type="radio"][value="pass"]').all():
        choice.check()
    omar.press("Pass to assessors")
    omar.reads("assess")
    omar.open(f"/assessment/{ref}?part=assessors")
    for name in (TESS.name, UMA.name):
        omar.page.get_by_label(name).check()
    omar.press("Ask to assess")


def scores(assessor: Hand, ref: str) -> None:
    """Declares, scores every criterion with its reasons, and hands in. The other's scores are not to be seen."""
    assessor.open(f"/assessment/{ref}/interest")
    assessor.page.get_by_label("No, I have no interest").check()
    assessor.press("Declare")
    assessor.open(f"/assessment/{ref}/score")
    for choice in assessor.page.locator('main [name^="points-"][value="4"]').all():
        choice.check()
    for words in assessor.page.locator('main textarea[name^="justification-"]').all():
        words.fill("It answers well; small gaps do not put the work at risk.")
    assessor.press("Check and submit")
    assessor.press("Submit scores")


def agrees_and_recommends(omar: Hand, ref: str) -> None:
    omar.open(f"/assessment/{ref}/moderate")
    omar.press("Begin moderation")
    omar.open(f"/assessment/{ref}/moderate")
    for choice in omar.page.locator('main [name^="points-"][value="4"]').all():
        choice.check()
    omar.press("Save the agreed score")
    omar.open(f"/assessment/{ref}/recommend")
    omar.reads("80%")
    omar.write(
        "reasons", "It deals quickly with what residents complain of most, and the council keeps the place clean afterwards."
    )
    omar.press("Recommend")


def decides(dana: Hand, ref: str) -> None:
    dana.open("/desk")
    dana.reads(ref)
    dana.open(f"/awards/decide/{ref}")
    dana.write("outcome", "award")
    dana.page.locator('main [name="budget"]').first.check()
    dana.write("reasons", "Clean places draw less rubbish and less disorder; the evidence from the parish is good.")
    dana.write("conditions", "The gate must stand before the last payment.")
    dana.page.locator('main [name="no_interest"]').check()
    dana.press("Continue")
    dana.press("Confirm the decision")
    dana.reads("£1,450.00")


def accepts_and_starts(hands: Hands, ref: str) -> None:
    gus, omar, mona = hands(GUS), hands(OMAR), hands(MONA)
    gus.open(f"/awards/{ref}/accept")
    gus.page.locator('main [name="agreed"]').check()
    gus.press("Accept the grant")
    gus.reads("Mid-point return")
    omar.open(f"/grants/{ref}")
    omar.press("Start the grant")
    mona.open("/awards/decisions/")
    mona.page.get_by_role("main").get_by_role("link", name=re.compile(r"D\d{4}-\d{4}")).first.click()
    mona.page.once("dialog", lambda dialog: dialog.accept())
    mona.press("Publish the notice")
    hands(None).open("/decisions")
    hands(None).reads("New Drove")


def reports(hands: Hands, ref: str, site) -> None:
    """The mid-point return is filed, queried once, answered and accepted."""
    ada, omar = hands(ADA), hands(OMAR)
    number = f"{ref}-R1"
    ada.open(f"/returns/{number}")
    ada.press("Start the return")
    fill_in_return(ada, site, number)
    ada.open(f"/returns/{number}/figures")
    for box in ada.page.locator('main input[name^="measure-"]').all():
        box.fill("3")
    for box in ada.page.locator('main input[name^="line-"]').all():
        box.fill("100.50")
    ada.write("delivery_rag", "green")
    ada.write("spend_rag", "amber")
    ada.write("rag_reason", "The gate came late; it stands now.")
    ada.press("Save and continue")
    certifies(ada, number)
    omar.open(f"/returns/{number}/review")
    omar.page.get_by_text("Ask about this return instead").click()
    omar.page.locator('main select[name="about"]').select_option(index=1)
    omar.write("question", "Which invoice is in the first line?")
    omar.press("Send the question")
    omar.is_at(f"/returns/{number}")
    ada.open(f"/returns/{number}")
    ada.page.locator('main textarea[name^="query-"]').fill("The one of the fencing company.")
    ada.press("Save your answer")
    certifies(ada, number)
    omar.open(f"/returns/{number}/review")
    omar.press("Accept the return")
    omar.open(f"/grants/{ref}")
    omar.reads("Green")


def certifies(ada: Hand, number: str) -> None:
    ada.open(f"/returns/{number}/check")
    ada.page.locator('main [name="certified"]').check()
    if ada.page.locator("#early_reason").count():
        ada.write("early_reason", "The work is finished and paid for.")
    ada.press("Certify and send")
    ada.is_at(f"/returns/{number}")


def is_answered_for(hands: Hands, ref: str) -> None:
    """Finance finds the line, the auditor the whole history with its chain, the applicant a history without scores."""
    finn = hands(FINN)
    finn.open(f"/reports/finance?q={ref}")
    finn.reads("£1,450.00")
    answer = finn.page.request.get(f"{finn.address}/reports/finance.csv?q={ref}")
    assert "1450.00" in answer.text()
    alex = hands(ALEX)
    alex.open(f"/grants/{ref}")
    alex.reads("History")
    alex.open("/chain")
    alex.reads("holds")
    ada = hands(ADA)
    ada.open(f"/grants/{ref}")
    assert "small gaps do not put the work at risk" not in ada.page.content()
    assert "80%" not in ada.page.content()
