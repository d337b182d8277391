"""The desk, and the auditor's look at the chain."""

from flask import g
from werkzeug.wrappers import Response

from portal.core import audit
from portal.core.access import allow, anyone_signed_in
from portal.core.audit import AuditHead
from portal.core.db import db
from portal.core.page import page
from portal.people.policy import sits_on_panel
from portal.reporting.desk import waiting_for
from portal.reporting.panels import is_auditor, panels_for
from portal.reporting.views.blueprint import bp


@bp.get("/desk")
@allow(anyone_signed_in)
def desk() -> Response:
    return page("reporting/desk.html", piles=waiting_for(g.user), panels=panels_for(g.user), is_panel=sits_on_panel(g.user))


@bp.get("/chain")
@allow(is_auditor)
def chain() -> Response:
    return page("reporting/chain.html", faults=audit.verify(db.session()), head=db.session.get(AuditHead, 1))
