"""Before something grave the password is asked for again, and what was typed is not lost over it."""

import pytest

from portal.people.signing_in.fresh import GRAVE
from tests.cast import IRA, KIT, OMAR, PASSWORD

LATER = {"minutes": 15, "seconds": 1}


def test_money_accounts_and_roles_are_what_is_grave(app):
    assert {"awards.decide", "awards.accept", "awards.go_live", "people.give_role", "people.end_role", "people.disable"} <= GRAVE
    assert set(app.view_functions) >= GRAVE


def test_a_page_that_is_grave_leads_over_the_password_and_back(as_user, person, frozen):
    ira, address = as_user(IRA), f"/people/{person(OMAR).id}/disable"
    assert ira.get(address).status_code == 200
    frozen.move(**LATER)

    reply = ira.get(address)

    assert reply.location == f"/verify?next={address}"
    assert ira.get(reply.location).status_code == 200
    assert "not your password" in ira.post(reply.location, data={"password": "wrong"}).text
    assert ira.get(address).status_code == 303
    assert ira.post(reply.location, data={"password": PASSWORD}).location == address
    assert ira.get(address).status_code == 200


def test_a_grave_form_that_is_sent_too_late_changes_nothing_and_is_kept(as_user, person, frozen, verbs_about):
    kit, address = as_user(KIT), f"/people/{person(OMAR).id}/disable"
    frozen.move(**LATER)

    reply = kit.post(address, data={"reason": "Left on Friday"}, headers={"Referer": f"http://localhost{address}"})

    assert reply.location == f"/verify?next={address}"
    assert verbs_about(person(OMAR)) == []
    kit.post(reply.location, data={"password": PASSWORD})
    assert "Left on Friday" in kit.get(address).text


@pytest.mark.parametrize("address", ["/people/", "/account", "/desk"])
def test_other_pages_do_not_ask(as_user, frozen, address):
    ira = as_user(IRA)
    frozen.move(**LATER)
    assert ira.get(address).status_code == 200


def test_htmx_is_told_to_move_the_whole_page(as_user, person, frozen):
    ira, address = as_user(IRA), f"/people/{person(OMAR).id}/disable"
    frozen.move(**LATER)
    reply = ira.get(address, headers={"HX-Request": "true"})
    assert (reply.status_code, reply.headers["HX-Redirect"]) == (401, f"/verify?next={address}")
