"""The page of who may do what agrees with the code, and the code with what was agreed."""

import pytest

from portal.core.access import anyone, anyone_signed_in
from portal.core.workflow import Guard
from portal.people import matrix
from portal.people.models import OfficeRole, Right
from tests import role_matrix
from tests.cast import CAST, IRA, OMAR
from tests.source import expect_none

ONE = pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # rules are the same on both databases
FOR_EVERYBODY = (anyone, anyone_signed_in)


def who(policy):
    return policy.who if isinstance(policy, Guard) else policy


@ONE
def test_the_matrix_is_the_written_one(app):
    written, asked = role_matrix.written(), role_matrix.asked(matrix.role_matrix())
    expect_none([row for label, row in asked.items() if written.get(label) != row],
                "check these rows, then put them into tests/role_matrix.py")  # fmt: skip
    assert set(written) == set(asked)


@ONE
def test_no_rule_of_any_address_is_left_out_of_the_matrix(app):
    shown = {matrix.rule_of(endpoint)[0] for endpoint in matrix.endpoints()}
    missing = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if who(view.policy) not in FOR_EVERYBODY and who(view.policy) not in shown and who(view.policy).__name__ != "can_read"
    ]
    expect_none(missing, "give it a verb in portal/people/verbs.py")


@ONE
def test_the_doors_of_the_cast_are_those_of_the_matrix(app, as_user):
    """Each list and report, asked by a real person of each role over HTTP."""
    table = matrix.role_matrix()
    columns = [*OfficeRole, *Right]
    people = {each.role: each for each in CAST if each.role} | {each.rights[0]: each for each in CAST if len(each.rights) == 1}
    for _, rows in table.groups:
        for row in rows:
            rule = next(each for each in app.url_map.iter_rules() if each.endpoint == row.verb.endpoint)
            if rule.arguments:
                continue
            for holder, person in people.items():
                opens = as_user(person).get(str(rule)).status_code == 200
                assert opens == bool(row.cells[columns.index(holder)]), f"{row.verb.label}: {person.name}"


def test_administrators_read_it_and_nobody_else(as_user):
    page = as_user(IRA).get("/people/roles")
    assert page.status_code == 200
    assert "Decide a bid, or stand aside" in page.text
    assert as_user(OMAR).get("/people/roles").status_code == 403
