"""What one person can open is closed to whoever has nothing to do with it, and looks as if it were not there."""

import pytest

from portal.core.access import anyone
from tests.cast import ADA, CLEO, DANA, FINN, GUS, OMAR, TESS, VIC
from tests.source import expect_none
from tests.walks.walker import first_name, walk

SHARED = {"applications.start"}  # a round is open to all who may bid


def is_public(app, endpoint):
    return getattr(app.view_functions.get(endpoint), "policy", None) is anyone


def finds_a_thing(app, endpoint):
    return getattr(app.view_functions.get(endpoint), "load", None) is not None and not is_public(app, endpoint)


@pytest.mark.parametrize(("insider", "outsider"), [(ADA, CLEO), (GUS, CLEO), (CLEO, ADA), (ADA, VIC), (TESS, ADA)], ids=first_name)
def test_the_things_of_one_are_not_found_by_the_other(app, as_user, insider, outsider):
    own = set(walk(app, as_user(outsider), each=50).visited)
    browser, open_doors = as_user(outsider), []
    for address, endpoint in walk(app, as_user(insider), each=4).visited.items():
        if finds_a_thing(app, endpoint) and address not in own and endpoint not in SHARED:
            status = browser.get(address).status_code
            if status not in (403, 404):
                open_doors.append(f"{status} {address}")
    expect_none(open_doors, f"{outsider.name} must not open what {insider.name} sees")


@pytest.mark.parametrize(("insider", "outsider"), [(OMAR, ADA), (OMAR, TESS), (DANA, ADA), (FINN, CLEO)], ids=first_name)
def test_the_kinds_of_pages_that_one_never_sees_are_closed(app, as_user, insider, outsider):
    known = set(walk(app, as_user(outsider), each=4).visited.values())
    browser, open_doors = as_user(outsider), []
    for address, endpoint in walk(app, as_user(insider), each=2).visited.items():
        if endpoint not in known and not is_public(app, endpoint):
            status = browser.get(address).status_code
            if status not in (403, 404):
                open_doors.append(f"{status} {address}")
    expect_none(open_doors, f"{outsider.name} must not open what {insider.name} sees")


@pytest.mark.parametrize(("insider", "outsider"), [(ADA, CLEO), (OMAR, ADA), (TESS, CLEO), (DANA, OMAR)], ids=first_name)
def test_the_forms_of_one_are_closed_to_the_other(app, as_user, insider, outsider):
    own = {form.action for form in walk(app, as_user(outsider), each=50).forms.values()}
    browser, open_doors = as_user(outsider), []
    for (endpoint, _), form in walk(app, as_user(insider), each=3).forms.items():
        if form.method == "post" and finds_a_thing(app, endpoint) and form.action not in own and endpoint not in SHARED:
            status = browser.post(form.action, data=form.fields).status_code
            if status not in (403, 404):
                open_doors.append(f"{status} POST {form.action}")
    expect_none(open_doors, f"{outsider.name} must not do what {insider.name} may")


def test_an_anonymous_person_is_sent_to_sign_in_wherever_it_is_not_public(app, as_user):
    strange = []
    browser = as_user(None)
    for who in (ADA, OMAR, TESS):
        for address, endpoint in walk(app, as_user(who), each=1).visited.items():
            if not is_public(app, endpoint):
                reply = browser.get(address)
                if reply.status_code != 303 or not reply.location.startswith("/sign-in?next="):
                    strange.append(f"{reply.status_code} {address}")
    expect_none(strange, "an anonymous person is sent to sign in")


def test_what_does_not_exist_and_what_one_may_not_see_look_alike(as_user):
    browser = as_user(CLEO)
    answers = {browser.get(address).text.split("<main")[1] for address in ("/applications/SCF26-9999", "/applications/nothing")}
    assert len(answers) == 1
