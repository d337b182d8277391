"""Work accounts: connected by their owners or with an invitation, never by an address, and disconnected by an administrator."""

import pytest
from sqlalchemy import select

from portal.core.db import db, write
from portal.people import actions
from portal.people.models import Invitation, OfficeRole, User, WorkAccount
from portal.people.tokens import digest
from tests.cast import ADA, IRA, OMAR, PASSWORD, PRIYA
from tests.people.conftest import OFFICER, REFUSED, copy_of, heading, is_in, roles_of


def test_where_only_single_sign_on_counts_a_password_leads_to_connecting(
    as_user, type_in, travel, provider, sso_settings, person
):
    sso_settings(sso_only=True)
    omar = as_user(None)
    assert type_in(omar, email=OMAR.email).location == "/desk"
    assert omar.get("/desk").location == "/account/work-account"
    assert type_in(email=ADA.email).location == "/desk", "applicants have no work account"

    _, reply = travel(omar, "/account/work-account/connect")

    assert reply.location == "/account/work-account"
    assert "omar@directory.example" in omar.get(reply.location).text
    assert db.session.scalar(select(WorkAccount.id)) is None, "looking connects nothing"
    assert omar.post("/account/work-account").location == "/account"
    assert omar.get("/desk").status_code == 200
    assert "are not used here" in type_in(email=OMAR.email).text
    assert is_in(travel()[0])


def test_connecting_asks_for_the_password_and_ends_other_sign_ins(as_user, travel, frozen, outbox, person, verbs_about):
    omar, elsewhere = as_user(OMAR), as_user(OMAR)
    frozen.move(minutes=16)
    assert omar.get("/account/work-account/connect").location.startswith("/verify")
    omar.post("/verify", data={"password": PASSWORD})
    travel(omar, "/account/work-account/connect")
    thief = copy_of(omar, as_user)
    omar.post("/account/work-account")
    assert (is_in(omar), is_in(elsewhere), is_in(thief)) == (True, False, False)
    assert [mail.template for mail in outbox()] == ["people/work_account_connected"]
    assert verbs_about(person(OMAR)) == ["account.connect"]


def test_a_work_account_is_one_persons_and_a_person_has_one(as_user, travel, connected, provider):
    connected(PRIYA)
    omar = as_user(OMAR)
    travel(omar, "/account/work-account/connect")
    assert "connected to somebody else" in omar.post("/account/work-account").text
    priya, provider.subject = as_user(PRIYA), "another"
    travel(priya, "/account/work-account/connect")
    assert "Another work account is connected" in priya.post("/account/work-account").text


def test_applicants_connect_nothing(as_user, provider):
    ada = as_user(ADA)
    assert ada.get("/account/work-account/connect").status_code == 403
    assert ada.post("/account/work-account").status_code == 403
    assert "Work account" not in ada.get("/account").text


@pytest.fixture
def invite(person):
    def invited(email="new@opcc.example", role=OfficeRole.GRANTS_OFFICER):
        write(lambda: actions.invite(email, "Nia New", role=role, by=person(IRA)))
        write(
            lambda: setattr(
                db.session.scalars(select(Invitation).where(Invitation.email == email)).one(), "token_digest", digest("t")
            )
        )
        return "/invitation/t"

    return invited


def test_an_invitation_into_the_office_is_accepted_with_a_work_account(invite, as_user, travel, provider, person):
    address = invite()
    browser = as_user(None)
    assert "Accept with Directory" in browser.get(address).text
    _, reply = travel(browser, f"{address}/work-account")
    assert reply.location == address
    assert "Accept with this work account" in browser.get(address).text
    assert db.session.scalar(select(User.id).where(User.email == "new@opcc.example")) is None
    browser.post(f"{address}/work-account")
    user = db.session.scalars(select(User).where(User.email == "new@opcc.example")).one()
    assert (user.password, user.is_officer) == (None, True)

    browser, reply = travel()

    assert reply.location == "/desk"
    account = browser.get("/account").text
    assert "Connected" in account
    assert "Hidden" not in account
    assert browser.get("/account/email").status_code == 200


def test_an_invitation_never_connects_an_account_that_is_there_already(invite, as_user, travel, provider):
    address = invite(OMAR.email, OfficeRole.FINANCE_OFFICER)
    browser = as_user(None)
    travel(browser, f"{address}/work-account")
    browser.post(f"{address}/work-account")
    assert db.session.scalar(select(WorkAccount.id)) is None
    assert "Sign in to accept the invitation" in browser.get(address).text


def test_an_administrator_disconnects_what_was_lost(
    as_user, connected, travel, provider, sso_settings, person, outbox, verbs_about
):
    sso_settings(**OFFICER)
    connected(PRIYA)
    provider.claims = {"groups": ["grants"]}
    priya, _ = travel()
    address = f"/people/{person(PRIYA).id}/work-account"
    ira = as_user(IRA)
    assert address in ira.get(f"/people/{person(PRIYA).id}").text
    assert ira.get(address).status_code == 200
    ira.post(address, data={"reason": "A new one"})
    assert not is_in(priya)
    assert roles_of(person(PRIYA)) == {"head_of_commissioning": "hand"}
    assert verbs_about(person(PRIYA))[-1] == "account.disconnect"
    assert heading(travel()[1]) == REFUSED
    assert "no work account" in ira.post(address, data={"reason": "Again"}).text
    assert as_user(OMAR).get(address).status_code == 403
    own = f"/people/{person(IRA).id}/work-account"
    assert ira.get(own).status_code == 403
