"""What one person can open is closed to whoever has nothing to do with it, and looks as if it were not there."""

import pytest

from portal.core.access import anyone
from tests.cast import ADA, CLEO, DANA, FINN, GUS, OMAR, TESS, VIC
from tests.source import expect_none
from tests.walks.walker import first_name, kept_walk

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # who may is the same on both databases
SHARED = {  # a round and its form are open to all who may bid; an organisation's own administrator looks after its people
    "applications.start", "applications.form_as_word", "people.rights", "people.remove", "people.invite", "people.send_again",
    "people.withdraw",
}  # fmt: skip


def rule(app, endpoint):
    return getattr(app.view_functions.get(endpoint), "policy", None)


def is_about_something(app, endpoint):
    """True for what a finder looks up for this person, and that is not everybody's."""
    found_by = getattr(app.view_functions.get(endpoint), "load", None)
    return found_by is not None and rule(app, endpoint) is not anyone and endpoint not in SHARED


def open_to(browser, addresses):
    """Those that answer with anything else than a closed door."""
    answers = {address: browser.get(address).status_code for address in addresses}
    return [f"{status} {address}" for address, status in answers.items() if status not in (403, 404)]


def without_token(form):
    """What the form would send, but for the insider's token; the browser adds its own."""
    return {name: values for name, values in form.fields.items() if name != "csrf_token"}


@pytest.mark.parametrize(("insider", "outsider"), [(ADA, CLEO), (GUS, CLEO), (CLEO, ADA), (ADA, VIC)], ids=first_name)
def test_the_things_of_one_are_not_found_by_the_other(app, as_user, insider, outsider):
    met = kept_walk(app, as_user, insider, each=3)
    theirs = [address for address, endpoint in met.visited.items() if is_about_something(app, endpoint)]
    assert theirs
    expect_none(open_to(as_user(outsider), theirs), f"{outsider.name} must not open what {insider.name} sees")


@pytest.mark.parametrize(("insider", "outsider"), [(OMAR, ADA), (DANA, ADA), (FINN, CLEO)], ids=first_name)
def test_the_kinds_of_pages_that_one_never_sees_are_closed(app, as_user, insider, outsider):
    known = set(kept_walk(app, as_user, outsider, each=3).visited.values())
    met = kept_walk(app, as_user, insider)
    theirs = [address for address, endpoint in met.visited.items() if endpoint not in known and rule(app, endpoint) is not anyone]
    assert theirs
    expect_none(open_to(as_user(outsider), theirs), f"{outsider.name} must not open what {insider.name} sees")


@pytest.mark.parametrize(("insider", "outsider"), [(ADA, CLEO), (OMAR, ADA), (TESS, CLEO), (GUS, CLEO)], ids=first_name)
def test_the_forms_of_one_are_closed_to_the_other(app, as_user, insider, outsider):
    met, browser = kept_walk(app, as_user, insider), as_user(outsider)
    theirs = [form for (endpoint, _), form in met.forms.items() if form.method == "post" and is_about_something(app, endpoint)]
    answers = {form.action: browser.post(form.action, data=without_token(form)).status_code for form in theirs}
    assert theirs
    opened = [f"{status} {action}" for action, status in answers.items() if status not in (403, 404)]
    expect_none(opened, f"{outsider.name} must not do what {insider.name} may")


def test_an_anonymous_person_is_sent_to_sign_in_wherever_it_is_not_public(app, as_user):
    browser = as_user(None)
    seen = {address: endpoint for who in (ADA, OMAR, TESS) for address, endpoint in kept_walk(app, as_user, who).visited.items()}
    answers = {address: browser.get(address) for address, endpoint in seen.items() if rule(app, endpoint) is not anyone}
    strange = [address for address, reply in answers.items() if not (reply.location or "").startswith("/sign-in?next=")]
    expect_none(strange, "an anonymous person is sent to sign in")
    assert {reply.status_code for reply in answers.values()} == {303}


def test_what_does_not_exist_and_what_one_may_not_see_look_alike(as_user):
    browser = as_user(CLEO)
    answers = {browser.get(address).text.split("<main")[1] for address in ("/applications/SCF26-9999", "/applications/nothing")}
    assert len(answers) == 1
