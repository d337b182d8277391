"""A fund's page with its money, and the history of funds, sources and envelopes."""

from typing import Any

from flask import g, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.page import page
from portal.funds import finding
from portal.funds.lists import rounds_of
from portal.funds.models import Envelope, Fund, Source
from portal.funds.policy import may_answer, may_propose
from portal.people.policy import is_officer, sees_all_cases
from portal.reporting.fund_money import FundMoney
from portal.reporting.history import history_of
from portal.reporting.views.blueprint import bp


@bp.get("/commissioning/funds/<slug>")
@allow(sees_all_cases, load=finding.fund_by_slug)
def fund(found: Fund) -> Response:
    """Budget, committed, spent and available, its changes and its rounds."""
    changes = finding.changes_of(found)
    return page("reporting/fund.html", fund=found, money=FundMoney(found, request.args.get("year", "")), rounds=rounds_of(found),
                waiting=[(each, may_answer(g.user, each)) for each in changes if each.is_open],
                answered=[each for each in changes if not each.is_open], proposes=may_propose(g.user),
                edits=is_officer(g.user))  # fmt: skip


@bp.get("/commissioning/funds/<slug>/history")
@allow(sees_all_cases, load=finding.fund_by_slug)
def fund_history(found: Fund) -> Response:
    return history_page(found, url_for(".fund", slug=found.slug), fund=found)


@bp.get("/commissioning/sources/<key>/history")
@allow(sees_all_cases, load=finding.source_by_key)
def source_history(found: Source) -> Response:
    return history_page(found, url_for("funds.source", key=found.key))


@bp.get("/commissioning/envelopes/<slug>/history")
@allow(sees_all_cases, load=finding.envelope_by_slug)
def envelope_history(found: Envelope) -> Response:
    return history_page(found, url_for("funds.envelope", slug=found.slug))


def history_page(thing: Any, back: str, **context: Any) -> Response:
    history = history_of(thing.case, g.user, own=set())
    return page("reporting/fund_history.html", thing=thing, back=back, history=history, **context)
