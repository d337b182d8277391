"""What assessors, officers and the decision-maker do with a bid."""

from collections.abc import Sequence

from portal.applications.models import Application
from portal.assessment import actions, lists
from portal.assessment.actions.scoring import Given
from portal.assessment.models import Assignment
from portal.awards import actions as awards
from portal.awards.models import Decision, Outcome
from portal.core import clock
from portal.core.db import write
from portal.demonstration.acts.bids import Actor, who
from portal.demonstration.cast import DANA, MONA, OMAR, TESS
from portal.demonstration.data import data
from portal.funds.lists import budgets_for
from portal.funds.models import Criterion

NO_INTEREST = "I have no interest in this application or in those who made it."


def assign(application: Application, assessor: Actor = TESS, *, by: Actor = OMAR) -> Assignment:
    return write(actions.assign, application, who(assessor), by=who(by))


def declare(assignment: Assignment, conflict: str = "") -> Assignment:
    """The assessor declares: an interest in words is a conflict."""
    write(actions.declare, assignment, bool(conflict), conflict or NO_INTEREST, by=assignment.assessor)
    return assignment


def score(assignment: Assignment, points: int | Sequence[int] = 4, hand_in: bool = True) -> Assignment:
    """The assessor scores every criterion (one number for all, or one each), and hands the scores in."""
    write(score_all, assignment, points, hand_in)
    return assignment


def score_all(assignment: Assignment, points: int | Sequence[int], hand_in: bool) -> None:
    criteria = assignment.application.round.criteria
    given = [min(points, criterion.scale.highest) for criterion in criteria] if isinstance(points, int) else points
    scores = {
        criterion.id: Given(number, justification(assignment, criterion, number))
        for criterion, number in zip(criteria, given, strict=False)  # fewer points leave the rest unscored
    }
    actions.save_scores(assignment, scores, by=assignment.assessor)
    if hand_in:
        actions.submit_scores(assignment, by=assignment.assessor)


def justification(assignment: Assignment, criterion: Criterion, points: int) -> str:
    """What an assessor says to these points; two of them seldom in the same words."""
    words = data("justifications").get(criterion.code) or data("justifications")["fit"]
    choice: list[str] = words[str(points * 5 // criterion.scale.highest)]
    return choice[(assignment.assessor_id + criterion.position) % len(choice)]


def begin_moderation(application: Application, *, by: Actor = OMAR) -> Application:
    write(actions.moderate, application, by=who(by))
    return application


def moderate(application: Application, points: int | Sequence[int] | None = None, *, by: Actor = OMAR) -> Application:
    """Begin moderation and agree on points: those given, or the mean of the assessors', halves up."""
    write(moderate_all, application, points, by=who(by))
    return application


def moderate_all(application: Application, points: int | Sequence[int] | None, *, by: Actor) -> None:
    actions.moderate(application, by=who(by))
    originals = lists.points_given(lists.assignments_of(application))
    agreed = {}
    for number, criterion in enumerate(application.round.criteria):
        given = [each[criterion.id] for each in originals]
        mean = (sum(given) * 2 + len(given)) // (len(given) * 2)
        chosen = mean if points is None else min(points, criterion.scale.highest) if isinstance(points, int) else points[number]
        note = "Agreed after reading the answer together." if any(each != chosen for each in given) else ""
        agreed[criterion.id] = (chosen, note)
    actions.save_moderated(application, agreed, by=who(by))


def recommend(
    application: Application, pence: int | None = None,
    reasons: str = "It answers a local concern quickly, at a fair cost, with partners who are ready.", *, by: Actor = OMAR,
) -> Application:  # fmt: skip
    amount = (application.requested_pence or 0) if pence is None else pence
    write(actions.recommend, application, amount, reasons, by=who(by))
    return application


def budget_id_for(application: Application) -> int:
    """The budget of the year in which the work starts."""
    return budgets_for(application.round.fund_id, application.starts_on or clock.today())[0].id


def decide(
    application: Application, pence: int | None = None, *, by: Actor = DANA,
    reasons: str = "It helps to secure crime and disorder reduction: residents asked for it, and it can begin at once.",
    conditions: str = "", not_funded: str = "The last of the budget lines is paid in part only.",
) -> Decision:  # fmt: skip
    """Award what was asked for, or less of it."""
    asked = application.requested_pence or 0
    is_part = pence is not None and pence < asked
    return write(
        awards.decide, application, Outcome.PART_AWARD if is_part else Outcome.AWARD, asked if pence is None else pence,
        budget_id=budget_id_for(application), reasons=reasons, conditions=conditions,
        not_funded=not_funded if is_part else "", interests=NO_INTEREST, by=who(by),
    )  # fmt: skip


def decline(
    application: Application, *, by: Actor = DANA, reasons: str = "Other applications showed more clearly how they reduce crime.",
    feedback: str = "Say how many people are harmed, and how you will know that it worked. You may apply again at any time.",
) -> Decision:  # fmt: skip
    return write(awards.decide, application, Outcome.DECLINE, 0, budget_id=None, reasons=reasons, feedback=feedback,
                 interests=NO_INTEREST, by=who(by))  # fmt: skip


def publish(decision: Decision, *, by: Actor = MONA) -> Decision:
    write(awards.publish, decision, by=who(by))
    return decision
