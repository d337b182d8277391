"""Addresses: each says who may use it, and stands in the written table."""

import re

from tests import access_table
from tests.source import PORTAL, expect_none, templates

FOR_MACHINES = {"publishing.healthz", "publishing.robots", "publishing.security"}


def test_every_view_says_who_may_use_it(app):
    silent = [rule.endpoint for rule in app.url_map.iter_rules() if not hasattr(app.view_functions[rule.endpoint], "policy")]
    expect_none(silent, "decorate the view with @allow(…)")


def test_every_address_stands_in_the_access_table_as_it_is(app):
    actual, written = access_table.actual(app), access_table.written()
    missing = [row for endpoint, row in actual.items() if written.get(endpoint) != row]
    expect_none(missing, "check these rows, then put them into tests/access_table.py")
    expect_none(set(written) - set(actual), "these addresses are gone: take their rows out of tests/access_table.py")


def test_addresses_that_change_something_take_no_get(app):
    """A link can be fetched by a browser that only looks ahead."""
    verbs = (
        "save",
        "submit",
        "add_line",
        "remove_line",
        "attach",
        "detach",
        "publish",
        "go_live",
        "assign",
        "start_return",
        "logout",
    )
    looking = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint.rsplit(".", 1)[-1] in verbs and rule.methods and "GET" in rule.methods and "POST" not in rule.methods
    ]
    expect_none(looking, "use POST")


def test_no_two_rules_answer_to_the_same_address(app):
    rules = [(str(rule), method) for rule in app.url_map.iter_rules() for method in access_table.methods_of(rule)]
    assert len(rules) == len(set(rules))


def test_every_address_is_led_to_from_somewhere(app):
    """A page that nothing links to is a page that nobody finds."""
    source = "\n".join([*templates().values(), *(path.read_text() for path in PORTAL.rglob("*.py"))])
    rules = [rule for rule in app.url_map.iter_rules() if "." in rule.endpoint and not rule.endpoint.startswith("security.")]
    pages = {rule.endpoint for rule in rules if not str(rule).endswith((".csv", ".xlsx"))}  # a list names its own exports
    lonely = [endpoint for endpoint in pages - FOR_MACHINES if not re.search(rf"\.{endpoint.split('.')[1]}[\"'(]", source)]
    expect_none(lonely, "nothing in the source leads to this address")
