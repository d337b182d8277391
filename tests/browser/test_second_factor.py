"""The second factor in a real browser: set up, signed in with, and without the telephone; with scripts and without."""

from playwright.sync_api import Browser

from portal.core import clock
from portal.demonstration.cast import PASSWORD
from tests.browser.axe import faults_of
from tests.browser.hand import Hand
from tests.browser.site import Site, on_both
from tests.cast import GUS


def code_for(site: Site, key: str) -> str:
    """What the app on the telephone shows, from the key that was typed into it."""
    with site.looking():
        totp = site.app.extensions["security"].totp_factory._totp
        return totp(key=key, format="base32", digits=6).generate(clock.now().timestamp() + 30).token


@on_both("guarded")
def test_a_signatory_sets_it_up_signs_in_with_a_code_and_once_with_a_recovery_code(guarded: Site, browser: Browser, scripts):
    size = {"width": 1280 if scripts else 375, "height": 900}
    gus = Hand(browser.new_context(java_script_enabled=scripts, viewport=size).new_page(), guarded.address)
    refused: list[str] = []
    gus.page.on("console", lambda message: refused.append(message.text))

    def looked_at() -> None:
        if scripts:
            assert faults_of(gus.page, gus.path) == []

    gus.type_password(GUS, PASSWORD)
    gus.is_at("/account/second-factor")
    gus.open("/applications/")
    gus.is_at("/account/second-factor")
    box = gus.page.locator(".picture-code svg").bounding_box()
    assert box is not None
    assert box["width"] > 150, "large enough for a camera"
    looked_at()
    gus.write("code", "000000")
    gus.press("Continue")
    gus.reads("That code is not right")
    key = gus.page.locator("main strong.key").inner_text()
    gus.write("code", code_for(guarded, key))
    gus.press("Continue")
    gus.reads("Your recovery codes")
    looked_at()
    codes = gus.page.locator("li.key").all_inner_texts()
    assert len(codes) == 10
    gus.page.get_by_role("main").get_by_text("I have kept them").click()
    gus.is_at("/desk")

    gus.page.get_by_role("button", name="Sign out").click()
    gus.type_password(GUS, PASSWORD)
    gus.reads("Enter the code from your app")
    looked_at()
    gus.follow("I do not have my telephone")
    looked_at()
    gus.write("code", codes[0])
    gus.press("Continue")
    gus.is_at("/desk")
    gus.page.get_by_role("button", name="Sign out").click()
    gus.type_password(GUS, PASSWORD)
    gus.follow("I do not have my telephone")
    gus.write("code", codes[0])
    gus.press("Continue")
    gus.reads("was used before")
    assert not [text for text in refused if "Content Security Policy" in text]
