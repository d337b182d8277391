"""What would usually come next for a bid: one step by whoever does it."""

from collections.abc import Callable
from typing import Any

from portal.applications.models import Application
from portal.applications.models import Stage as BidStage
from portal.assessment import actions, lists
from portal.assessment.models import Stage as AssignmentStage
from portal.awards.models import Award, AwardStage
from portal.awards.workflow import LIFE as AWARD
from portal.core.db import write
from portal.demonstration import acts
from portal.demonstration.cast import CARA, OMAR, TESS, UMA, user_of
from portal.monitoring.models import Stage as ReturnStage

Step = Callable[[Any], Any]


def go_on(bid: Application) -> None:
    if (step := STEPS.get(bid.stage)) is not None:
        step(bid)


def assess(bid: Application) -> None:
    assignments = [each for each in lists.assignments_of(bid) if each.stage is not AssignmentStage.STOOD_DOWN]
    taken = {each.assessor.email for each in assignments}
    if len(assignments) < 2:
        acts.assign(bid, next(each for each in (TESS, UMA) if each.email not in taken))
    elif waiting := [each for each in assignments if each.stage is not AssignmentStage.SUBMITTED]:
        one = waiting[0]
        acts.declare(one) if one.stage is AssignmentStage.INVITED else acts.score(one)
    else:
        acts.moderate(bid)


def settle(bid: Application) -> None:
    if bid.agreed_permille is not None:
        acts.recommend(bid)
    else:
        agreed = {criterion.id: (3, "We talked.") for criterion in bid.round.criteria}
        write(actions.save_moderated, bid, agreed, by=user_of(OMAR))


def go_on_with_award(bid: Application) -> None:
    award = acts.award_of(bid)
    if award.stage is AwardStage.OFFERED:
        acts.accept(award)
    elif award.stage is AwardStage.ACCEPTED:
        acts.go_live(award)
    elif award.stage is AwardStage.LIVE:
        report(award)
    elif award.stage is AwardStage.CLOSING:
        write(AWARD.advance, award, "close", by=user_of(CARA))


def report(award: Award) -> None:
    """One step of the first return that is not done; when all are, closing begins."""
    for each in acts.returns_of(award):
        if each.stage is ReturnStage.DUE:
            return none(acts.start_return(each))
        if each.stage in (ReturnStage.DRAFT, ReturnStage.QUERIED):
            acts.fill_return(each)
            return none(acts.file_return(each))
        if each.stage is ReturnStage.SUBMITTED:
            return none(acts.accept_return(each))
    return none(write(AWARD.advance, award, "begin_close", by=user_of(OMAR)))


def none(_made: Any) -> None:
    """What was made is found again in the database."""


STEPS: dict[BidStage, Step] = {
    BidStage.DRAFT: acts.submit,
    BidStage.RETURNED: acts.submit,
    BidStage.SUBMITTED: acts.admit,
    BidStage.IN_ASSESSMENT: assess,
    BidStage.IN_MODERATION: settle,
    BidStage.RECOMMENDED: acts.decide,
    BidStage.AWARDED: go_on_with_award,
}
