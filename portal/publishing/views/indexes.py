"""What feed readers and search engines ask for: the news of rounds, what may be indexed, and where it all is."""

from flask import current_app, render_template, request
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.access import allow, anyone
from portal.core.headers import keep_for_visitors
from portal.core.outbox import link
from portal.publishing.feed import news
from portal.publishing.site_map import pages
from portal.publishing.views.blueprint import bp


@bp.get("/funds/feed.atom")
@allow(anyone)
def feed() -> Response:
    """Answered with 304 to a reader who has the latest news."""
    keep_for_visitors()
    latest = news()
    changed_at = latest[0].at if latest else clock.london(clock.today())
    answer = Response(render_template("publishing/feed.xml", news=latest, changed_at=changed_at, link=link),
                      content_type="application/atom+xml; charset=utf-8")  # fmt: skip
    answer.last_modified = changed_at
    answer.add_etag()
    return answer.make_conditional(request)


@bp.get("/sitemap.xml")
@allow(anyone)
def site_map() -> Response:
    keep_for_visitors()
    return Response(render_template("publishing/sitemap.xml", pages=pages()), content_type="application/xml; charset=utf-8")


@bp.get("/robots.txt")
@allow(anyone)
def robots() -> Response:
    """A demonstration must not be found in place of the real service."""
    keep_for_visitors()
    open_site = f"Disallow: /sign-in\nDisallow: /alerts/\nSitemap: {link('publishing.site_map')}"
    is_closed = current_app.extensions["settings"].is_demonstration
    return Response(f"User-agent: *\n{'Disallow: /' if is_closed else open_site}\n", content_type="text/plain; charset=utf-8")
