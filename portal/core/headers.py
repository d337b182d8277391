"""The headers of every answer, exact to the letter: a test compares each by its value."""

import secrets

from flask import Flask, current_app, g, session
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response

CSP = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; {frames}"
)
NO_FRAMES, OWN_FRAMES = "frame-ancestors 'none'", "frame-src 'self'; frame-ancestors 'self'"
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # form tokens check the referrer on https
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
NO_STORE = "no-store"
KEPT_SECONDS = 60  # a public page, by browsers and by what stands before us: a round that closes is told a minute late at most
HSTS = "max-age=31536000; includeSubDomains"


def init_app(app: Flask) -> None:
    settings = app.extensions["settings"]
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, *[settings.proxies] * 4)  # type: ignore[method-assign]
    app.after_request(add_headers)
    app.context_processor(lambda: {"csp_nonce": nonce()})


def nonce() -> str:
    """For the one inline script of the page template; made when first asked for, so that no page is too early for it."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return g.csp_nonce


def add_headers(response: Response) -> Response:
    frames = NO_FRAMES
    if "in_own_frames" in g:
        frames, response.headers["X-Frame-Options"] = OWN_FRAMES, "SAMEORIGIN"
    response.headers.setdefault("Content-Security-Policy", CSP.format(nonce=nonce(), frames=frames))
    for name, value in FIXED.items():
        response.headers.setdefault(name, value)
    if current_app.extensions["settings"].profile == "production":
        response.headers["Strict-Transport-Security"] = HSTS
    if "immutable" not in response.headers.get("Cache-Control", ""):
        response.headers["Cache-Control"] = NO_STORE
        if may_be_kept(response):
            response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
            response.vary.add("Cookie")  # who signs in asks anew
    return response


def allow_own_frames() -> None:
    """Let this answer hold a frame with a page of ours, or stand in one: for what changes nothing, such as a preview."""
    g.in_own_frames = True


def keep_for_visitors() -> None:
    """Let what this view answers be kept for a minute, where it is the same for everybody: see `may_be_kept`."""
    g.kept_for_visitors = True


def may_be_kept(response: Response) -> bool:
    """A public page that worked, asked for by a visitor without a session: no name, no form and no notice is on it."""
    return "kept_for_visitors" in g and response.status_code in (200, 304) and g.get("user") is None and not session
