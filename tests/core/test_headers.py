"""The headers of every kind of answer, letter by letter."""

import re

import pytest

from portal.core.headers import HSTS
from portal.core.static_files import FOREVER
from tests.cast import ADA
from tests.databases import make_app

CSP = (
    "default-src 'none'; script-src 'self' 'nonce-…'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
}
HTML = {"Content-Type": "text/html; charset=utf-8"}
VARY = "HX-Request, HX-Target"
PACKED = "Accept-Encoding, Cookie"


def headers(reply):
    """All but those that say how long the answer is and what the browser should remember."""
    kept = {name: value for name, value in reply.headers.items() if name not in ("Content-Length", "Set-Cookie")}
    if "Content-Security-Policy" in kept:
        kept["Content-Security-Policy"] = re.sub(r"nonce-[\w-]{20,}", "nonce-…", kept["Content-Security-Policy"])
    return kept


@pytest.mark.parametrize(("address", "asked_by", "also"), [
    ("/stand-ins/open", {}, {**HTML, "Vary": f"{VARY}, {PACKED}"}),
    ("/stand-ins/open", {"HX-Request": "true", "HX-Target": "results"}, {**HTML, "Vary": f"{VARY}, {PACKED}"}),
    ("/stand-ins/problem/NotFound", {}, {**HTML, "Vary": PACKED}),
    ("/stand-ins/problem/503", {}, {**HTML, "Vary": PACKED}),
    ("/no-such-page", {}, {**HTML, "Vary": PACKED}),
    ("/stand-ins/list/export.csv", {},
     {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": 'attachment; filename="rows.csv"', "Vary": PACKED}),
    ("/brand.css", {}, {"Content-Type": "text/css; charset=utf-8", "Cache-Control": FOREVER, "Vary": "Cookie"}),
])  # fmt: skip
def test_the_headers_of_an_answer(as_user, rows, address, asked_by, also):
    assert headers(as_user(ADA).get(address, headers=asked_by)) == ALWAYS | also


def test_the_headers_of_a_redirect(as_user):
    also = {**HTML, "Location": "/sign-in?next=/stand-ins/private", "Vary": PACKED}
    assert headers(as_user(None).get("/stand-ins/private")) == ALWAYS | also


def test_the_headers_of_a_failure(as_user, hurt):
    assert headers(as_user(ADA).get(hurt(lambda: 1 / 0))) == ALWAYS | HTML | {"Vary": PACKED}


def test_styles_and_scripts_are_kept_for_ever_under_an_address_that_changes_with_them(as_user, app):
    reply = as_user(None).get(app.jinja_env.globals["asset"]("portal.css"))
    assert reply.status_code == 200
    assert reply.headers["Cache-Control"] == "max-age=315360000, public, immutable"
    assert reply.headers["Content-Type"].startswith("text/css")
    assert as_user(None).get("/static/another-build/portal.css").status_code == 404


@pytest.mark.parametrize(
    "path", ["../portal/config.py", "%2e%2e/portal/config.py", "..%2f..%2f.env", "vendor/../../pyproject.toml"]
)
def test_nothing_beside_the_static_files_is_served(as_user, app, path):
    assert as_user(None).get(app.config["ASSET_PREFIX"] + path).status_code == 404


def test_the_nonce_of_a_page_is_that_of_its_scripts_and_new_each_time(as_user):
    seen = set()
    for address in ("/stand-ins/open", "/stand-ins/open", "/stand-ins/unguarded"):
        reply = as_user(ADA).get(address)
        [nonce] = set(re.findall(r'nonce="([^"]+)"', reply.text))
        assert f"'nonce-{nonce}'" in reply.headers["Content-Security-Policy"]
        seen.add(nonce)
    assert len(seen) == 3


def test_the_cookie_is_for_this_site_and_no_script(as_user):
    browser = as_user(None)
    browser.get("/sign-in")
    cookie = browser.get_cookie("portal")
    assert (cookie.http_only, cookie.same_site, cookie.path, cookie.max_age) == (True, "Lax", "/", None)


def test_production_speaks_https_only(tmp_path):
    app = make_app(
        f"sqlite:///{tmp_path}/portal.db", "production", profile="production",
        base_url="https://grants.example", trusted_hosts=["grants.example"], proxies=1,
    )  # fmt: skip
    reply = app.test_client().get("/sign-in", base_url="https://grants.example")

    assert reply.headers["Strict-Transport-Security"] == HSTS
    cookie = reply.headers["Set-Cookie"]
    assert cookie.startswith("__Host-portal=")
    assert all(part in cookie for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
    assert "Domain" not in cookie


def test_only_our_own_proxies_are_believed(app):
    with app.test_request_context("/", headers={"X-Forwarded-Host": "evil.example", "X-Forwarded-For": "6.6.6.6"}) as context:
        assert context.request.host == "localhost"
        assert context.request.remote_addr != "6.6.6.6"
