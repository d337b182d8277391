"""The start page, and the funds: who can apply, for what, by when, and how it is judged."""

from flask import g
from werkzeug.wrappers import Response

from portal.core.access import allow, anyone
from portal.core.page import page
from portal.funds.lists import closed_rounds, open_rounds
from portal.publishing.register import latest_notices
from portal.publishing.shop_window import Window, by_slug
from portal.publishing.views.blueprint import bp


@bp.get("/")
@allow(anyone)
def home() -> Response:
    return page("publishing/home.html", open_rounds=open_rounds(), closed_rounds=closed_rounds(3), notices=latest_notices())


@bp.get("/funds")
@allow(anyone)
def funds() -> Response:
    return page("publishing/funds.html", open_rounds=open_rounds(), closed_rounds=closed_rounds(50))


@bp.get("/funds/<slug>")
@allow(anyone, load=by_slug)
def fund(window: Window) -> Response:
    return page("publishing/fund.html", window=window, may_start=window.may_start(g.user))


@bp.get("/funds/<slug>/questions")
@allow(anyone, load=by_slug)
def questions(window: Window) -> Response:
    return page("publishing/questions.html", window=window)
