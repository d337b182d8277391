"""Passkeys in a real browser with a made-up security key: added, signed in with, asked for again, removed."""

import pytest
from playwright.sync_api import Browser, Page

from portal.demonstration.cast import PASSWORD
from tests.browser.axe import faults_of
from tests.browser.hand import Hand
from tests.browser.site import Site
from tests.cast import ADA, OMAR

KEY = {  # `usb`: with a key that is said to be built in, Chromium without a window waits for ever
    "protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}  # fmt: skip


class Key:
    """The security key in the browser's port."""

    def __init__(self, page: Page) -> None:
        self.line = page.context.new_cdp_session(page)
        self.line.send("WebAuthn.enable")
        self.id = self.line.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]

    def held(self) -> int:
        return len(self.line.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"])

    def refuse(self) -> None:
        """From now on the finger is not its owner's."""
        self.line.send("WebAuthn.setUserVerified", {"authenticatorId": self.id, "isUserVerified": False})


def at_name(site: Site) -> str:
    """Browsers have no passkeys for numbers."""
    return site.address.replace("127.0.0.1", "localhost")


@pytest.fixture
def omar(guarded: Site, browser: Browser) -> Hand:
    return Hand(browser.new_context(viewport={"width": 375, "height": 900}).new_page(), at_name(guarded))


@pytest.mark.parametrize("guarded", ["postgres"], indirect=True)
def test_an_officer_adds_a_passkey_instead_of_an_app_signs_in_with_it_and_confirms_with_it(guarded: Site, omar: Hand):
    key, refused = Key(omar.page), []
    omar.page.on("console", lambda message: refused.append(message.text))

    def looked_at() -> None:
        assert faults_of(omar.page, omar.path) == []

    omar.type_password(OMAR, PASSWORD)
    omar.is_at("/account/second-factor")
    omar.page.get_by_role("button", name="Add a passkey").click()
    omar.page.wait_for_url(f"{omar.address}/account/passkeys/add")
    looked_at()
    omar.write("name", "")
    omar.press("Add the passkey")
    omar.reads("Enter a name by which you will know this passkey")
    omar.write("name", "The key on my ring")
    omar.press("Add the passkey")
    omar.reads("Your passkey is added")
    omar.reads("The key on my ring")
    looked_at()
    assert key.held() == 1
    omar.page.get_by_role("button", name="Sign out").click()

    omar.open("/sign-in?next=/people/")
    omar.page.get_by_role("link", name="Sign in with a passkey instead").click()
    omar.page.wait_for_url(f"{omar.address}/people/")
    omar.open("/account/sign-ins")
    omar.reads("with a passkey")
    omar.page.get_by_role("button", name="Sign out").click()

    omar.type_password(OMAR, PASSWORD)
    omar.page.wait_for_url(f"{omar.address}/desk")
    omar.open("/account/passkeys")
    omar.reads("Last used on")
    omar.follow("Remove")
    omar.press("Remove the passkey")
    omar.reads("Your work needs a second factor")
    assert not [text for text in refused if "Content Security Policy" in text]


@pytest.mark.parametrize("site", ["sqlite"], indirect=True)
def test_a_removed_passkey_and_a_finger_that_is_not_the_owners_sign_nobody_in_and_the_page_says_what_to_do(
    site: Site, browser: Browser
):
    ada = Hand(browser.new_context().new_page(), at_name(site))
    ada.sign_in(ADA, PASSWORD)
    key = Key(ada.page)
    ada.open("/account/passkeys/add")
    ada.press("Add the passkey")
    ada.reads("Your passkey is added")
    ada.open("/account/passkeys/add")
    ada.write("name", "Again")
    ada.page.get_by_role("button", name="Add the passkey").click()
    ada.reads("This device has a passkey for your account already")
    ada.open("/account/confirm?next=/account/passkeys")
    ada.page.wait_for_url(f"{ada.address}/account/passkeys")
    ada.follow("Remove")
    ada.press("Remove the passkey")
    ada.reads("That passkey is removed here")
    ada.page.get_by_role("button", name="Sign out").click()
    ada.open("/sign-in/passkey")
    ada.reads("That passkey was not accepted")
    key.refuse()
    ada.open("/sign-in/passkey")
    ada.reads("No passkey was chosen, or it took too long")
    ada.open("/account")
    ada.is_at("/sign-in?next=/account")


def test_without_javascript_the_page_says_so_and_the_password_remains(site: Site, browser: Browser):
    ada = Hand(browser.new_context(java_script_enabled=False).new_page(), at_name(site))
    ada.open("/sign-in")
    ada.follow("Sign in with a passkey instead")
    ada.reads("Passkeys need JavaScript")
    ada.press("Use a passkey")
    ada.reads("sign in with your password")
    ada.follow("Sign in with your password")
    ada.type_password(ADA, PASSWORD)
    ada.is_at("/desk")
