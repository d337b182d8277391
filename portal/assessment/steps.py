"""What may be done next with a bid and its assignments, and what still stands in the way. Pages and actions both ask here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.applications.models import Application
from portal.applications.models import Stage as BidStage
from portal.applications.workflow import LIFE as BID
from portal.assessment.lists.scores import awaited, points_given
from portal.assessment.models import Assignment
from portal.assessment.policy import BEING_SCORED
from portal.assessment.workflow import LIFE
from portal.core.workflow import Move
from portal.people.models import User
from portal.people.policy import is_officer

Assignments = Sequence[Assignment]
ONWARD = {"admit", "moderate", "to_panel", "recommend", "award", "reinstate"}
ANYTIME = {"conflict"}  # an interest is a fact, however far the bid has gone


@dataclass(frozen=True)
class Step:
    """A page that this person may go on to, with what still keeps them from it."""

    endpoint: str
    button: str
    is_main: bool  # it brings the bid nearer to its decision
    why_not: str | None


def steps(user: User, application: Application, assignments: Assignments) -> list[Step]:
    """What this person may do next, one entry for each page; first what brings the bid on."""
    found: dict[str, Step] = {}
    if application.stage is BidStage.IN_MODERATION and BID.moves["moderate"].who(user, application):
        is_agreed = application.agreed_permille is not None
        button = "Change the agreed score" if is_agreed else "Agree the score"
        found["assessment.moderate"] = Step("assessment.moderate", button, not is_agreed, awaited(application, assignments))
    for move in BID.open_to(user, application):
        if not suits_round(application, move.name):
            continue
        sentence = why_not(application, assignments, move.name)
        found.setdefault(move.endpoint or "", Step(move.endpoint or "", move.button, move.name in ONWARD, sentence))
    return sorted(found.values(), key=lambda step: not step.is_main)


def suits_round(application: Application, move: str) -> bool:
    """Rounds without a panel or a reserve list have no such steps."""
    if move in ("to_panel", "defer"):
        return application.round.has_panel
    return application.round.keeps_reserve if move == "hold_in_reserve" else True


def takes_assessors(application: Application) -> bool:
    """Until a score is agreed: in moderation somebody may turn out to be missing."""
    is_agreed = application.agreed_permille is not None
    return application.stage is BidStage.IN_ASSESSMENT or (application.stage is BidStage.IN_MODERATION and not is_agreed)


def may_assign(user: User, application: Application) -> bool:
    return is_officer(user) and takes_assessors(application)


def why_not(application: Application, assignments: Assignments, move: str) -> str | None:
    """What the stage allows and the facts do not, as a sentence."""
    obstacle = OBSTACLES.get(move)
    return obstacle(application, assignments) if obstacle else None


def not_recommended(application: Application, assignments: Assignments) -> str | None:
    """Where the round has a panel, the bid goes there first."""
    if sentence := not_moderated(application, assignments):
        return sentence
    is_before = application.round.has_panel and application.stage in BEING_SCORED
    return "In this round a panel looks at every bid: send it to the panel first." if is_before else None


def no_panel(application: Application, assignments: Assignments) -> str | None:
    return not_moderated(application, assignments) if application.round.has_panel else "This round has no panel."


def no_defer(application: Application, assignments: Assignments) -> str | None:
    return None if application.round.has_panel else "This round has no panel."


def no_reserve(application: Application, assignments: Assignments) -> str | None:
    return None if application.round.keeps_reserve else "This round keeps no reserve list."


def not_moderated(application: Application, assignments: Assignments) -> str | None:
    """What follows rests on an agreed score; where one assessor suffices, on theirs; after an invitation perhaps on none."""
    if application.stage not in BEING_SCORED:
        return None
    if sentence := awaited(application, assignments):
        return sentence
    if application.stage is BidStage.IN_ASSESSMENT:
        several = len(points_given(assignments)) > 1
        return "Several assessors have scored this bid: moderate their scores first." if several else None
    return "Agree the points of every criterion first." if application.agreed_permille is None else None


def needs_no_moderation(application: Application, assignments: Assignments) -> str | None:
    if sentence := awaited(application, assignments):
        return sentence
    scores = len(points_given(assignments))
    if not scores:
        return "Nobody has scored this bid: it did not compete, and its reasons are what counts."
    return "One assessor suffices here: their score stands." if scores == 1 else None


OBSTACLES: dict[str, Callable[[Application, Assignments], str | None]] = {
    "moderate": needs_no_moderation,
    "to_panel": no_panel,
    "recommend": not_recommended,
    "defer": no_defer,
    "hold_in_reserve": no_reserve,
}


def steps_with(user: User, assignment: Assignment) -> list[Move]:
    """What this person may do with an assignment of a bid that is being scored."""
    moves = LIFE.open_to(user, assignment)
    if assignment.application.stage not in BEING_SCORED:
        return [move for move in moves if move.name in ANYTIME]
    return [move for move in moves if move.name != "ask_again" or takes_assessors(assignment.application)]
