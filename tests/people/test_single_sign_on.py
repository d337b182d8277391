"""Single sign-on: a work account opens the account that it was connected to, once, and nothing else opens it."""

import pytest
from sqlalchemy import select

from portal.core.db import db
from portal.people.models import SignIn
from tests.cast import IRA, OMAR
from tests.people.conftest import DOWN, FAILED, REFUSED, come_from, copy_of, heading, is_in


def last_sign_in():
    return db.session.scalars(select(SignIn).order_by(SignIn.id.desc())).first()


def test_who_is_connected_is_signed_in_and_led_to_where_they_wanted_to_be(connected, travel, provider):
    connected(OMAR)

    browser, reply = travel(start="/sign-in/work?next=/people/")

    assert (reply.status_code, reply.location) == (303, "/people/")
    assert is_in(browser)
    assert (last_sign_in().is_by_directory, last_sign_in().has_factor) == (True, False)
    asked = provider.asked[0]
    assert asked["scope"] == "openid profile email"
    assert asked["code_challenge_method"] == "S256"
    assert {"state", "nonce"} < set(asked)
    assert "with the work account" in browser.get("/account/sign-ins").text


@pytest.mark.parametrize("wish", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", ""])
def test_nobody_is_led_to_another_site(connected, travel, wish):
    connected(OMAR)
    assert travel(start=f"/sign-in/work?next={wish}")[1].location == "/desk"


@pytest.mark.parametrize("claims", [
    {"iss": "https://evil.example"}, {"aud": "another"}, {"aud": ["another"], "azp": "portal"}, {"azp": "another"},
    {"nonce": "another"}, {"nonce": None}, {"exp": 1}, {"exp": None}, {"iat": 9_999_999_999}, {"nbf": 9_999_999_999},
    {"sub": None}, {"sub": ""}, {"sub": 5}, {"sub": "x" * 300},
], ids=lambda claims: str(claims)[:40])  # fmt: skip
def test_what_is_signed_for_another_or_another_time_opens_nothing(connected, travel, provider, claims):
    connected(OMAR)
    provider.claims = claims
    browser, reply = travel()
    assert (reply.status_code, heading(reply)) == (400, FAILED)
    assert not is_in(browser)


def broken_signatures(provider):
    from joserfc.jwk import OctKey, RSAKey

    good = {"iss": provider.issuer, "aud": "portal", "sub": "omar-there", "nonce": "", "iat": 1, "exp": 9_999_999_999}
    other = RSAKey.generate_key(2048, parameters={"kid": "one"})
    yield lambda made: made | {"id_token": made["id_token"][:-8] + "AAAAAAAA"}
    yield lambda made: made | {"id_token": provider.signed(good, other)}
    yield lambda made: made | {"id_token": provider.signed(good, OctKey.import_key("known to both sides only"), "HS256")}
    yield lambda made: made | {"id_token": "eyJhbGciOiJub25lIn0." + made["id_token"].split(".")[1] + "."}
    yield lambda made: {name: value for name, value in made.items() if name != "id_token"}
    yield lambda made: made | {"id_token": "nonsense"}
    yield lambda made: []
    yield lambda made: {"error": "server_error"}


def test_what_is_not_signed_by_the_service_opens_nothing(connected, travel, provider):
    connected(OMAR)
    for number, spoil in enumerate(broken_signatures(provider)):
        provider.spoil = spoil
        browser, reply = travel()
        assert (number, reply.status_code, heading(reply)) == (number, 400, FAILED)
        assert not is_in(browser)


def test_a_service_that_speaks_for_another_issuer_is_refused_before_anybody_is_sent_there(as_user, provider):
    provider.said_issuer = "https://evil.example"
    reply = as_user(None).get("/sign-in/work")
    assert (reply.status_code, heading(reply)) == (400, FAILED)


def test_a_service_that_is_down_says_so_and_passwords_go_on(as_user, connected, provider, type_in):
    connected(OMAR)
    provider.is_down = True
    reply = as_user(None).get("/sign-in/work")
    assert (reply.status_code, heading(reply)) == (503, DOWN)
    assert type_in(email=OMAR.email).location == "/desk"
    provider.is_down = False
    browser = as_user(None)
    back = come_from(browser.get("/sign-in/work"))
    provider.is_down = True
    assert heading(browser.get(back)) == DOWN
    assert not is_in(browser)


@pytest.mark.parametrize(
    "answer", ["", "?code=x", "?state=x", "?code=x&state=x", "?error=access_denied&state=x", "?code=x&state=" + "y" * 5000]
)
def test_coming_back_from_nowhere_signs_nobody_in(as_user, provider, answer):
    browser = as_user(None)
    browser.get("/sign-in/work")
    reply = browser.get(f"/sign-in/work-back{answer}")
    assert (reply.status_code, heading(reply)) == (400, FAILED)
    assert not is_in(browser)


def test_an_answer_counts_once_and_in_the_browser_that_asked(as_user, connected, provider):
    connected(OMAR)
    browser = as_user(None)
    leaving = browser.get("/sign-in/work")
    thief, other = copy_of(browser, as_user), as_user(None)
    back = come_from(leaving)

    assert heading(other.get(back)) == FAILED, "led there by somebody who wants them signed in as another"
    assert browser.get(back).status_code == 303
    assert heading(browser.get(back)) == FAILED
    assert heading(thief.get(back)) == FAILED
    assert (is_in(browser), is_in(other), is_in(thief)) == (True, False, False)


def test_what_was_signed_counts_once_even_where_the_service_forgets_its_codes(as_user, connected, provider):
    connected(OMAR)
    browser = as_user(None)
    leaving = browser.get("/sign-in/work")
    thief = copy_of(browser, as_user)
    back = come_from(leaving)
    codes = dict(provider.codes)
    browser.get(back)
    provider.codes = codes

    assert heading(thief.get(back)) == REFUSED
    assert not is_in(thief)


def test_a_trip_takes_ten_minutes_at_most(as_user, connected, provider, frozen):
    connected(OMAR)
    browser = as_user(None)
    back = come_from(browser.get("/sign-in/work"))
    frozen.move(minutes=10, seconds=1)
    assert heading(browser.get(back)) == FAILED


def test_of_entra_the_person_counts_and_only_the_offices_own_tenant(connected, travel, provider, sso_settings):
    sso_settings(sso_tenant="our-tenant")
    connected(OMAR, "oid-of-omar")
    for claims in ({"oid": "oid-of-omar", "tid": "another"}, {"oid": "oid-of-omar"}, {"tid": "our-tenant"}):
        provider.claims = claims
        assert heading(travel()[1]) == FAILED
    provider.claims = {"oid": "oid-of-omar", "tid": "our-tenant", "sub": "another for each application"}
    assert is_in(travel()[0])


def test_the_second_factor_of_the_service_counts_where_the_setting_says_so(
    asked, connected, travel, provider, sso_settings, with_factor
):
    connected(OMAR)
    provider.claims = {"amr": ["pwd", "mfa"]}
    browser, _ = travel()
    assert browser.get("/desk").location == "/account/second-factor"
    sso_settings(sso_second_factor=["mfa"])
    browser, _ = travel()
    assert browser.get("/desk").status_code == 200
    provider.claims = {"amr": ["pwd"]}
    with_factor(OMAR)
    browser, reply = travel(start="/sign-in/work?next=/people/")
    assert reply.location == "/sign-in/code?next=/people/"
    assert not is_in(browser)


def test_what_is_grave_asks_the_service_for_a_fresh_sign_in(asked, connected, travel, provider, frozen, person, sso_settings):
    sso_settings(sso_second_factor=["mfa"])
    connected(IRA)
    provider.claims = {"auth_time": int(frozen.now.timestamp()) - 3600, "amr": ["mfa"]}
    grave = f"/people/{person(OMAR).id}/disable"
    ira, _ = travel()

    assert ira.get(grave).location == f"/verify?next={grave}", "signed in there an hour ago is not fresh here"
    assert f"/sign-in/work-again?next={grave}" in ira.get(f"/verify?next={grave}").text
    again = f"/sign-in/work-again?next={grave}"
    assert heading(travel(ira, again)[1]) == FAILED, "the service asked for no password"
    assert (provider.asked[-1]["prompt"], provider.asked[-1]["max_age"]) == ("login", "0")
    provider.claims = {"auth_time": None}
    assert heading(travel(ira, again)[1]) == FAILED
    provider.claims, provider.subject = {}, "somebody-else"
    assert heading(travel(ira, again)[1]) == FAILED
    provider.subject = "omar-there"
    assert travel(ira, again)[1].location == grave
    assert ira.get(grave).status_code == 200


def test_signing_out_ends_it_here_and_leads_on_to_the_service(connected, travel, provider, as_user):
    connected(OMAR)
    browser, _ = travel()
    thief = copy_of(browser, as_user)
    assert browser.post("/sign-out").location == "/sign-out/work"
    assert (is_in(browser), is_in(thief)) == (False, False)
    page = browser.get("/sign-out/work")
    assert page.headers["Refresh"].startswith(f"0; url={provider.issuer}/end?post_logout_redirect_uri=")
    provider.has_end = False
    browser.application.extensions.pop("work_provider")
    assert browser.get("/sign-out/work").location == "/"
    assert as_user(OMAR).post("/sign-out").location == "/"


@pytest.mark.parametrize("address", ["/sign-in/work", "/sign-in/work-back", "/sign-out/work", "/invitation/t/work-account"])
def test_without_settings_there_is_no_such_thing(as_user, address):
    assert as_user(None).get(address).status_code == 404
    assert "work" not in as_user(None).get("/sign-in").text.partition("<main")[2].partition("</main>")[0]
    assert as_user(OMAR).get("/account/work-account").status_code == 404


def test_being_signed_in_with_it_costs_no_query(connected, travel, query_count):
    connected(OMAR)
    browser, _ = travel()
    with query_count() as queries:
        browser.get("/account/stay")
    assert len([query for query in queries if query.startswith("SELECT")]) == 1
