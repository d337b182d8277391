"""Things at a known stage, for tests and for trying out: each goes the whole way from an empty form."""

from collections.abc import Sequence

from portal.applications.models import Application
from portal.assessment.models import Assignment
from portal.awards.models import Award
from portal.demonstration.acts import bids, grants, judging
from portal.demonstration.cast import ADA, TESS, UMA, Person
from portal.monitoring.models import Return

LONG_ENOUGH_FOR_A_MIDPOINT = 330


def a_draft(by: Person = ADA, round_code: str | None = None) -> Application:
    return bids.start_bid(by, round_code)


def a_complete_draft(by: Person = ADA, project: str | None = None, pence: int | None = None) -> Application:
    return bids.answer_all(a_draft(by), project, pence=pence, lasts=LONG_ENOUGH_FOR_A_MIDPOINT)


def a_submitted_bid(by: Person = ADA, project: str | None = None, pence: int | None = None) -> Application:
    return bids.submit(a_complete_draft(by, project, pence))


def a_returned_bid(by: Person = ADA, project: str | None = None, pence: int | None = None) -> Application:
    return bids.ask(a_submitted_bid(by, project, pence))


def an_admitted_bid(by: Person = ADA, project: str | None = None, pence: int | None = None) -> Application:
    return bids.admit(a_submitted_bid(by, project, pence))


def a_bid_with_assessors(
    by: Person = ADA, project: str | None = None, pence: int | None = None
) -> tuple[Application, list[Assignment]]:
    """In assessment; Tess and Uma have declared no interest and have not scored."""
    application = an_admitted_bid(by, project, pence)
    return application, [judging.declare(judging.assign(application, each)) for each in (TESS, UMA)]


def a_scored_bid(
    by: Person = ADA, project: str | None = None, pence: int | None = None, points: Sequence[int | Sequence[int]] = (4, 4)
) -> Application:
    application, assignments = a_bid_with_assessors(by, project, pence)
    for assignment, given in zip(assignments, points, strict=True):
        judging.score(assignment, given)
    return application


def a_moderated_bid(by: Person = ADA, project: str | None = None, pence: int | None = None) -> Application:
    return judging.moderate(a_scored_bid(by, project, pence))


def a_recommended_bid(by: Person = ADA, project: str | None = None, pence: int | None = None) -> Application:
    return judging.recommend(a_moderated_bid(by, project, pence))


def a_declined_bid(by: Person = ADA, project: str | None = None, pence: int | None = None) -> Application:
    return judging.decline(a_recommended_bid(by, project, pence)).application


def an_offered_award(by: Person = ADA, project: str | None = None, pence: int | None = None, awarded: int | None = None) -> Award:
    """`awarded` less than was asked for makes it an award in part."""
    application = a_recommended_bid(by, project, pence)
    judging.decide(application, awarded)
    return grants.award_of(application)


def an_accepted_award(
    by: Person = ADA, project: str | None = None, pence: int | None = None, awarded: int | None = None
) -> Award:
    return grants.accept(an_offered_award(by, project, pence, awarded))


def a_live_award(by: Person = ADA, project: str | None = None, pence: int | None = None, awarded: int | None = None) -> Award:
    return grants.go_live(an_accepted_award(by, project, pence, awarded))


def a_due_return(by: Person = ADA, project: str | None = None, pence: int | None = None) -> Return:
    """The mid-point return of a live award."""
    return grants.returns_of(a_live_award(by, project, pence))[0]


def a_draft_return(by: Person = ADA, project: str | None = None, pence: int | None = None) -> Return:
    return grants.start_return(a_due_return(by, project, pence))


def a_filled_return(by: Person = ADA, project: str | None = None, pence: int | None = None) -> Return:
    return grants.fill_return(a_draft_return(by, project, pence))


def a_submitted_return(by: Person = ADA, project: str | None = None, pence: int | None = None) -> Return:
    return grants.file_return(a_filled_return(by, project, pence))


def a_queried_return(by: Person = ADA, project: str | None = None, pence: int | None = None) -> Return:
    return grants.query(a_submitted_return(by, project, pence))


def an_accepted_return(by: Person = ADA, project: str | None = None, pence: int | None = None) -> Return:
    return grants.accept_return(a_submitted_return(by, project, pence))
