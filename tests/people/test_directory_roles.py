"""Roles that the office's directory gives and ends at each sign-in, beside those that somebody gave by hand."""

from portal.core.db import write
from portal.people.models import Source
from tests.cast import IRA, KIT, OMAR, PRIYA
from tests.people.conftest import OFFICER, REFUSED, heading, is_in, roles_of


def test_strangers_disabled_people_and_those_whose_work_has_ended_read_the_same(
    travel, provider, connected, person, sso_settings
):
    sso_settings(**OFFICER)
    provider.claims = {"email": OMAR.email, "email_verified": True, "preferred_username": OMAR.email}
    browser, stranger = travel()
    assert not is_in(browser), "an address alone opens nothing"
    connected(OMAR)
    write(lambda: setattr(person(OMAR), "active", False))
    _, disabled = travel()

    def end_work():
        person(OMAR).active = True
        for held in person(OMAR).appointments:
            held.source = Source.DIRECTORY

    write(end_work)
    browser, ended = travel()

    assert {reply.status_code for reply in (stranger, disabled, ended)} == {403}
    assert {heading(reply) for reply in (stranger, disabled, ended)} == {REFUSED}
    assert not is_in(browser)
    assert roles_of(person(OMAR)) == {}


def test_groups_give_and_end_roles_and_leave_those_given_by_hand(connected, travel, provider, sso_settings, person, verbs_about):
    sso_settings(**OFFICER)
    connected(PRIYA)
    provider.claims = {"groups": ["grants", "tennis"]}

    travel()

    assert roles_of(person(PRIYA)) == {"head_of_commissioning": "hand", "grants_officer": "directory"}
    provider.claims = {"groups": ["scores"]}
    travel()
    assert roles_of(person(PRIYA)) == {"head_of_commissioning": "hand", "assessor": "directory"}
    provider.claims = {}
    travel()
    assert roles_of(person(PRIYA)) == {"head_of_commissioning": "hand"}
    assert verbs_about(person(PRIYA)) == ["role.give", "role.end", "role.give", "role.end"]


def test_groups_that_could_not_be_told_change_nothing(connected, travel, provider, sso_settings, person):
    sso_settings(**OFFICER)
    connected(PRIYA)
    provider.claims = {"groups": ["grants"]}
    travel()
    provider.claims = {"_claim_names": {"groups": "src1"}}
    travel()
    assert "grants_officer" in roles_of(person(PRIYA))


def test_a_role_that_was_given_by_hand_is_neither_doubled_nor_taken_over(connected, travel, provider, sso_settings, person):
    sso_settings(**OFFICER, sso_claim="roles")
    connected(OMAR)
    provider.claims = {"roles": ["grants"]}
    travel()
    provider.claims = {}
    travel()
    assert roles_of(person(OMAR)) == {"grants_officer": "hand"}


def test_the_directory_never_ends_the_last_administrator(connected, travel, provider, person):
    connected(IRA)

    def make_last():
        for held in (*person(IRA).appointments, *person(KIT).appointments):
            if held.user.email == IRA.email:
                held.source = Source.DIRECTORY
            else:
                held.to_on = held.from_on

    write(make_last)
    assert is_in(travel()[0])
    assert roles_of(person(IRA)) == {"administrator": "directory"}


def test_whose_roles_the_directory_gives_signs_in_through_it(connected, travel, provider, sso_settings, type_in, outbox, as_user):
    """Else a role would outlive its group as long as somebody types a password."""
    sso_settings(**OFFICER)
    connected(PRIYA)
    assert type_in(email=PRIYA.email).location == "/desk"
    provider.claims = {"groups": ["grants"]}
    browser, _ = travel()
    refused = type_in(email=PRIYA.email)
    assert "Sign in with Directory. Passwords of the office’s people are not used here" in refused.text
    assert "not used here" not in type_in(email=PRIYA.email, password="wrong").text
    assert browser.get("/account/password").location == "/account"
    assert '<input class="govuk-input' not in browser.get("/verify").text
