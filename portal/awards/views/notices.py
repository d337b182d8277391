"""The notice of a decision as the office reads it, and its publication."""

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.awards import actions
from portal.awards.brief import notice_of
from portal.awards.lists import notice_by_ref
from portal.awards.models import Decision
from portal.awards.views.blueprint import bp
from portal.awards.workflow import NOTICE
from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.people.policy import sees_all_cases


@bp.get("/decisions/<ref>")
@allow(sees_all_cases, load=notice_by_ref)
def notice(decision: Decision) -> Response:
    return page("awards/notice.html", notice=notice_of(decision), moves=NOTICE.open_to(g.user, decision))


@bp.post("/decisions/<ref>/publish")
@allow(NOTICE.may("publish"), load=notice_by_ref, done="awards.notice")
def publish(decision: Decision) -> Response:
    write(actions.publish, decision, by=g.user)
    flash(f"The notice of decision {decision.ref} is published.")
    return redirect(url_for(".notice", ref=decision.ref), 303)
