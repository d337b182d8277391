"""What accepted returns say of an award, kept where lists, plan pages and reports read it."""

from collections.abc import Sequence

from portal.awards.models import Award, AwardFunding
from portal.core import clock
from portal.plan.models import Direction, Rag


def note_progress(award: Award, *, delivery: Rag, spend: Rag, direction: Direction, reason: str) -> None:
    """Keep how the grant goes, which way that has moved, and why."""
    award.delivery_rag, award.spend_rag, award.direction = delivery, spend, direction
    award.rag_reason, award.rag_on = reason, clock.today()


def note_spend(award: Award, pence: int) -> None:
    """Spread the reported spend over the award's funding, the earliest first; what is over the award stays on the last part."""
    left = pence
    parts: Sequence[AwardFunding] = award.funding
    for number, part in enumerate(parts, 1):
        part.spent_pence = left if number == len(parts) else min(left, part.pence)
        left -= part.spent_pence
