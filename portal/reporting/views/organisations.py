"""The page of an organisation, and the way to one's own."""

from typing import Any

from flask import g, redirect, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from portal.applications.policy import is_applicant
from portal.core.access import allow, anyone_signed_in
from portal.core.db import db
from portal.core.page import page
from portal.people.lists import contacts_of, coverage_of, hosted_by, hosts_of, member_in, organisation_at, partners_of
from portal.people.models import Organisation
from portal.reporting.organisation import OrganisationFile
from portal.reporting.views.blueprint import bp


@bp.get("/organisations/<int:organisation_id>")
@allow(anyone_signed_in, load=organisation_at)
def organisation(found: Organisation) -> Response:
    """One that has been merged leads to the one that was kept."""
    if found.merged_into_id is not None:
        return redirect(url_for(".organisation", organisation_id=found.kept.id))
    return organisation_page(found)


@bp.get("/your-organisation")
@allow(is_applicant)
def own_organisation() -> Response:
    """The one that somebody acts for; a choice where there are several."""
    own = select(Organisation).where(Organisation.id.in_(g.user.organisation_ids)).order_by(Organisation.name)
    found = db.session.scalars(own).all()
    return organisation_page(found[0]) if len(found) == 1 else page("reporting/own_organisations.html", organisations=found)


def organisation_page(found: Organisation) -> Response:
    facts: dict[str, Any] = {
        "contacts": contacts_of(found), "coverage": coverage_of(found), "hosted": hosted_by(found), "member_in": member_in(found),
        "hosts": hosts_of(found) if found.is_partnership else [], "partners": partners_of(found) if found.is_partnership else [],
    }  # fmt: skip
    return page("reporting/organisation.html", file=OrganisationFile(g.user, found), organisation=found, **facts)
