"""People come in by invitation only, through a link that works once; new providers are admitted or refused."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core import outbox as letters
from portal.core.db import db, write
from portal.core.problems import Refused
from portal.people import actions
from portal.people.models import AccountRequest, Invitation, OfficeRole, Organisation, Right, RoleChange, User
from tests.cast import ADA, CLEO, GUS, IRA, KIT, OMAR

GOOD = "three unrelated words here"
NEW = {"name": "Joy Marsh", "email": "Joy@River-Trust.example"}


def link_in(mail, path):
    return re.search(rf"/{path}/[\w-]+", mail.body)[0]


def user_with(email):
    return db.session.scalar(select(User).where(User.email == email))


@pytest.fixture
def fenland(person):
    return person(ADA).memberships[0].organisation


@pytest.fixture
def invited(as_user, outbox, fenland):
    """Ada has invited Joy as a contributor: the address in Joy's letter."""
    form = NEW | {"organisation": fenland.id, "rights": ["contributor"]}
    assert as_user(ADA).post("/people/invite", data=form).status_code == 303
    return link_in(outbox()[-1], "invitation")


def test_an_invited_person_makes_an_account_and_acts_for_the_organisation(as_user, invited, fenland, type_in, verbs_about):
    page = as_user(None).get(invited).text
    assert "You are invited to Fenland Community Safety Partnership" in page
    assert "joy@river-trust.example" in page

    reply = as_user(None).post(invited, data={"name": "Joy Marsh", "password": GOOD})

    assert (reply.status_code, reply.location) == (303, "/sign-in")
    joy = user_with("joy@river-trust.example")
    assert joy.confirmed_at is not None
    assert joy.has_right(fenland.id, Right.CONTRIBUTOR)
    assert not joy.has_right(fenland.id, Right.LEAD)
    assert verbs_about(joy) == ["invitation.accept"]
    assert type_in(email="JOY@river-trust.example", password=GOOD).location == "/desk"


def test_a_link_works_once(as_user, invited):
    as_user(None).post(invited, data={"name": "Joy", "password": GOOD})
    for reply in (as_user(None).get(invited), as_user(None).post(invited, data={"name": "Eve", "password": GOOD})):
        assert reply.status_code == 410
        assert "This link does not work" in reply.text


def test_looking_at_a_link_as_mail_scanners_do_changes_nothing(as_user, invited):
    for _ in range(3):
        assert as_user(None).get(invited).status_code == 200
        assert as_user(None).head(invited).status_code == 200
    assert user_with("joy@river-trust.example") is None


@pytest.mark.parametrize("link", ["/invitation/unknown", "/invitation/" + "x" * 5000, "/invitation/%F0%9F%90%99"])
def test_an_unknown_link_leads_to_a_plain_page_with_the_way_forward(as_user, link):
    reply = as_user(None).get(link)
    assert reply.status_code == 410
    assert "send the invitation again" in reply.text


def test_an_old_link_opens_nothing_and_can_be_sent_again(as_user, invited, frozen, outbox):
    frozen.move(days=7, seconds=1)
    assert as_user(None).get(invited).status_code == 410
    number = db.session.scalars(select(Invitation.id)).one()
    as_user(ADA).post(f"/people/invitations/{number}/send-again")
    assert as_user(None).get(invited).status_code == 410
    assert as_user(None).get(link_in(outbox()[-1], "invitation")).status_code == 200


def test_a_withdrawn_invitation_opens_nothing(as_user, invited):
    number = db.session.scalars(select(Invitation.id)).one()
    assert as_user(CLEO).post(f"/people/invitations/{number}/withdraw").status_code == 404
    assert as_user(ADA).post(f"/people/invitations/{number}/withdraw").status_code == 303
    assert as_user(None).get(invited).status_code == 410


def test_somebody_elses_invitation_is_no_use(as_user, invited, person, fenland):
    assert "this invitation is for" in as_user(CLEO).get(invited).text
    assert as_user(CLEO).post(invited).status_code == 422
    assert not person(CLEO).has_right(fenland.id)


def test_who_has_an_account_accepts_with_it_after_signing_in(as_user, outbox, person, fenland):
    as_user(ADA).post(
        "/people/invite", data={"name": "Gus", "email": GUS.email.upper(), "organisation": fenland.id, "rights": "reader"}
    )
    link = link_in(outbox()[-1], "invitation")
    assert "Sign in to accept" in as_user(None).get(link).text
    assert as_user(None).post(link, data={"name": "Gus", "password": GOOD}).status_code == 409

    assert as_user(GUS).post(link).status_code == 303

    assert person(GUS).has_right(fenland.id, Right.READER)


def test_one_invites_only_into_what_one_looks_after(as_user, person):
    other = person(CLEO).memberships[0].organisation_id
    reply = as_user(ADA).post("/people/invite", data=NEW | {"organisation": other, "rights": ["lead"]})
    assert db.session.scalars(select(Invitation)).all() == [] or reply.status_code == 303
    assert db.session.scalar(select(Invitation).where(Invitation.organisation_id == other)) is None
    assert as_user(ADA).get("/people/invite-staff").status_code == 403


@pytest.mark.parametrize("wrong", [
    {"email": "no address"}, {"email": ""}, {"name": ""}, {"name": "x" * 5000}, {"rights": []}, {"rights": ["emperor"]},
    {"email": ADA.email},
])  # fmt: skip
def test_a_wrong_invitation_comes_back_with_what_to_mend(as_user, fenland, wrong):
    reply = as_user(ADA).post("/people/invite", data=NEW | {"organisation": fenland.id, "rights": ["reader"]} | wrong)
    assert reply.status_code == 422
    assert "There is a problem" in reply.text


@pytest.mark.parametrize(("role", "at_once"), [("auditor", True), ("decision_maker", False)])
def test_staff_come_in_with_their_role_a_grave_one_waits_for_the_second(as_user, outbox, role, at_once, person):
    as_user(IRA).post("/people/invite-staff", data=NEW | {"role": role})
    as_user(None).post(link_in(outbox()[-1], "invitation"), data={"name": "Joy", "password": GOOD})
    joy = user_with("joy@river-trust.example")
    assert joy.holds(OfficeRole(role)) is at_once
    if not at_once:
        change = db.session.scalars(select(RoleChange)).one()
        assert as_user(IRA).post(f"/people/changes/{change.id}/confirm").status_code == 403
        assert as_user(KIT).post(f"/people/changes/{change.id}/confirm").status_code == 303
        assert user_with("joy@river-trust.example").holds(OfficeRole(role))


@pytest.mark.parametrize(("password", "why"), [
    ("short", "12 characters or more"), ("password1234", "guess this password soon"), ("qwertyuiopas", "guess this"),
    ("aaaaaaaaaaaaaaaa", "guess this"), ("safer streets for all", "guess this"),
    ("joy@river-trust.example!", "does not hold your name"),
    ("", "Choose a password"), ("x" * 2000, "1000 characters or fewer"),
])  # fmt: skip
def test_passwords_that_others_would_guess_are_refused_with_help(as_user, invited, password, why):
    reply = as_user(None).post(invited, data={"name": "Joy", "password": password})
    assert reply.status_code == 422
    assert why in reply.text
    assert password not in reply.text or not password


@pytest.mark.parametrize("password", ["correct horse battery", "p" * 3 + "Zq8 ünïcödé wörds 漢字", "long words " * 20])
def test_long_words_and_all_characters_are_welcome(as_user, invited, password, type_in):
    assert as_user(None).post(invited, data={"name": "Joy", "password": password}).status_code == 303
    assert type_in(email="joy@river-trust.example", password=password).location == "/desk"


def test_the_link_is_wiped_from_a_letter_once_it_is_sent(invited):
    mail = db.session.scalars(select(letters.Mail).where(letters.Mail.template == "people/invited")).one()
    write(letters.note_sent, mail.id)
    assert invited not in db.session.get(letters.Mail, mail.id).body


ASK = NEW | {"organisation": "River Trust", "kind": "charity", "identifier": "1123456", "about": "Clean rivers"}


def ask(as_user, outbox, **changes):
    assert as_user(None).post("/ask-for-an-account", data=ASK | changes).location == "/ask-for-an-account/sent"
    return outbox()[-1]


def test_a_new_provider_asks_shows_the_address_and_is_admitted(as_user, outbox, type_in):
    link = link_in(ask(as_user, outbox), "ask-for-an-account")
    assert as_user(OMAR).get("/people/requests/1").status_code == 404, "not before the address is verified"
    as_user(None).get(link)
    assert db.session.scalars(select(AccountRequest)).one().verified_at is None
    as_user(None).post(link)
    as_user(None).post(link)
    assert [mail.template for mail in outbox()].count("people/request_arrived") == 1
    number = db.session.scalars(select(AccountRequest.id)).one()
    assert "River Trust" in as_user(OMAR).get("/people/").text

    assert as_user(OMAR).post(f"/people/requests/{number}/admit").status_code == 303

    as_user(None).post(link_in(outbox()[-1], "invitation"), data={"name": "Joy Marsh", "password": GOOD})
    trust = db.session.scalars(select(Organisation).where(Organisation.name == "River Trust")).one()
    assert user_with("joy@river-trust.example").has_right(trust.id, Right.ADMINISTRATOR)
    assert type_in(email="joy@river-trust.example", password=GOOD).location == "/desk"


def test_a_refusal_carries_its_reason_and_is_final(as_user, outbox):
    as_user(None).post(link_in(ask(as_user, outbox), "ask-for-an-account"))
    number = db.session.scalars(select(AccountRequest.id)).one()
    assert as_user(OMAR).post(f"/people/requests/{number}/refuse", data={"reason": ""}).status_code == 422
    as_user(OMAR).post(f"/people/requests/{number}/refuse", data={"reason": "The number is not in the register."})
    assert "The number is not in the register." in outbox()[-1].body
    assert as_user(OMAR).post(f"/people/requests/{number}/admit").status_code == 409
    assert as_user(ADA).get(f"/people/requests/{number}").status_code == 403 or 404


@pytest.mark.parametrize("there", [{"organisation": "fenland community safety partnership"}])
def test_nobody_attaches_to_an_organisation_by_typing_its_name(as_user, outbox, there, person):
    as_user(None).post(link_in(ask(as_user, outbox, **there), "ask-for-an-account"))
    number = db.session.scalars(select(AccountRequest.id)).one()
    assert "is here already" in as_user(OMAR).get(f"/people/requests/{number}").text
    with pytest.raises(Refused, match="is here already"):
        write(lambda: actions.admit(db.session.get(AccountRequest, number), by=person(OMAR)))


def test_whoever_has_an_account_is_told_so_by_e_mail_only(as_user, outbox):
    with_account, without = (
        as_user(None).post("/ask-for-an-account", data=ASK | {"email": email}) for email in (ADA.email, "x@y.example")
    )
    assert (with_account.status_code, with_account.location) == (without.status_code, without.location)
    assert [mail.template for mail in outbox()] == ["people/has_account", "people/verify"]
    assert db.session.scalars(select(AccountRequest.email)).all() == ["x@y.example"]


@pytest.mark.parametrize(
    "wrong", [{"identifier": "12"}, {"identifier": ""}, {"kind": "empire"}, {"organisation": ""}, {"email": "@"}]
)
def test_a_wrong_request_comes_back_with_what_to_mend(as_user, wrong):
    assert as_user(None).post("/ask-for-an-account", data=ASK | wrong).status_code == 422


def test_an_empty_field_is_told_one_thing(as_user):
    page = as_user(None).post("/ask-for-an-account", data=ASK | {"email": ""}).text
    assert "Enter an e-mail address" in page
    assert "in full, like" not in page


def test_a_request_whose_link_ran_out_is_asked_for_again(as_user, outbox, frozen):
    link = link_in(ask(as_user, outbox), "ask-for-an-account")
    frozen.at(frozen.now + timedelta(hours=24, seconds=1))
    assert as_user(None).get(link).status_code == 410
    assert as_user(None).post(link).status_code == 409
