"""E-mails: written with the change, sent once, to the address that was configured."""

from email.utils import getaddresses

import pytest
from flask import current_app
from jinja2 import DictLoader
from sqlalchemy import select

from portal.core import outbox as kernel
from portal.core.db import db, write
from portal.core.outbox import MOST_TRIES, Mail, deliver, deliver_waiting, link, send
from portal.core.problems import Refused
from tests.cast import ADA, BEN

LETTER = "Your  bid for\t{{ title }}\n\nDear {{ person.name }},\n\n{{ title }} is at {{ link('stand_ins.show', row_id=7) }}\n"


@pytest.fixture(autouse=True)
def letter(app, monkeypatch):
    loader = DictLoader({"email/tests/letter.txt": LETTER})
    monkeypatch.setattr(app.jinja_env, "loader", loader)


@pytest.fixture
def posted(app, monkeypatch):
    """Every message that reached the mail server, which is configured here."""
    sent = []
    monkeypatch.setattr(app.extensions["settings"], "mail_server", "mail.example")
    monkeypatch.setattr(kernel.EmailMessage, "send", lambda message: sent.append(message))
    return sent


@pytest.fixture
def a_mail(person):
    """`a_mail()`: the id of a letter to Ada that waits."""

    def waiting():
        write(send, "tests/letter", to=[person(ADA)], title="New Drove")
        return db.session.scalar(select(Mail.id).order_by(Mail.id.desc()).limit(1))

    return waiting


def test_the_first_line_is_the_subject_and_the_rest_the_body(person, outbox, frozen):
    write(send, "tests/letter", to=[person(ADA)], case="SCF-1", title="O'Neill & <b>")

    [mail] = outbox()
    assert (mail.to_name, mail.to_address) == ("Ada Khan", ADA.email)
    assert mail.subject == "Your bid for O'Neill & <b>"
    assert mail.body.startswith("Dear Ada Khan,\n\nO'Neill & <b> is at ")
    assert (mail.template, mail.case, mail.written_at, mail.sent_at) == ("tests/letter", "SCF-1", frozen.now, None)


def test_a_title_cannot_smuggle_a_header_into_a_mail(person, outbox):
    write(send, "tests/letter", to=[person(ADA)], title="x\r\nBcc: all@example.org")
    [mail] = outbox()
    assert "\n" not in mail.subject


def test_each_person_gets_one_letter_however_many_hats_they_wear(person, outbox):
    write(send, "tests/letter", to=[person(ADA), person(BEN), person(ADA)], title="x")
    assert sorted(mail.to_address for mail in outbox()) == sorted([ADA.email, BEN.email])


def test_a_change_that_was_refused_sends_nothing(person, outbox):
    def tell_and_refuse():
        send("tests/letter", to=[person(ADA)], title="x")
        raise Refused("No.")

    with pytest.raises(Refused):
        write(tell_and_refuse)
    assert outbox() == []


def test_a_link_leads_to_the_configured_address_whatever_the_request_claims(app):
    with app.test_request_context("/", base_url="http://evil.example"):
        assert link("stand_ins.show", row_id=7) == "http://127.0.0.1:8000/stand-ins/rows/7"


def test_without_a_mail_server_letters_wait_to_be_read(a_mail, outbox):
    a_mail()
    assert deliver_waiting() == 0
    assert [mail.sent_at for mail in outbox()] == [None]


def test_a_letter_is_sent_once(a_mail, posted, frozen):
    mail_id = a_mail()

    assert (deliver_waiting(), deliver_waiting()) == (1, 0)
    assert not deliver(mail_id)

    [message] = posted
    assert message.to == [f'"Ada Khan" <{ADA.email}>']
    assert message.subject == "Your bid for New Drove"
    assert db.session.get(Mail, mail_id).sent_at == frozen.now


def test_a_name_reaches_nobody_else(a_mail, posted, outbox):
    a_mail()
    [mail] = outbox()

    def rename():
        mail.to_name = 'Ada" <all@evil.example>, "\r\nBcc: x@evil.example'

    write(rename)
    deliver_waiting()
    head = str(posted[0].message()["To"])
    assert [address for _, address in getaddresses([head])] == [ADA.email]


def test_a_mail_server_that_fails_is_asked_again_but_not_for_ever(a_mail, posted, monkeypatch):
    mail_id = a_mail()

    def refuse(_message):
        raise ConnectionRefusedError

    monkeypatch.setattr(kernel.EmailMessage, "send", refuse)
    assert [deliver_waiting() for _ in range(MOST_TRIES + 3)] == [0] * (MOST_TRIES + 3)
    assert db.session.get(Mail, mail_id).tries == MOST_TRIES


def test_a_letter_that_cannot_be_sent_does_not_hold_up_the_next(a_mail, posted, monkeypatch):
    a_mail(), a_mail()
    arrived = []

    def refuse_the_first(message):
        if not arrived:
            arrived.append(None)
            raise ConnectionRefusedError
        arrived.append(message)

    monkeypatch.setattr(kernel.EmailMessage, "send", refuse_the_first)
    assert deliver_waiting() == 1


def test_a_letter_claimed_by_one_worker_has_that_try_counted_before_it_is_sent(a_mail, posted, monkeypatch):
    mail_id = a_mail()
    seen = []
    monkeypatch.setattr(kernel.EmailMessage, "send", lambda _: seen.append(db.session.get(Mail, mail_id).tries))
    deliver(mail_id)
    assert seen == [1]


def test_a_letter_that_nobody_can_write_is_logged_and_holds_up_no_other(a_mail, posted, monkeypatch, caplog):
    a_mail()

    def fail(_message):
        raise ValueError("no such header")

    monkeypatch.setattr(kernel.EmailMessage, "send", fail)
    assert deliver_waiting() == 0
    assert "no such header" in caplog.text


def test_letters_can_be_written_without_a_request(app, person, outbox):
    assert current_app == app
    write(send, "tests/letter", to=[person(ADA)], title="by the worker")
    assert len(outbox()) == 1
