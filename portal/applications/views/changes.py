"""What was changed between two times that a bid was handed in."""

from flask import request
from werkzeug.wrappers import Response

from portal.applications.lists import by_ref, snapshots_of
from portal.applications.models import Application
from portal.applications.policy import can_read
from portal.applications.views.blueprint import bp
from portal.core.access import allow
from portal.core.page import page
from portal.core.problems import NotFound
from portal.questions.comparing import compare


@bp.get("/<ref>/changes")
@allow(can_read, load=by_ref)
def changes(application: Application) -> Response:
    """The first time beside the last one, unless others are chosen."""
    taken = {each.number: each for each in snapshots_of(application)}
    if len(taken) < 2 or application.emptied_at:
        raise NotFound("This application was handed in once, so there is nothing to compare.")
    before = taken.get(request.args.get("from", type=int, default=0)) or taken[min(taken)]
    after = taken.get(request.args.get("to", type=int, default=0)) or taken[max(taken)]
    return page("applications/changes.html", "compared", bid=application, taken=list(taken.values()), before=before, after=after,
                comparison=compare(before.content, after.content))  # fmt: skip
