"""Tables of rounds: each opening of a fund, with its rules."""

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import clock
from portal.core.db import Base, one_of, ref_to
from portal.funds.models.funds import Fund
from portal.funds.models.judging import HowJudged
from portal.funds.models.words import CapPer, PaymentMode, ReturnSchedule, RoundKind, RoundStage, ScoresSeen
from portal.questions.models import QuestionVersion

if TYPE_CHECKING:
    from portal.funds.models.around_rounds import Extension
    from portal.funds.models.criteria import Criterion, GateCheck
    from portal.funds.models.eligibility import EligibilityQuestion


class Round(HowJudged, Base):
    """One opening of a fund, with its rules. A draft may lack its dates; what was opened may not."""

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("opens_at IS NOT NULL OR stage = 'draft'", name="opens_once_checked"),
        CheckConstraint("closes_at IS NULL OR closes_at > opens_at", name="closes_after_opening"),
        CheckConstraint("cap_pence IS NULL OR cap_pence > 0", name="cap_above_zero"),
        CheckConstraint("least_pence IS NULL OR (least_pence > 0 AND least_pence <= cap_pence)", name="least_within_cap"),
        CheckConstraint("pot_pence IS NULL OR (pot_pence > 0 AND cap_pence <= pot_pence)", name="cap_within_pot"),
        CheckConstraint("match_percent >= 0 AND match_percent <= 100", name="match_percent_known"),
        CheckConstraint("quorum IS NULL OR (quorum > 0 AND quorum <= assessors_required)", name="quorum_within_assessors"),
    )
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    fund_id: Mapped[int] = ref_to("fund.id")
    kind: Mapped[RoundKind] = mapped_column(one_of(RoundKind))
    edition: Mapped[int] = mapped_column(default=1)  # raised by each save: who saves over an older one is told
    follows_id: Mapped[int | None] = ref_to("round.id")  # takes only the bids taken forward from that round
    cloned_from_id: Mapped[int | None] = ref_to("round.id")
    stage: Mapped[RoundStage] = mapped_column(one_of(RoundStage), default=RoundStage.DRAFT, index=True)
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = ref_to("user.id")
    agreed_by_id: Mapped[int | None] = ref_to("user.id")  # who agreed that it opens by itself at its hour
    open_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
    resumed_at: Mapped[datetime | None]
    pause_reason: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
    archived_at: Mapped[datetime | None]
    opens_at: Mapped[datetime | None] = mapped_column(index=True)
    closes_at: Mapped[datetime | None]
    pot_pence: Mapped[int | None]
    cap_pence: Mapped[int | None]
    cap_per: Mapped[CapPer] = mapped_column(one_of(CapPer), default=CapPer.BID)
    least_pence: Mapped[int | None]
    match_percent: Mapped[int] = mapped_column(default=0)  # of the whole cost, to come from elsewhere
    payment_mode: Mapped[PaymentMode] = mapped_column(one_of(PaymentMode), default=PaymentMode.IN_ADVANCE)
    longest_months: Mapped[int | None]
    accepts: Mapped[list[str]]
    exclusions: Mapped[list[str]] = mapped_column(default=list)
    assessors_required: Mapped[int] = mapped_column(default=2)
    quorum: Mapped[int | None]  # scores that suffice when an assessor falls out; None: all
    scores_seen: Mapped[ScoresSeen] = mapped_column(one_of(ScoresSeen), default=ScoresSeen.ALL_IN)
    has_panel: Mapped[bool] = mapped_column(default=False)
    has_second_look: Mapped[bool] = mapped_column(default=False)  # who agreed the scores does not recommend
    keeps_reserve: Mapped[bool] = mapped_column(default=False)
    decision_working_days: Mapped[int] = mapped_column(default=10)
    acceptance_days: Mapped[int] = mapped_column(default=28)
    return_schedule: Mapped[ReturnSchedule] = mapped_column(one_of(ReturnSchedule), default=ReturnSchedule.MIDPOINT)
    midpoint_over_months: Mapped[int] = mapped_column(default=6)  # a longer grant has a return half-way
    return_days: Mapped[int] = mapped_column(default=28)  # from the end of a period to its return
    question_version_id: Mapped[int | None] = ref_to("question_version.id")
    return_version_id: Mapped[int | None] = ref_to("question_version.id")
    last_number: Mapped[int] = mapped_column(default=0)
    last_test_number: Mapped[int] = mapped_column(default=0)
    fund: Mapped[Fund] = relationship(back_populates="rounds")
    follows: Mapped["Round | None"] = relationship(remote_side="Round.id", foreign_keys=follows_id)
    question_version: Mapped[QuestionVersion | None] = relationship(foreign_keys=question_version_id)
    return_version: Mapped[QuestionVersion | None] = relationship(foreign_keys=return_version_id)
    criteria: Mapped[list["Criterion"]] = relationship(back_populates="round", order_by="Criterion.position")
    gate_checks: Mapped[list["GateCheck"]] = relationship(back_populates="round", order_by="GateCheck.position")
    eligibility: Mapped[list["EligibilityQuestion"]] = relationship(
        back_populates="round", order_by="EligibilityQuestion.position"
    )
    extensions: Mapped[list["Extension"]] = relationship(order_by="Extension.id")

    @property
    def case(self) -> str:
        return self.code

    @property
    def takes_questions(self) -> bool:
        """Questions are answered for all while somebody can still use the answer."""
        return self.stage in (RoundStage.OPEN, RoundStage.PAUSED)

    @property
    def takes_invitations(self) -> bool:
        """Bodies are invited by name before it opens and while it is open."""
        return self.kind.is_by_invitation and self.stage in (RoundStage.DRAFT, RoundStage.OPEN)

    @property
    def scores_needed(self) -> int:
        """How many scores a bid needs before they are compared. Who was invited by name did not compete, and may go without."""
        return 0 if self.kind.is_by_invitation else self.quorum or self.assessors_required

    @property
    def is_open(self) -> bool:
        """True between opening and closing, judged by when the request arrived, not by when its turn came."""
        return self.takes_bids_until(self.closes_at) and not self.was_closed_early

    def counts_from(self, arrived_at: datetime) -> datetime:
        """Since when a bid that came in then waits for its decision."""
        return self.kind.counts_from(arrived_at, self.closes_at, self.closed_at)

    def is_open_for(self, organisation_id: int) -> bool:
        """The same for one applicant, who may have been given more time than the others."""
        return self.is_open or ((until := self.extended_to(organisation_id)) is not None and self.takes_bids_until(until))

    def closes_for(self, organisation_id: int) -> datetime | None:
        """The last instant for this applicant; None where the round has no end."""
        if self.closes_at is None:
            return None
        return max(self.closes_at, self.extended_to(organisation_id) or self.closes_at)

    def extended_to(self, organisation_id: int) -> datetime | None:
        """The latest instant that this applicant alone was given."""
        return max((each.closes_at for each in self.extensions if each.organisation_id == organisation_id), default=None)

    def takes_bids_until(self, closes_at: datetime | None) -> bool:
        """True within this window and outside a pause; who arrived before the pause is not refused by it."""
        now = clock.now()
        if self.stage in (RoundStage.DRAFT, RoundStage.CHECKED, RoundStage.ARCHIVED) or self.opens_at is None:
            return False
        if now < self.opens_at or (closes_at is not None and now >= closes_at):
            return False
        if self.paused_at is None or now < self.paused_at:
            return True
        is_over = self.resumed_at is not None and self.resumed_at >= self.paused_at
        return self.stage is not RoundStage.PAUSED and is_over and self.resumed_at is not None and now >= self.resumed_at

    @property
    def was_closed_early(self) -> bool:
        """Ended by a person before its time, and before this request arrived."""
        if self.stage is not RoundStage.CLOSED or self.closed_at is None:
            return False
        return (self.closes_at is None or self.closed_at < self.closes_at) and clock.now() >= self.closed_at

    def __str__(self) -> str:
        return self.title
