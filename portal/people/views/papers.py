"""Documents that an organisation gives once."""

from flask import current_app, flash, g
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.files import keep, takes_files
from portal.core.page import page
from portal.core.problems import NotFound, Refused
from portal.people import actions
from portal.people.actions.papers import check_day
from portal.people.forms import PaperForm
from portal.people.forms.organisations import UPLOADS
from portal.people.lists import organisation_by_id
from portal.people.models import Organisation, PaperKind
from portal.people.policy import may_add_papers
from portal.people.views.blueprint import bp
from portal.people.views.organisations import to_organisation


@bp.route("/organisations/<int:organisation_id>/documents/<kind>", methods=["GET", "POST"])
@allow(may_add_papers, load=organisation_by_id)
@takes_files
def add_paper(organisation: Organisation, kind: str) -> Response:
    """The file is checked and stored before the write, which only notes it."""
    if kind not in list(PaperKind):
        raise NotFound("There is no such kind of document.")
    form, most_mb = PaperForm(), current_app.extensions["settings"].max_upload_mb
    if form.validate_on_submit():
        try:
            check_day(PaperKind(kind), form.expires_on.data)
            kept = keep(form.file.data, UPLOADS, most_mb)
            write(actions.add_paper, organisation, PaperKind(kind), kept, form.expires_on.data, by=g.user)
            flash("We have the document.")
            return to_organisation(organisation.id)
        except Refused as problem:
            form.refuse(str(problem), problem.field or "file")
    return page("people/paper.html", organisation=organisation, kind=PaperKind(kind), form=form, errors=form.error_list(),
                most_mb=most_mb, types=UPLOADS, status=422 if form.errors else 200)  # fmt: skip
