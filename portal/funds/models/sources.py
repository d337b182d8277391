"""Tables of where the money comes from, year by year, and what became of a ring-fence."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import clock
from portal.core.db import Base, one_of, ref_to
from portal.core.files import StoredFile
from portal.people.models import User


class SourceKind(StrEnum):
    """Whose money it is at its origin."""

    PCC_BUDGET = "pcc_budget"
    MOJ_CORE = "moj_core"
    HOME_OFFICE = "home_office"
    GOVERNMENT = "government"
    RESERVE = "reserve"
    MATCH = "match"
    OTHER = "other"

    @property
    def label(self) -> str:
        return KINDS[self.value]


class CarryOver(StrEnum):
    """What becomes of money that a year has not used."""

    NO = "no"
    WITH_CONSENT = "with_consent"
    YES = "yes"

    @property
    def label(self) -> str:
        return {"no": "No: it goes back or lapses", "with_consent": "Only with the funder’s written consent"}.get(
            self.value, "Yes: our own decision"
        )


class Spending(StrEnum):
    """What the money may be spent on, in the words of the accounts."""

    REVENUE = "revenue"
    CAPITAL = "capital"
    BOTH = "both"

    @property
    def label(self) -> str:
        return "Revenue and capital" if self is Spending.BOTH else self.value.capitalize()

    def capital_in(self, pence: int, said: int | None) -> int:
        """How much of a year's amount is capital: all, none, or what is said where it may be either."""
        return {"capital": pence, "revenue": 0}.get(self.value, said or 0)


KINDS = {
    "pcc_budget": "The Commissioner’s own budget",
    "moj_core": "Ministry of Justice, victims’ services",
    "home_office": "Home Office",
    "government": "Another government department",
    "reserve": "Reserve",
    "match": "Match from partners",
    "other": "Other",
}


class Source(Base):
    """Money of one origin: the Commissioner's budget, a ministry's grant, a reserve."""

    __tablename__ = "source"
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    kind: Mapped[SourceKind] = mapped_column(one_of(SourceKind))
    is_ring_fenced: Mapped[bool] = mapped_column(default=False)
    ring_fence: Mapped[str] = mapped_column(default="")  # what alone it may pay for
    conditions: Mapped[str] = mapped_column(default="")
    carry_over: Mapped[CarryOver] = mapped_column(one_of(CarryOver), default=CarryOver.NO)
    spending: Mapped[Spending] = mapped_column(one_of(Spending), default=Spending.REVENUE)
    edition: Mapped[int] = mapped_column(default=1)
    years: Mapped[list["SourceYear"]] = relationship(back_populates="source", order_by="SourceYear.year")
    documents: Mapped[list["SourceDocument"]] = relationship(order_by="SourceDocument.id")
    followed_by: Mapped[list["Succession"]] = relationship(foreign_keys="Succession.from_id", back_populates="before")
    follows: Mapped[list["Succession"]] = relationship(foreign_keys="Succession.to_id", back_populates="after")

    @property
    def case(self) -> str:
        return f"source-{self.key}"

    @property
    def ends_on(self) -> date | None:
        """The day from which others take its place."""
        return min((each.from_on for each in self.followed_by), default=None)

    def has_ended_by(self, year: str) -> bool:
        """True when the financial year begins on the day from which others follow, or later."""
        return self.ends_on is not None and clock.first_day_of(year) >= self.ends_on

    def __str__(self) -> str:
        return self.name


class SourceYear(Base):
    """What a source has in one financial year, and how much of it funds were given. The database refuses a penny more."""

    __tablename__ = "source_year"
    __table_args__ = (
        UniqueConstraint("source_id", "year"),
        CheckConstraint("pence >= 0", name="not_negative"),
        CheckConstraint("capital_pence >= 0 AND capital_pence <= pence", name="capital_within_amount"),
        CheckConstraint(
            "allocated_pence >= 0 AND carried_in_pence >= 0 AND carried_out_pence >= 0", name="movements_not_negative"
        ),
        CheckConstraint("allocated_pence + carried_out_pence <= pence + carried_in_pence", name="allocated_within_source"),
    )
    source_id: Mapped[int] = ref_to("source.id")
    year: Mapped[str]
    pence: Mapped[int]
    capital_pence: Mapped[int] = mapped_column(default=0)  # of it; the rest is revenue
    is_provisional: Mapped[bool] = mapped_column(default=False)
    allocated_pence: Mapped[int] = mapped_column(default=0)  # the sum of the budgets drawn from it
    carried_in_pence: Mapped[int] = mapped_column(default=0)
    carried_out_pence: Mapped[int] = mapped_column(default=0)
    source: Mapped[Source] = relationship(back_populates="years")

    @property
    def has_pence(self) -> int:
        """The year's amount with what came from the year before and without what went on to the next."""
        return self.pence + self.carried_in_pence - self.carried_out_pence

    @property
    def left_pence(self) -> int:
        return self.has_pence - self.allocated_pence

    @property
    def revenue_pence(self) -> int:
        return self.pence - self.capital_pence


class Succession(Base):
    """From a day on one ring-fence takes the place of another: several rows of one make a split, several into one a merger."""

    __tablename__ = "succession"
    __table_args__ = (UniqueConstraint("from_id", "to_id"), CheckConstraint("from_id <> to_id", name="not_itself"))
    from_id: Mapped[int] = ref_to("source.id")
    to_id: Mapped[int] = ref_to("source.id")
    from_on: Mapped[date]
    note: Mapped[str]
    before: Mapped[Source] = relationship(foreign_keys=from_id, back_populates="followed_by")
    after: Mapped[Source] = relationship(foreign_keys=to_id, back_populates="follows")


class CarriedOver(Base):
    """Money of a source that was moved from one year into the next, by whom and why."""

    __tablename__ = "carried_over"
    __table_args__ = (CheckConstraint("pence > 0", name="above_zero"),)
    source_id: Mapped[int] = ref_to("source.id")
    from_year: Mapped[str]
    to_year: Mapped[str]
    pence: Mapped[int]
    reason: Mapped[str]
    consent: Mapped[str] = mapped_column(default="")  # the funder's, where it is needed
    by_id: Mapped[int] = ref_to("user.id")
    at: Mapped[datetime]
    by: Mapped[User] = relationship()


class SourceDocument(Base):
    """A letter or agreement that says what a source is and may be used for."""

    __tablename__ = "source_document"
    source_id: Mapped[int] = ref_to("source.id")
    file_id: Mapped[int] = ref_to("stored_file.id", unique=True)
    file: Mapped[StoredFile] = relationship()
