"""Every form that somebody can reach takes whatever is sent to it: the answer is a page in plain words, never a fault of ours."""

from io import BytesIO

import pytest

from tests.cast import ADA, DANA, FINN, GUS, MONA, OMAR, PRIYA, TESS, UMA
from tests.source import expect_none
from tests.walks.walker import first_name, walk

HOSTILE = "=cmd|' /C calc'!A0 \x00\u202e<b hx-post=/x hx-trigger=load>{{7*7}}</b>' OR 1=1 -- \ud83d"
LONG = "x" * 20_000
FIXED = {"csrf_token"}


def nothing(_name, _kind, values):
    return []


def as_it_stands(_name, _kind, values):
    return values


def each_field(text):
    return lambda name, kind, values: (
        values if name in FIXED else [BytesIO(b"MZ"), "evil.exe"] if kind == "file" else [text] * len(values)
    )


WAYS = {
    "nothing": nothing,
    "hostile": each_field(HOSTILE),
    "long": each_field(LONG),
    "negative": each_field("-1"),
    "huge": each_field("9" * 25),
    "as it stands": as_it_stands,  # last: it may be what the form waits for
}


def filled(form, way):
    data = {}
    for name, values in form.fields.items():
        sent = way(name, form.kinds[name], values)
        data[name] = (
            (sent[0], sent[1]) if sent and isinstance(sent[0], BytesIO) else [value for value in sent if isinstance(value, str)]
        )
    return {name: value for name, value in data.items() if value}


@pytest.mark.parametrize("who", [ADA, GUS, OMAR, PRIYA, TESS, UMA, DANA, MONA, FINN], ids=first_name)
def test_no_form_breaks_whatever_is_sent(app, as_user, who):
    browser, broken = as_user(who), []
    forms = list(walk(app, browser, each=1).forms.values())
    for form in forms:
        if form.action.startswith("/sign-out"):
            continue
        for name, way in WAYS.items():
            try:
                data = {key: clean_surrogates(value) for key, value in filled(form, way).items()}
                send = browser.post if form.method == "post" else browser.get
                reply = send(form.action, **({"data": data} if form.method == "post" else {"query_string": data}))
            except AssertionError as fault:
                broken.append(f"{name}: {fault}")
                continue
            if reply.status_code >= 500 or reply.status_code == 400:
                broken.append(f"{reply.status_code} {form.method} {form.action} on {form.page}, sent {name}")
    expect_none(broken, f"{who.name} broke something in {len(forms)} forms")
    assert len(forms) > 1


def clean_surrogates(value):
    """Half a letter reaches a server as the bytes that browsers make of it."""
    if isinstance(value, list):
        return [each.encode("utf-8", "replace").decode() for each in value]
    return value


@pytest.mark.parametrize("who", [ADA, OMAR, TESS, DANA], ids=first_name)
def test_no_form_does_anything_without_its_token(app, as_user, who):
    browser, open_doors = as_user(who), []
    for form in walk(app, browser, each=1).forms.values():
        if form.method == "post" and browser.raw_post(form.action, data={}).status_code != 400:
            open_doors.append(form.action)
    expect_none(open_doors, "a form from another site must do nothing")
