"""The words that a round is set up with: each a short list, kept as data."""

from datetime import datetime
from enum import StrEnum

from portal.core.workflow import Stage


class RoundStage(Stage):
    DRAFT = "draft"
    CHECKED = "checked"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Word(StrEnum):
    """A word with the label that people choose it by."""

    @property
    def label(self) -> str:
        return LABELS[self]


class RoundKind(Word):
    COMPETED = "competed"
    ROLLING = "rolling"
    DIRECT = "direct"
    CONTRIBUTION = "contribution"

    @property
    def is_by_invitation(self) -> bool:
        """Nobody competes: an officer invites a body by name and says why."""
        return self in (RoundKind.DIRECT, RoundKind.CONTRIBUTION)

    def counts_from(self, arrived_at: datetime, *ends: datetime | None) -> datetime:
        """Since when a bid that came in then waits for us: where bids compete, once all could come in."""
        known = [end for end in ends if end is not None]
        return max(arrived_at, min(known)) if self is RoundKind.COMPETED and known else arrived_at


class CapPer(Word):
    BID = "bid"
    AREA = "area"


class PaymentMode(Word):
    IN_ADVANCE = "in_advance"
    IN_ARREARS = "in_arrears"
    INSTALMENTS = "instalments"

    @property
    def promise(self) -> str:
        """What an applicant, and who accepts a grant, reads."""
        return PROMISES[self]


class ReturnSchedule(Word):
    MIDPOINT = "midpoint"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half_yearly"
    FINAL_ONLY = "final_only"

    @property
    def months(self) -> int | None:
        """How many months lie between two returns; None where the length of the grant says when."""
        return {ReturnSchedule.QUARTERLY: 3, ReturnSchedule.HALF_YEARLY: 6}.get(self)


class ScoresSeen(Word):
    ALL_IN = "all_in"
    OWN_IN = "own_in"


PROMISES: dict[Word, str] = {
    PaymentMode.IN_ADVANCE: "We pay the whole grant once it has been accepted and started.",
    PaymentMode.IN_ARREARS: "We pay what you have spent, on evidence, after each return has been accepted.",
    PaymentMode.INSTALMENTS: "We pay in instalments: the first once it has started, the others each after a return.",
}
LABELS: dict[Word, str] = {
    RoundKind.COMPETED: "Competed: bids by a closing time are compared",
    RoundKind.ROLLING: "Rolling: each bid is decided as it comes (swift response)",
    RoundKind.DIRECT: "Direct award: a body is invited by name, with a reason",
    RoundKind.CONTRIBUTION: "Contribution: a yearly share of somebody’s service, by invitation",
    CapPer.BID: "for each application",
    CapPer.AREA: "for each area, counting what was sent and awarded",
    PaymentMode.IN_ADVANCE: "In advance",
    PaymentMode.IN_ARREARS: "In arrears, on evidence of what was spent",
    PaymentMode.INSTALMENTS: "In instalments",
    ReturnSchedule.MIDPOINT: "Half-way through a long grant, and at its end",
    ReturnSchedule.QUARTERLY: "Every three months, and at its end",
    ReturnSchedule.HALF_YEARLY: "Every six months, and at its end",
    ReturnSchedule.FINAL_ONLY: "At its end only",
    ScoresSeen.ALL_IN: "when all scores are in",
    ScoresSeen.OWN_IN: "when they have sent their own",
}
