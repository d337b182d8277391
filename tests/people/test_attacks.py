"""What somebody tries who wants in and is not invited. What other files here hold as promises is not repeated."""

import re
import time
from itertools import count

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import text

from portal.core.db import Base, db, write
from portal.people import actions
from tests.cast import ADA, BEN, OMAR, PASSWORD
from tests.people.conftest import copy_of, is_in

NEW = {"password": "three unrelated words", "password_confirm": "three unrelated words"}
ONE = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


def link_in(mail):
    """The address that a letter leads to."""
    return re.search(r"https?://[^/\s]+(/\S+)", mail.body)[1]


def everything(app):
    """Every row of the database but those that only say when somebody was seen."""
    tables = [table for name, table in Base.metadata.tables.items() if name != "sign_in"]
    found = {table.name: [tuple(row) for row in db.session.execute(text(f'SELECT * FROM "{table.name}"'))] for table in tables}
    db.session.rollback()
    return {name: sorted(map(repr, rows)) for name, rows in found.items()}


@pytest.fixture
def letters(as_user, outbox, person):
    """A letter of each kind whose link opens a door, by its template."""
    fenland = person(ADA).organisation_ids[0]
    as_user(ADA).post("/people/invite", data={"name": "Jo Reed", "email": "jo@fenland.example", "organisation": fenland,
                                              "rights": ["contributor"]})  # fmt: skip
    as_user(ADA).post("/account/email", data={"email": "ada@new.example", "password": PASSWORD})
    as_user(None).post("/forgotten-password", data={"email": ADA.email})
    as_user(None).post("/ask-for-an-account", data={"name": "Sol Vane", "email": "sol@vane.example", "organisation": "Vane Trust",
                                                    "kind": "community_group", "about": "Youth clubs"})  # fmt: skip
    kinds = ("people/invited", "people/new_address", "people/reset", "people/verify")
    return {mail.template: mail for mail in outbox() if mail.template in kinds}


def test_mail_scanners_open_every_link_and_change_nothing(app, as_user, letters):
    assert len(letters) == 4
    links = [link_in(mail) for mail in letters.values()]
    links.append(link_in(letters["people/invited"]) + "/passkey")
    before = everything(app)
    for scanner in (as_user(None), as_user(ADA)):
        for link in links * 2:
            scanner.get(link)
            scanner.head(link)
    assert everything(app) == before
    for link in links:
        who = ADA if "/account/" in link else None
        assert as_user(who).get(link).status_code == 200, f"{link} is still whole for its reader"


def test_a_stolen_link_to_a_new_password_is_worth_nothing_once_another_was_asked_for(as_user, outbox, type_in, monkeypatch):
    seconds = count(int(time.time()))
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _: next(seconds))  # asked for within one, they would be one
    for _ in range(2):
        as_user(None).post("/forgotten-password", data={"email": ADA.email})
    stolen, last = [link_in(mail) for mail in outbox()]
    assert as_user(None).get(stolen).status_code == as_user(None).post(stolen, data=NEW).status_code == 410
    assert as_user(None).post(last, data=NEW).status_code == 302
    assert type_in(password=NEW["password"]).location == "/desk"


def test_a_link_in_the_mailbox_one_has_left_is_worth_nothing(as_user, outbox, person):
    as_user(None).post("/forgotten-password", data={"email": ADA.email})
    stolen, ada = link_in(outbox()[-1]), as_user(ADA)
    ada.post("/account/email", data={"email": "ada@new.example", "password": PASSWORD})
    ada.post(link_in(next(mail for mail in outbox() if mail.template == "people/new_address")))

    assert as_user(None).get(stolen).status_code == as_user(None).post(stolen, data=NEW).status_code == 410
    assert is_in(ada)


def test_a_new_address_asked_for_by_a_thief_is_void_once_the_owner_asks_for_another(as_user, outbox):
    ada = as_user(ADA)
    for email in ("thief@evil.example", "ada@new.example"):
        ada.post("/account/email", data={"email": email, "password": PASSWORD})
    first = next(mail for mail in outbox() if mail.to_address == "thief@evil.example")
    assert ada.get(link_in(first)).status_code == ada.post(link_in(first)).status_code == 404


def test_a_link_is_worth_nothing_to_a_disabled_account(as_user, outbox, person):
    as_user(None).post("/forgotten-password", data={"email": BEN.email})
    link = link_in(outbox()[-1])
    write(actions.disable, person(BEN), "Left", by=person(OMAR))
    assert as_user(None).post(link, data=NEW).status_code == 410


def test_a_link_signed_by_whoever_knows_the_key_opens_nothing_that_was_not_sent(app, as_user, person):
    from flask_security.recoverable import generate_reset_password_token

    forged = generate_reset_password_token(person(ADA))
    assert as_user(None).get(f"/forgotten-password/{forged}").status_code == 410


def test_a_superseded_invitation_opens_nothing(as_user, person, letters):
    stolen = link_in(letters["people/invited"])
    again = {"name": "Jo Reed", "email": "jo@fenland.example", "rights": ["reader"]}
    as_user(ADA).post("/people/invite", data=again | {"organisation": person(ADA).organisation_ids[0]})
    assert as_user(None).post(stolen, data={"name": "Thief", "password": NEW["password"]}).status_code == 410
    assert as_user(None).get(f"{stolen}/passkey").status_code == 410


def test_a_link_to_a_new_password_does_not_lead_around_the_second_factor(asked, as_user, outbox, with_factor, type_in):
    with_factor(OMAR)
    as_user(None).post("/forgotten-password", data={"email": OMAR.email})
    thief = as_user(None)
    assert thief.post(link_in(outbox()[-1]), data=NEW).location == "/sign-in"
    assert type_in(thief, email=OMAR.email, password=NEW["password"]).location.startswith("/sign-in/code")
    assert not is_in(thief)


def test_guesses_from_many_addresses_are_counted_as_one(type_in, as_user):
    for number in range(10):
        browser = as_user(None)
        browser.environ_base["REMOTE_ADDR"] = f"198.51.100.{number}"
        type_in(browser, password=f"guess number {number}")
    assert type_in().status_code == 200, "the right one comes too late"


def test_a_cookie_from_before_the_sign_out_is_worth_nothing_whatever_it_sends(as_user, type_in):
    ada = as_user(None)
    type_in(ada)
    stolen = copy_of(ada, as_user)
    ada.post("/sign-out")
    assert not is_in(stolen)
    for address in ("/account/details", "/account/email", "/account/passkeys/add", "/account/sign-ins/end-others"):
        assert stolen.post(address, data={"name": "Thief"}).location.startswith("/sign-in")


def shape(reply):
    """All that an outsider can compare, but for what is random."""
    names = sorted(name for name, _ in reply.headers)
    return reply.status_code, names, reply.location, len(re.sub(r'value="[^"]*"|nonce="[^"]*"|nonce-[^\']+', "", reply.text))


@ONE
@pytest.mark.parametrize(("address", "more"), [
    ("/sign-in", {"password": "not the password"}), ("/forgotten-password", {}),
    ("/ask-for-an-account", {"name": "A B", "organisation": "Some Trust", "kind": "community_group", "about": "Clubs"}),
])  # fmt: skip
def test_no_answer_differs_in_shape_for_who_has_an_account(as_user, address, more):
    length = len(ADA.email)
    unknown = "n" * (length - len("@example.org")) + "@example.org"
    known, other = (as_user(None).post(address, data={"email": email} | more) for email in (ADA.email, unknown))
    assert shape(known) == shape(other)
