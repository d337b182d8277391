"""Bids on the newer forms: a contribution to be decided, a post to be recommended, and help for victims that was just sent in."""

from collections.abc import Iterator

from portal.demonstration import acts
from portal.demonstration.cast import CLEO, HAL, OLLY
from portal.demonstration.new_rounds import open_round
from portal.demonstration.plots import bid, submitted
from portal.demonstration.telling import Story, at
from portal.funds.models import RoundKind

MOST_PENCE = 2_000_000


def bids_on_new_forms() -> Iterator[Story]:
    yield from (youth_justice(), problem_solver(), interpreters())


def youth_justice() -> Story:
    """Nobody else runs it: it was invited, and is recommended without a score."""
    it, until = bid("boxworth-youth-service", HAL, 30, "YJS26"), at(60)
    yield at(-45)
    open_round("YJS26", "Contribution to youth justice", "contribution_form", "quarterly_return_form",
               fund="youth-offending-services", kind=RoundKind.CONTRIBUTION, invites=HAL, cap_pence=MOST_PENCE,
               eligibility=[], closes_at=until)  # fmt: skip
    application = yield from submitted(it)
    yield it.on(5, "10:20")
    acts.admit(application)
    yield it.on(6, "15:10")
    acts.recommend(application, reasons="The service is a duty that four bodies share, and ours is the share agreed last winter.")


def problem_solver() -> Story:
    it, until = bid("ely-problem-solver", CLEO, 14, "CAP26"), at(60)
    yield at(-40)
    open_round("CAP26", "CSP capacity: problem solving", "csp_capacity_form", "small_return_form", fund="csp-problem-solving",
               kind=RoundKind.DIRECT, invites=CLEO, cap_pence=MOST_PENCE, eligibility=[], closes_at=until)  # fmt: skip
    application = yield from submitted(it)
    yield it.on(4, "11:30")
    acts.admit(application)


def interpreters() -> Story:
    it, until = bid("ouse-interpreters", OLLY, 9, "VSI26"), at(30)
    yield at(-25)
    open_round("VSI26", "Victim Services Improvement, 2026", "victim_services_form", "victims_return_form",
               fund="victim-services-improvement", like="VSI22", eligibility=[], closes_at=until)  # fmt: skip
    yield from submitted(it)
