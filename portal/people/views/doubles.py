"""Organisations that may be one: the list of pairs, two side by side, merging them, and undoing that."""

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.people import actions
from portal.people.lists import (
    likeness_by_id,
    likenesses,
    merge_by_id,
    organisation_by_id,
    others_than,
    pair_of,
)
from portal.people.models import Likeness, Merge, Organisation
from portal.people.policy import manages_people
from portal.people.views.blueprint import bp
from portal.people.views.organisations import to_organisation

Pair = tuple[Organisation, Organisation]


@bp.get("/organisations/doubles")
@allow(manages_people)
def doubles() -> Response:
    return page("people/doubles.html", doubles=likenesses())


@bp.get("/organisations/<int:organisation_id>/doubles")
@allow(manages_people, load=organisation_by_id)
def doubles_of(organisation: Organisation) -> Response:
    """What may be the same as this one; anything else can be chosen, and leads to the two side by side."""
    other = request.args.get("other", "")
    if other.isascii() and other.isdigit() and len(other) < 18:
        return redirect(url_for(".compare", organisation_id=organisation.id, other_id=int(other)), 303)
    return page("people/doubles_of.html", organisation=organisation, doubles=likenesses(organisation),
                options=others_than(organisation))  # fmt: skip


@bp.get("/organisations/<int:organisation_id>/merge/<int:other_id>")
@allow(manages_people, load=pair_of)
def compare(pair: Pair) -> Response:
    found = next((each for each in likenesses(pair[0]) if pair[1].id in (each.first_id, each.second_id)), None)
    return page("people/compare.html", pair=pair, likeness=found)


@bp.post("/organisations/<int:organisation_id>/merge/<int:other_id>")
@allow(manages_people, load=pair_of)
def merge(pair: Pair) -> Response:
    """The first of the two is kept."""
    kept, gone = pair
    name = gone.name
    made = write(actions.merge, kept, gone, by=g.user)
    flash(f"{name} is merged into {kept}. This can be undone until {clock.read_moment(made.undone_until)}.")
    return to_organisation(kept.id)


@bp.post("/organisations/doubles/<int:likeness_id>/not-the-same")
@allow(manages_people, load=likeness_by_id)
def not_the_same(likeness: Likeness) -> Response:
    write(actions.dismiss, likeness, by=g.user)
    flash("We will not ask about these two again.")
    return redirect(url_for(".doubles"), 303)


@bp.post("/organisations/merges/<int:merge_id>/undo")
@allow(manages_people, load=merge_by_id)
def undo_merge(merge: Merge) -> Response:
    write(actions.undo, merge, by=g.user)
    flash(f"{merge.gone} stands on its own again.")
    return to_organisation(merge.gone_id)
