"""The register of decisions and each public notice."""

from flask import request
from werkzeug.wrappers import Response

from portal.awards.brief import notice_of
from portal.awards.models import Decision
from portal.core.access import allow, anyone
from portal.core.exports import as_csv
from portal.publishing.register import DecisionRegister, public_notice
from portal.publishing.views.blueprint import bp, public_page


@bp.get("/decisions")
@allow(anyone)
def decisions() -> Response:
    return public_page("publishing/decisions.html", "results", listing=DecisionRegister(request.args, None))


@bp.get("/decisions/export.csv")
@allow(anyone)
def decisions_csv() -> Response:
    return as_csv(DecisionRegister(request.args, None), "decisions.csv")


@bp.get("/decisions/<ref>")
@allow(anyone, load=public_notice)
def notice(decision: Decision) -> Response:
    return public_page("publishing/notice.html", notice=notice_of(decision, is_public=True))
