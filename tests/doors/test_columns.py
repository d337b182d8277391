"""A field that is named as a column sets no column: forms do the same with every column named beside their own fields."""

import pytest
from sqlalchemy import inspect

from portal.core.db import Base
from portal.people.actions import inviting
from tests.cast import ADA, DANA, GUS, OMAR, TESS, user_of
from tests.client import Client
from tests.doors.test_requests import whole_database
from tests.walks.walker import first_name, walk

WISHES = {
    "stage": "awarded",
    "active": "1",
    "right": "lead",
    "role": "administrator",
    "is_staff": "1",
    "has_conflict": "",
    "version": "0",
}


def columns() -> dict[str, str]:
    """The name of every column and relation of every table, with what somebody would like it to be."""
    mappers = [inspect(mapper.class_) for mapper in Base.registry.mappers]
    names = {part.key for mapper in mappers for part in (*mapper.columns, *mapper.relationships)}
    numbers = ("id", "pence", "points", "count", "number", "permille", "edition")
    return {name: "999999" if name.endswith(numbers) else "pwned" for name in names} | WISHES


def reached_by(browser, portal):
    """The forms that somebody can reach, as they stand."""
    return [form for form in walk(portal, browser).forms.values() if form.method == "post" and "/sign-" not in form.action]


def after_sending(world, who, extra, forms=None):
    """The forms, and the whole database before and after each was sent as it stands, `extra` with it."""
    with world.fresh() as portal:
        portal.test_client_class = Client
        browser = portal.test_client()
        browser.holds_to_standard = False
        browser.sign_in(user_of(who))
        before, forms = whole_database(), forms or reached_by(browser, portal)
        for form in forms:
            own = {name: values for name, values in form.fields.items() if name not in {"csrf_token", *form.files}}
            browser.post(form.action, data={name: wish for name, wish in extra.items() if name not in form.fields} | own)
        return forms, before, whole_database()


@pytest.mark.parametrize("who", [ADA, GUS, OMAR, TESS, DANA], ids=first_name)
def test_naming_a_column_in_a_form_changes_nothing_more_than_the_form_does(worlds, frozen, monkeypatch, who):
    monkeypatch.setattr(inviting, "new_token", lambda: "the same in both runs")
    world = worlds("sqlite")
    forms, before, plain = after_sending(world, who, {})
    _, _, named = after_sending(world, who, columns(), forms)
    assert forms
    assert plain != before or who is DANA, "the forms did nothing at all"  # what she decides, she confirms on a second page
    assert [name for name in plain if plain[name] != named[name]] == []
