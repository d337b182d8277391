"""Tables of bids."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, one_of, ref_to
from portal.core.search import Searchable
from portal.core.workflow import Stage as BaseStage
from portal.funds.models import Round
from portal.people.models import Organisation, User
from portal.plan.models import Objective
from portal.questions.models import AnswerSet

UNTITLED = "Untitled application"


class Stage(BaseStage):
    DRAFT = "draft"
    SIGNING = "signing"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    INELIGIBLE = "ineligible"
    IN_ASSESSMENT = "in_assessment"
    IN_MODERATION = "in_moderation"
    AT_PANEL = "at_panel"
    DEFERRED = "deferred"
    RESERVE = "reserve"
    RECOMMENDED = "recommended"
    AWARDED = "awarded"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Application(Searchable, Base):
    """One organisation's bid in one round. Only `workflow` changes its stage."""

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint("requested_pence IS NULL OR requested_pence >= 0", name="requested_not_negative"),
        CheckConstraint(
            "submitted_at IS NOT NULL OR stage IN ('draft', 'signing', 'withdrawn')", name="submitted_at_once_submitted"
        ),
        CheckConstraint("submitted_at IS NULL OR requested_pence IS NOT NULL", name="requested_once_submitted"),
        CheckConstraint("stage <> 'reserve' OR reserve_place > 0", name="placed_while_in_reserve"),
        Index("ix_application_changed_at_id", "changed_at", "id"),
        Index("ix_application_stage_changed_at", "stage", "changed_at"),
    )
    ref: Mapped[str] = mapped_column(unique=True)
    round_id: Mapped[int] = ref_to("round.id")
    organisation_id: Mapped[int] = ref_to("organisation.id")
    accountable_body_id: Mapped[int | None] = ref_to("organisation.id")
    lead_id: Mapped[int] = ref_to("user.id")
    answer_set_id: Mapped[int] = ref_to("answer_set.id", unique=True)
    follows_id: Mapped[int | None] = ref_to("application.id")  # the bid of an earlier stage that was taken forward
    is_test: Mapped[bool] = mapped_column(default=False)  # an officer trying the form: apart from live ones everywhere
    stage: Mapped[Stage] = mapped_column(one_of(Stage), default=Stage.DRAFT)
    title: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    requested_pence: Mapped[int | None] = mapped_column(index=True)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    started_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None] = mapped_column(index=True)
    in_assessment_at: Mapped[datetime | None]
    at_panel_at: Mapped[datetime | None]
    deferred_at: Mapped[datetime | None]
    reserve_at: Mapped[datetime | None]
    recommended_at: Mapped[datetime | None]
    awarded_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    ineligible_at: Mapped[datetime | None]
    emptied_at: Mapped[datetime | None]  # its words were erased when they had been kept long enough; facts and figures stay
    taken_forward_at: Mapped[datetime | None]
    clock_used_days: Mapped[int] = mapped_column(default=0)  # working days that went by before we last asked the applicant
    agreed_permille: Mapped[int | None]  # 712 is 71.2 %
    recommended_pence: Mapped[int | None]
    recommendation: Mapped[str] = mapped_column(default="")
    panel_note: Mapped[str] = mapped_column(default="")  # what the panel still asks, or why it keeps the bid in reserve
    reserve_place: Mapped[int | None]  # on the reserve list of its round
    eligibility: Mapped[list[Any]] = mapped_column(JSON, default=list)  # what was asked before the form, as handed in
    round: Mapped[Round] = relationship()
    organisation: Mapped[Organisation] = relationship(foreign_keys=organisation_id)
    accountable_body: Mapped[Organisation | None] = relationship(foreign_keys=accountable_body_id)
    lead: Mapped[User] = relationship()
    answer_set: Mapped[AnswerSet] = relationship()

    @property
    def case(self) -> str:
        """The file that everything about this bid belongs to."""
        return self.ref

    @property
    def is_open(self) -> bool:
        """True while the applicant may still write."""
        return self.stage in (Stage.DRAFT, Stage.SIGNING, Stage.RETURNED)

    @property
    def is_in_time(self) -> bool:
        """True while its round takes it, with whatever more time this applicant was given; a test is never late."""
        return self.is_test or self.round.is_open_for(self.organisation_id)

    @property
    def closes_at(self) -> datetime | None:
        """The last instant for this applicant."""
        return self.round.closes_for(self.organisation_id)

    @property
    def is_ended(self) -> bool:
        return self.stage in (Stage.DECLINED, Stage.WITHDRAWN, Stage.LAPSED, Stage.INELIGIBLE)

    def found_by(self) -> list[str | None]:
        return [self.ref, self.title, str(self.part("organisation"))]

    @property
    def name(self) -> str:
        return self.title or UNTITLED

    def __str__(self) -> str:
        return self.ref


class ApplicationObjective(Base):
    """An objective that a bid says it serves, and how."""

    __tablename__ = "application_objective"
    __table_args__ = (UniqueConstraint("application_id", "objective_id"),)
    application_id: Mapped[int] = ref_to("application.id")
    objective_id: Mapped[int] = ref_to("objective.id")
    how: Mapped[str] = mapped_column(default="")
    objective: Mapped[Objective] = relationship()


class Eligibility(Base):
    """What an organisation has answered, before the form, to the questions about who may apply in a round."""

    __tablename__ = "eligibility"
    __table_args__ = (UniqueConstraint("round_id", "organisation_id", name="one_set_of_answers"),)
    round_id: Mapped[int] = ref_to("round.id")
    organisation_id: Mapped[int] = ref_to("organisation.id")
    answers: Mapped[dict[str, Any]]  # question → its answer, and the edition of the question that was answered
    edition: Mapped[int] = mapped_column(default=1)
    saved_at: Mapped[datetime]
    saved_by_id: Mapped[int] = ref_to("user.id")
    organisation: Mapped[Organisation] = relationship()
    saved_by: Mapped[User] = relationship()


class Snapshot(Base):
    """A bid as it was handed in, with its digest. Never changed; a new submission adds another."""

    __tablename__ = "snapshot"
    __table_args__ = (UniqueConstraint("application_id", "number"),)
    application_id: Mapped[int] = ref_to("application.id")
    number: Mapped[int]
    taken_at: Mapped[datetime]
    content: Mapped[list[Any]] = mapped_column(JSON)
    digest: Mapped[str]


class Request(Base):
    """What the office asked an applicant to mend: the sections it opened, and why."""

    __tablename__ = "request"
    application_id: Mapped[int] = ref_to("application.id")
    reason: Mapped[str]
    section_codes: Mapped[list[str]]
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int] = ref_to("user.id")
    answered_at: Mapped[datetime | None]
