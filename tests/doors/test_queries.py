"""Every page and list that can be looked at asks the database as often for more rows as for fewer."""

import pytest

from portal.people.signing_in import second_factor
from tests import factories as made
from tests.doors.cells import doors
from tests.doors.test_matrix import written
from tests.doors.world import ROLES, user_called
from tests.source import expect_none

SIGNING_IN = {"static", "verify", "mf_recovery", "two_factor_token_validation", *second_factor.CLOSED}  # on the way, or closed
WORK = {
    "work_account",
    "work_again",
    "work_connect",
    "work_invitation",
    "work_return",
    "work_sign_in",
    "work_signed_out",
    "disconnect",
    "remove_passkey",
}  # where the office has a sign-in service, or somebody a passkey; nothing grows there
ELSEWHERE = {  # their pages stand in states that this world does not come to, or for a moment only
    "applications.carry_form", "applications.changes", "assessment.ask_again", "assessment.defer", "assessment.hold_in_reserve",
    "people.bank_details",
}  # fmt: skip
FIRST = ("omar", "priya", "ada", "tess", "finn", "alex", "nobody", "dana", "gus", "ira")  # who looks: the first who may
MOST = 40
READS_EVERY_TEXT = {"people.erasure": 80}  # once each place in which people write, however much is written there


def looked_at(app, as_user, query_count, times) -> dict[str, int]:
    """How many queries each address that can be looked at takes, the last of so many times: at first the forms are read too."""
    table, browsers, counts = written(), {role: as_user(user_called(role)) for role in FIRST}, {}
    for browser in browsers.values():
        browser.holds_to_standard = False
    for door in doors(app):
        letters = dict(zip(ROLES, table[door.name].split(), strict=True))
        who = next((role for role in FIRST if letters[role] == "o"), None)
        if door.method == "GET" and who:
            for _ in range(times):
                with query_count() as queries:
                    browsers[who].get(door.address)
            counts[door.name] = len(queries)
    return counts


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # the queries are the same on both databases
def test_no_page_asks_more_often_for_more_rows(app, as_user, query_count):
    few = looked_at(app, as_user, query_count, times=2)
    made.publish(made.decline(made.a_recommended_bid(project="wisbech-days")))
    made.a_bid_with_assessors(project="wisbech-market")
    for _ in range(2):
        made.a_submitted_return(project="wisbech-market")
    many = looked_at(app, as_user, query_count, times=1)

    unseen = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods} - {name.split()[0] for name in few}
    unseen -= {f"security.{name}" for name in SIGNING_IN} | {f"people.{name}" for name in WORK}
    unseen -= ELSEWHERE
    expect_none(unseen, "nobody of FIRST can look at these")
    expect_none([f"{name}{few[name]} → {count}" for name, count in many.items() if count > few[name]], "a query for each row")
    expect_none(
        [f"{name}{count}" for name, count in many.items() if count > READS_EVERY_TEXT.get(name.split()[0], MOST)],
        "too many queries for one page",
    )
