"""How bulk bids are spread over the stages, and the steps that lead to each."""

from collections.abc import Callable

from portal.assessment.models import Stage as AssignmentStage
from portal.awards.models import Outcome
from portal.demonstration.bulk import grant
from portal.demonstration.bulk.bid import Bid

Life = Callable[[Bid], None]
EVERY = 7  # neighbours in time stand at different stages; 7 and 50 share no divisor


def drafted(bid: Bid) -> None:
    bid.pass_time(days=1)
    bid.finish()


def submitted(bid: Bid) -> None:
    bid.submit()
    bid.finish()


def returned(bid: Bid) -> None:
    bid.submit()
    bid.ask()
    bid.finish()


def withdrawn(bid: Bid) -> None:
    bid.submit()
    bid.withdraw()
    bid.finish()


def ineligible(bid: Bid) -> None:
    bid.submit()
    bid.refuse()
    bid.finish()


def in_assessment(bid: Bid) -> None:
    bid.submit()
    bid.admit()
    bid.assign(AssignmentStage.DECLARED if bid.number % 2 else AssignmentStage.INVITED)
    bid.finish()


def moderate(bid: Bid) -> None:
    bid.submit()
    bid.admit()
    bid.assign(AssignmentStage.SUBMITTED)
    bid.moderate()


def in_moderation(bid: Bid) -> None:
    moderate(bid)
    bid.finish()


def recommended(bid: Bid) -> None:
    moderate(bid)
    bid.recommend()
    bid.finish()


def declined(bid: Bid) -> None:
    moderate(bid)
    bid.recommend()
    grant.decide(bid, Outcome.DECLINE)
    bid.finish()


def awarded(bid: Bid) -> None:
    moderate(bid)
    bid.recommend()
    made = grant.award(bid)
    made.accept()
    decided_until = bid.at
    made.run()
    made.finish()
    bid.at = decided_until
    bid.finish()


def lapsed(bid: Bid) -> None:
    moderate(bid)
    bid.recommend()
    made = grant.award(bid)
    made.lapse()
    made.finish()
    bid.finish()


SHARES: tuple[tuple[Life, int], ...] = (  # of every 50; 17 awards of three parts make as many finance lines
    (awarded, 17), (lapsed, 1), (declined, 8), (recommended, 2), (in_moderation, 2), (in_assessment, 6), (submitted, 5),
    (returned, 1), (withdrawn, 2), (ineligible, 2), (drafted, 4),
)  # fmt: skip
LIVES = [life for life, share in SHARES for _ in range(share)]


def life_of(number: int) -> Life:
    return LIVES[number * EVERY % len(LIVES)]
