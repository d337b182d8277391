"""What people type, and the words that open doors for them, stand in no log, address, error page or mail."""

import re
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from portal.core.db import db
from tests.cast import ADA, OMAR, PASSWORD
from tests.walks.walker import first_name, kept_walk

CANARY = "Jo Canary, sort code 04-00-04, account 55779911"
WORDY = {"text", "textarea", "search", "email", "tel", "password"}
SIGNS = ("Canary", "04-00-04", "55779911")
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def signs_in(text):
    return [sign for sign in SIGNS if sign in text]


def type_in(browser, email=ADA.email, password=PASSWORD, **options):
    token = TOKEN.search(browser.get("/sign-in").text)[1]
    return token, browser.raw_post("/sign-in", data={"email": email, "password": password, "csrf_token": token}, **options)


@contextmanager
def writing_fails():
    """The database refuses every change, and quotes what it was given."""

    def refuse(_connection, _cursor, statement, parameters, *_rest):
        if not statement.startswith(("SELECT", "PRAGMA", "BEGIN")):
            raise RuntimeError(f"cannot {statement} with {parameters}")

    engine = db.engine
    event.listen(engine, "before_cursor_execute", refuse)
    yield
    event.remove(engine, "before_cursor_execute", refuse)


def filled(form):
    """The form with the canary wherever words can be typed, and as it stands elsewhere."""
    kept = {name: values for name, values in form.fields.items() if name != "csrf_token" and name not in form.files}
    return {name: [CANARY] if form.kinds[name] in WORDY else values for name, values in kept.items()}


def send_canaries(browser, forms):
    """Every form with the canary in it; its answers."""
    for form in forms:
        data = filled(form)
        if form.method == "post":
            yield browser.post(form.action, data=data)
        else:
            yield browser.get(form.action, query_string=data)


@pytest.mark.parametrize("app", ["postgres"], indirect=True)  # the one that quotes rows and values in its errors
@pytest.mark.parametrize("who", [ADA, OMAR], ids=first_name)
def test_what_is_typed_into_a_form_stays_out_of_logs_and_addresses_even_when_writing_fails(app, as_user, who, log, outbox):
    forms = [form for form in kept_walk(app, as_user, who).forms.values() if not form.action.startswith("/sign-out")]
    browser = as_user(who)
    browser.holds_to_standard = False  # other walks hold it

    with writing_fails():
        failed = [reply for reply in send_canaries(browser, forms) if reply.status_code == 500]
    answered = list(send_canaries(browser, forms))

    assert [reply.request.path for reply in failed if signs_in(reply.text)] == []
    assert [reply.location for reply in answered if signs_in(reply.location or "")] == []
    assert [line for line in log.text.splitlines() if signs_in(line)] == []
    if who is ADA:  # the office's reasons, people's names and what the office is asked are written to be mailed; answers are not
        about_bids = [mail for mail in outbox() if mail.case and mail.template != "funds/asked"]
        assert [mail.subject for mail in about_bids if signs_in(mail.subject + mail.body)] == []
    assert failed
    assert len([line for line in log.lines if line["message"] == "failure"]) >= len(failed)


def test_passwords_tokens_and_cookies_stay_out_of_logs_addresses_and_mails(as_user, log, outbox):
    browser = as_user(None)
    typed, wrong = type_in(browser, password=CANARY)
    other, right = type_in(browser)
    browser.get("/desk")
    browser.get(f"/sign-in?password={CANARY}&next=/desk?who={CANARY}")

    cookie = browser.get_cookie("portal").value
    said = log.text + (right.location or "") + "".join(mail.body for mail in outbox())
    assert signs_in(said + wrong.text) == []
    assert [secret for secret in (PASSWORD, ADA.email, typed, other, cookie) if secret in said] == []
