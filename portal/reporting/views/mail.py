"""One's own e-mails."""

from flask import g, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow, anyone_signed_in
from portal.core.outbox import Mail
from portal.core.page import page
from portal.reporting import case_file
from portal.reporting.mail import MailList, by_id
from portal.reporting.views.blueprint import bp


@bp.get("/mail")
@allow(anyone_signed_in)
def mail() -> Response:
    return page("reporting/mail.html", "results", listing=MailList(request.args, g.user))


@bp.get("/mail/<int:mail_id>")
@allow(anyone_signed_in, load=by_id)
def letter(mail: Mail) -> Response:
    has_file = case_file.by_ref(g.user, mail.case) is not None
    return page("reporting/letter.html", mail=mail, file_url=url_for(".grant", ref=mail.case) if has_file else None)
