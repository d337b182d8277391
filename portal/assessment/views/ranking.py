"""The bids of a round in the order of its scheme."""

from flask import g
from werkzeug.wrappers import Response

from portal.assessment.lists.ranked import ranking_of
from portal.assessment.policy import restricted_scores
from portal.assessment.views.blueprint import bp
from portal.core.access import allow
from portal.core.audit import note_look
from portal.core.page import page
from portal.funds.lists import round_for_staff
from portal.funds.models import Round
from portal.people.policy import sees_all_cases


@bp.get("/rounds/<round_code>/ranking")
@allow(sees_all_cases, load=round_for_staff)
def ranking(round_: Round) -> Response:
    ranking = ranking_of(g.user, round_)
    note_look(g.user, round_, next(filter(None, (restricted_scores(line.bid) for line in ranking.lines)), ""))
    return page("assessment/ranking.html", round=round_, ranking=ranking)
