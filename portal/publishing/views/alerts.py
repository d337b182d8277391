"""Letters about new rounds: asked for, confirmed and stopped without an account. Looking at a link changes nothing."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow, anyone
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Problem
from portal.publishing import actions
from portal.publishing.forms import AlertForm
from portal.publishing.links import request_with, subscriber_with
from portal.publishing.views.blueprint import bp
from portal.publishing.wishes import in_words

GONE = 410


@bp.route("/alerts", methods=["GET", "POST"])
@allow(anyone)
def alerts() -> Response:
    form = AlertForm()
    if not form.validate_on_submit():
        return page("publishing/alerts.html", form=form, errors=form.error_list(), status=422 if form.errors else 200)
    write(actions.ask_for_alerts, form.email.data, form.kinds.data or [], form.area_ids)
    return redirect(url_for(".alerts_asked"), 303)


@bp.get("/alerts/asked")
@allow(anyone)
def alerts_asked() -> Response:
    """The same page whether or not the address is known: the e-mail says which."""
    return page("publishing/alerts_asked.html")


@bp.get("/alerts/confirm/<token>")
@allow(anyone)
def confirm(token: str) -> Response:
    found = request_with(token)
    if found is None:
        return page("publishing/alerts_over.html", status=GONE)
    return page("publishing/alerts_confirm.html", request_=found, token=token, wishes=in_words(found))


@bp.post("/alerts/confirm/<token>")
@allow(anyone)
def confirmed(token: str) -> Response:
    found = request_with(token)
    if found is None:
        return page("publishing/alerts_over.html", status=GONE)
    write(actions.confirm, found)
    return redirect(url_for(".confirm", token=token), 303)


@bp.get("/alerts/stop/<token>")
@allow(anyone)
def stop(token: str) -> Response:
    found = subscriber_with(token)
    if found is None:
        return page("publishing/alerts_over.html", status=GONE)
    return page("publishing/alerts_stop.html", token=token, wishes=in_words(found))


@bp.post("/alerts/stop/<token>")
@allow(anyone)
def stopped(token: str) -> Response:
    """A second click finds nobody and reads the same."""
    write(actions.stop, subscriber_with(token))
    return redirect(url_for(".alerts_stopped"), 303)


@bp.get("/alerts/stopped")
@allow(anyone)
def alerts_stopped() -> Response:
    return page("publishing/alerts_stopped.html")


@bp.route("/alerts/stop/<token>/one-click", methods=["GET", "POST"])
@allow(anyone)
def stop_with_one_click(token: str) -> Response:
    """What a mail program sends for its reader (RFC 8058): no cookie, no form token, and this one field. It only stops.

    Whoever opens the address instead is led to the page with the button.
    """
    if request.method == "GET":
        return redirect(url_for(".stop", token=token), 303)
    if request.form.get("List-Unsubscribe") != "One-Click":
        raise Problem("This address is for mail programs. Use the link in the e-mail instead.")
    write(actions.stop, subscriber_with(token))
    return Response("You get no more alerts.\n", content_type="text/plain; charset=utf-8")
