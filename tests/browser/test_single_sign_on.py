"""Single sign-on in a real browser: connected once, signed in with, confirmed before something grave, and out again."""

from playwright.sync_api import Browser

from portal.demonstration.cast import PASSWORD
from tests.browser.axe import faults_of
from tests.browser.hand import Hand
from tests.browser.site import on_both
from tests.cast import IRA


@on_both("with_directory")
def test_an_administrator_connects_signs_in_without_a_password_and_signs_out_of_both(with_directory, browser: Browser, scripts):
    site, provider = with_directory
    size = {"width": 1280 if scripts else 375, "height": 900}
    ira = Hand(browser.new_context(java_script_enabled=scripts, viewport=size).new_page(), site.address)
    refused: list[str] = []
    ira.page.on("console", lambda message: refused.append(message.text))

    def looked_at() -> None:
        if scripts:
            assert faults_of(ira.page, ira.path) == []

    ira.open("/sign-in")
    looked_at()
    ira.write("email", IRA.email)
    ira.write("password", PASSWORD)
    ira.page.get_by_role("button", name="Sign in", exact=True).click()
    ira.is_at("/account/work-account")
    looked_at()
    ira.page.get_by_role("button", name="Connect Directory").click()
    ira.reads("Is this your work account?")
    looked_at()
    ira.press("Connect it")
    ira.is_at("/account")
    looked_at()

    ira.page.get_by_role("button", name="Sign out").click()
    ira.page.wait_for_url(f"{site.address}/")
    assert provider.ended[0]["client_id"] == "portal"
    provider.claims = {"auth_time": 1}
    ira.open("/sign-in?next=/people/invite-staff")
    ira.page.get_by_role("main").get_by_role("button", name="Sign in with Directory").click()
    ira.reads("Show that it is you")
    looked_at()
    provider.claims = {}
    ira.page.get_by_role("button", name="Confirm with Directory").click()
    ira.is_at("/people/invite-staff")

    provider.subject = "a stranger"
    stranger = Hand(browser.new_context(java_script_enabled=scripts, viewport=size).new_page(), site.address)
    stranger.page.goto(f"{site.address}/sign-in/work")
    stranger.reads("You cannot sign in with this account")
    assert not [text for text in refused if "Content Security Policy" in text]
