"""Outside the demonstration the service is safe or does not start, says why, and lets keys be changed."""

import re
import shutil

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from portal.config import Settings
from portal.core.db import db
from portal.people.models import OfficeRole, User
from portal.people.safety import Unsafe
from tests.cast import ADA, PASSWORD
from tests.databases import KEYS, REFERENCE, SqliteCopies, address, make_app
from tests.people.conftest import TOKEN
from tests.people.provider import WELL_KNOWN

SAFE = KEYS | {"profile": "production", "base_url": "https://grants.example", "trusted_hosts": ["grants.example"], "proxies": 1}
ONE = pytest.mark.parametrize("app", ["sqlite"], indirect=True)


@pytest.mark.parametrize(("wrong", "told"), [
    ({"secret_key": ""}, "PORTAL_SECRET_KEY"),
    ({"secret_key": "short"}, "PORTAL_SECRET_KEY needs 32 random characters"),
    ({"csrf_key": "x" * 64}, "PORTAL_CSRF_KEY needs 32 random characters"),
    ({"csrf_key": KEYS["secret_key"]}, "must not be the same"),
    ({"trusted_hosts": []}, "PORTAL_TRUSTED_HOSTS"),
    ({"base_url": "http://grants.example"}, "must begin with https"),
    ({"proxies": 0}, "PORTAL_PROXIES"),
])  # fmt: skip
def test_an_unsafe_production_does_not_start_and_says_why(tmp_path, wrong, told):
    with pytest.raises(ValidationError, match=told):
        Settings(_env_file=None, instance=tmp_path, **SAFE | wrong)


def test_a_safe_one_starts_on_an_empty_database_too(tmp_path):
    assert make_app(f"sqlite:///{tmp_path}/empty.db", "safe", **SAFE).config["SESSION_COOKIE_SECURE"]


def test_a_database_of_the_demonstration_is_refused_in_production(tmp_path):
    shutil.copyfile(SqliteCopies(REFERENCE).template, tmp_path / "portal.db")
    with pytest.raises(Unsafe, match="whose password everybody knows"):
        make_app(f"sqlite:///{tmp_path}/portal.db", "unsafe", **SAFE)


def test_the_first_administrator_is_invited_by_a_command(app, as_user, outbox):
    runner = app.test_cli_runner()
    told = runner.invoke(args=["people", "invite-administrator", "First@Office.example", "--name", "Fay First"])
    assert "Fay First is invited as administrator" in told.output
    link = re.search(r"/invitation/[\w-]+", outbox()[-1].body)[0]
    assert as_user(None).post(link, data={"name": "Fay First", "password": "three unrelated words"}).status_code == 303
    fay = db.session.scalar(select(User).where(User.email == "first@office.example"))
    assert fay.holds(OfficeRole.ADMINISTRATOR)
    assert runner.invoke(args=["people", "invite-administrator", "nobody", "--name", "x"]).exit_code == 2


@ONE
def test_a_new_secret_key_breaks_neither_sign_ins_nor_open_forms_nor_links(app, as_user, type_in, outbox):
    browser = as_user(None)
    type_in(browser)
    token = TOKEN.search(browser.get("/account/details").text)[1]
    as_user(None).post("/forgotten-password", data={"email": ADA.email})
    link = re.search(r"/forgotten-password/\S+", outbox()[-1].body)[0]
    cookie = browser.get_cookie("portal").value

    new = "another secret key, long enough to be one"
    later = make_app(address(), "rotated", secret_key=new, secret_key_fallbacks=[KEYS["secret_key"]])
    client = later.test_client()
    client.set_cookie("portal", cookie)
    assert client.get("/account").status_code == 200
    sent = client.post("/account/details", data={"name": "Ada Khan", "phone": "1", "csrf_token": token})
    assert sent.status_code == 303
    assert later.test_client().get(link).status_code == 200

    forgotten = make_app(address(), "forgotten", secret_key=new).test_client()
    forgotten.set_cookie("portal", cookie)
    assert forgotten.get("/account").status_code == 303
    assert PASSWORD


SSO = {"sso_discovery_url": f"https://login.example{WELL_KNOWN}", "sso_client_id": "portal",
       "sso_client_secret": "secret"}  # fmt: skip


@pytest.mark.parametrize(("given", "told"), [
    ({"sso_client_id": "portal"}, "PORTAL_SSO_DISCOVERY_URL, PORTAL_SSO_CLIENT_SECRET as well"),
    (SSO | {"sso_client_secret": ""}, "needs PORTAL_SSO_CLIENT_SECRET as well"),
    ({"sso_only": True}, "PORTAL_SSO_DISCOVERY_URL"),
    ({"sso_roles": {"a": "assessor"}}, "PORTAL_SSO_CLIENT_ID"),
    (SSO | {"sso_discovery_url": "https://login.example/"}, "must end with"),
    (SSO | {"sso_discovery_url": f"http://login.example{WELL_KNOWN}"}, "must begin with https"),
    (SSO | {"sso_discovery_url": f"https://login.microsoftonline.com/t/v2.0{WELL_KNOWN}"}, "PORTAL_SSO_TENANT"),
])  # fmt: skip
def test_half_a_single_sign_on_does_not_start_and_says_what_is_missing(tmp_path, given, told):
    with pytest.raises(ValidationError, match=told):
        Settings(_env_file=None, instance=tmp_path, **SAFE | given)


@pytest.mark.parametrize(("roles", "told"), [
    ({"a": "king"}, "no role of the office: king"),
    ({"a": "administrator", "b": "assessor"}, "gives administrator, which takes two administrators"),
])  # fmt: skip
def test_a_directory_that_gives_what_it_must_not_does_not_start(tmp_path, roles, told):
    with pytest.raises(Unsafe, match=told):
        make_app(f"sqlite:///{tmp_path}/empty.db", "sso", **SSO, sso_roles=roles)
    if "administrator" in roles.values():
        assert make_app(f"sqlite:///{tmp_path}/empty.db", "sso", **SSO, sso_roles=roles, sso_gives_grave_roles=True)


def test_single_sign_on_without_what_it_is_made_with_does_not_start(tmp_path, monkeypatch):
    monkeypatch.setattr("portal.people.signing_in.directory.find_spec", lambda name: None)
    assert make_app(f"sqlite:///{tmp_path}/empty.db", "without")
    with pytest.raises(Unsafe, match="install the extra `oidc`"):
        make_app(f"sqlite:///{tmp_path}/empty.db", "without", **SSO)
