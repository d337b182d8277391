"""Every form that somebody can reach takes whatever is sent to it: the answer is a page in plain words, never a fault of ours.

A form that several people come to is tried by the first of them in a run; with LONG=1 by each.
"""

from io import BytesIO

import pytest

from tests.cast import ADA, DANA, FINN, GUS, IRA, MONA, OMAR, PRIYA, TESS
from tests.novelty import unseen
from tests.source import expect_none
from tests.walks.walker import first_name, kept_walk

pytestmark = pytest.mark.parametrize("app", ["postgres"], indirect=True)  # the stricter one about what it is sent
TEXTS = {
    "hostile": "=cmd|' /C calc'!A0 \x00\u202e<b hx-post=/x hx-trigger=load>{{7*7}}</b>' OR 1=1 -- \ufffd",
    "long": "x" * 20_000,
    "negative": "-1",
    "huge": "9" * 25,
}


def forms_met(app, as_user, who, kept_as):
    """The forms on this person's way, by where they lead and what they ask."""
    met = {str(key): form for key, form in kept_walk(app, as_user, who).forms.items() if not form.action.startswith("/sign-out")}
    assert met
    return [met[key] for key in unseen(kept_as, {key: {key} for key in met})]


def filled(form, text):
    """The form with this text in every field, and a program where a document is asked for; its token is left to the browser."""
    data = {name: [text] * len(values) for name, values in form.fields.items() if name != "csrf_token"}
    return data | {name: (BytesIO(b"MZ"), "evil.exe") for name in form.files}


def sendings(form):
    """What is sent to a form, by name; last what it may be waiting for."""
    yield "nothing", {}
    for name, text in TEXTS.items():
        yield name, filled(form, text)
    yield "as it stands", {name: values for name, values in form.fields.items() if name not in {"csrf_token", *form.files}}


def send(browser, form, data):
    """What is wrong with the answer; None when nothing is."""
    try:
        if form.method == "post":
            status = browser.post(form.action, data=data).status_code
        else:
            status = browser.get(form.action, query_string=data).status_code
    except AssertionError as fault:
        return str(fault)
    return f"{form.method} {form.action} answered {status}" if status >= 500 or status == 400 else None


@pytest.mark.parametrize("who", [ADA, GUS, OMAR, PRIYA, TESS, DANA, MONA, FINN, IRA], ids=first_name)
def test_no_form_breaks_whatever_is_sent(app, as_user, who):
    forms, browser = forms_met(app, as_user, who, "forms-filled"), as_user(who)
    answers = {f"{form.page}, {name}": send(browser, form, data) for form in forms for name, data in sendings(form)}
    expect_none([f"{sent}: {fault}" for sent, fault in answers.items() if fault], f"{who.name} broke something")


@pytest.mark.parametrize("who", [ADA, OMAR, TESS, DANA], ids=first_name)
def test_no_form_does_anything_without_its_token(app, as_user, who):
    forms = [form for form in forms_met(app, as_user, who, "forms-without-token") if form.method == "post"]
    browser = as_user(who)
    answers = {form.action: browser.raw_post(form.action, data={}).status_code for form in forms}
    expect_none([action for action, status in answers.items() if status != 400], "a form from another site must do nothing")
