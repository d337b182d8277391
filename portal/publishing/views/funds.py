"""The start page, and the funds: who can apply, for what, by when, and how it is judged."""

from flask import g, request
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.access import allow, anyone
from portal.funds.lists import closed_rounds, coming_rounds, open_rounds
from portal.publishing.finder import Finder
from portal.publishing.register import latest_notices
from portal.publishing.shop_window import Window, by_code, by_slug
from portal.publishing.structured import grant
from portal.publishing.views.blueprint import bp, public_page


@bp.get("/")
@allow(anyone)
def home() -> Response:
    return public_page("publishing/home.html", open_rounds=open_rounds(5), coming_rounds=coming_rounds(3),
                       closed_rounds=closed_rounds(3), notices=latest_notices())  # fmt: skip


@bp.get("/funds")
@allow(anyone)
def funds() -> Response:
    return public_page("publishing/funds.html", "results", finder=Finder(request.args))


@bp.get("/funds/<slug>")
@allow(anyone, load=by_slug)
def fund(window: Window) -> Response:
    return public_page("publishing/fund.html", window=window, may_start=window.may_start(g.user), data=grant(window))


@bp.get("/funds/<slug>/questions")
@allow(anyone, load=by_slug)
def questions(window: Window) -> Response:
    return public_page("publishing/questions.html", window=window)


@bp.get("/funds/<slug>/rounds/<round_code>")
@allow(anyone, load=by_code)
def round_(window: Window) -> Response:
    return public_page("publishing/round.html", window=window, may_start=window.may_start(g.user), data=grant(window))


@bp.get("/funds/<slug>/rounds/<round_code>/guide")
@allow(anyone, load=by_code)
def guide(window: Window) -> Response:
    """Everything about a round on one page, for paper and for meetings."""
    return public_page("publishing/guide.html", window=window, now=clock.now())
