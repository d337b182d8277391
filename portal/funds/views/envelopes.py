"""Envelopes: announced totals that several funds share."""

from flask import g, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.page import page
from portal.funds import actions, finding
from portal.funds.forms import EnvelopeForm
from portal.funds.models import Envelope
from portal.funds.views.blueprint import bp
from portal.funds.views.editing import answered, edited
from portal.people.policy import is_officer, sees_all_cases


def back_to(envelope: Envelope, words: str) -> tuple[str, str]:
    return words, url_for(".envelope", slug=envelope.slug)


@bp.get("/envelopes")
@allow(sees_all_cases)
def envelopes() -> Response:
    return page("funds/envelopes.html", envelopes=finding.envelopes(g.user), edits=is_officer(g.user))


@bp.route("/envelopes/new", methods=["GET", "POST"])
@allow(is_officer)
def new_envelope() -> Response:
    form, by = EnvelopeForm(), g.user
    made: list[Envelope] = []

    def create() -> None:
        made[:] = [actions.create_envelope(form.facts, by=by)]

    return answered(form, create, "funds/envelope_form.html",
                    lambda: back_to(made[0], f"{made[0]} is added. Put funds into it next."), envelope=None)  # fmt: skip


@bp.get("/envelopes/<slug>")
@allow(sees_all_cases, load=finding.envelope_by_slug)
def envelope(found: Envelope) -> Response:
    return page("funds/envelope.html", envelope=found, shares=finding.shares_of(found), edits=is_officer(g.user))


@bp.route("/envelopes/<slug>/edit", methods=["GET", "POST"])
@allow(is_officer, load=finding.envelope_by_slug)
def edit_envelope(found: Envelope) -> Response:
    form, by = EnvelopeForm(found), g.user
    return edited(form, lambda: actions.change_envelope(found, form.facts, form.edition.data, by=by),
                  "funds/envelope_form.html", lambda: back_to(found, "The announced total is changed."), found,
                  lambda: EnvelopeForm(found, formdata=None), envelope=found)  # fmt: skip
