"""Every page that somebody can reach is sound, leads only where they may go, and changes nothing by being looked at."""

import pytest

from tests.cast import ADA, ALEX, BEN, CARA, CLEO, DANA, FINN, GUS, IRA, MAYA, MONA, OMAR, PAT, PRIYA, ROSA, TESS, UMA, VIC
from tests.source import expect_none
from tests.walks.walker import Walk, first_name, visit, walk

EVERYBODY = (None, ADA, BEN, ROSA, GUS, CLEO, MAYA, OMAR, PRIYA, TESS, UMA, VIC, DANA, FINN, CARA, MONA, PAT, ALEX, IRA)


@pytest.mark.parametrize("who", EVERYBODY, ids=first_name)
def test_every_page_within_reach_is_sound(app, as_user, who):
    met = walk(app, as_user(who))
    expect_none(met.faults, f"{first_name(who)} met faults on {len(met.visited)} pages")
    assert len(met.visited) > 5


def test_every_page_of_the_portal_can_be_reached_by_somebody(app, as_user):
    reached = {endpoint for who in EVERYBODY for endpoint in walk(app, as_user(who), each=1).visited.values()}
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    unreached = pages - reached - {"security.static", "security.verify", "brand", "publishing.healthz", "publishing.robots", "publishing.security"}
    expect_none(unreached, "no page links to this; the demonstration has nothing in that state, or nobody can find it")


def test_looking_at_what_takes_no_argument_changes_nothing_even_when_it_is_refused(app, as_user):
    met = Walk()
    for rule in app.url_map.iter_rules():
        if not rule.arguments and "GET" in (rule.methods or ()):
            for who in (None, ADA, OMAR, TESS):
                visit(as_user(who), str(rule), met)
    wrote = [fault for fault in met.faults if " wrote: " in fault]
    by_the_way = ("INSERT INTO event", "UPDATE audit_head")  # a refusal is told to the history
    expect_none([fault for fault in wrote if not fault.split(" wrote: ")[1].startswith(by_the_way)], "a GET changes nothing")
