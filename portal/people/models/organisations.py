"""Tables of organisations: who they are, where they work, who hosts them, what earlier grants say of them."""

from datetime import date

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portal.core.db import Base, one_of, ref_to
from portal.people.models.dated import Dated
from portal.people.models.places import Area
from portal.people.names import fold
from portal.people.registers import NUMBERS
from portal.people.words import WITHOUT_LEGAL_FORM, OrganisationKind, Register

ENDS_AFTER = "to_on IS NULL OR to_on >= from_on"


class Organisation(Base):
    """A body that bids, receives or delivers. `identifier` is that of 360Giving, made from the numbers it has.

    One that was found to be another one's double is merged into it: its row stays, and its address leads there.
    """

    __tablename__ = "organisation"
    __table_args__ = (CheckConstraint("merged_into_id <> id", name="not_merged_into_itself"),)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    folded: Mapped[str] = mapped_column(default="", index=True)
    kind: Mapped[OrganisationKind] = mapped_column(one_of(OrganisationKind), index=True)
    identifier: Mapped[str | None]
    address: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    website: Mapped[str] = mapped_column(default="")
    is_example: Mapped[bool] = mapped_column(default=False)
    area_id: Mapped[int | None] = ref_to("area.id")
    merged_into_id: Mapped[int | None] = ref_to("organisation.id")
    area: Mapped[Area | None] = relationship()
    merged_into: Mapped["Organisation | None"] = relationship(remote_side="Organisation.id")
    identifiers: Mapped[list["Identifier"]] = relationship(order_by="Identifier.id")

    @validates("name")
    def fold_name(self, _key: str, name: str) -> str:
        self.folded = fold(name)
        return name

    @property
    def has_legal_form(self) -> bool:
        """A partnership has none: its accountable body receives the money."""
        return self.kind not in WITHOUT_LEGAL_FORM

    @property
    def is_partnership(self) -> bool:
        return self.kind is OrganisationKind.CSP

    @property
    def case(self) -> str:
        """Under which name the history tells of it."""
        return f"organisation-{self.id}"

    @property
    def kept(self) -> "Organisation":
        """Itself, or the one that it has been merged into."""
        return self.merged_into.kept if self.merged_into is not None else self

    def __str__(self) -> str:
        return self.name


class Identifier(Base):
    """A number that a register has given an organisation. Two doubles may have the same one until they are merged."""

    __tablename__ = "identifier"
    __table_args__ = (
        UniqueConstraint("organisation_id", "register", "number", name="same_number_twice"),
        Index("ix_identifier_register_number", "register", "number"),
    )
    organisation_id: Mapped[int] = ref_to("organisation.id")
    register: Mapped[Register] = mapped_column(one_of(Register))
    number: Mapped[str]

    @property
    def label(self) -> str:
        return NUMBERS[self.register].label


class Contact(Dated, Base):
    """Somebody to reach at an organisation, with or without an account."""

    __tablename__ = "contact"
    __table_args__ = (CheckConstraint(ENDS_AFTER, name="contact_ends_after_it_began"),)
    organisation_id: Mapped[int] = ref_to("organisation.id")
    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date]
    to_on: Mapped[date | None]

    def __str__(self) -> str:
        return self.name


class Coverage(Dated, Base):
    """An area that an organisation works in, besides the one it bids for."""

    __tablename__ = "coverage"
    __table_args__ = (CheckConstraint(ENDS_AFTER, name="coverage_ends_after_it_began"),)
    organisation_id: Mapped[int] = ref_to("organisation.id")
    area_id: Mapped[int] = ref_to("area.id")
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    area: Mapped[Area] = relationship(lazy="joined", innerjoin=True)

    def __str__(self) -> str:
        return self.area.name


class Hosting(Dated, Base):
    """Which legal body stands in for a partnership, between two days. The history stays when the host changes."""

    __tablename__ = "hosting"
    partnership_id: Mapped[int] = ref_to("organisation.id")
    host_id: Mapped[int] = ref_to("organisation.id")
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    partnership: Mapped[Organisation] = relationship(foreign_keys=partnership_id)
    host: Mapped[Organisation] = relationship(foreign_keys=host_id)

    def __str__(self) -> str:
        return self.host.name


class Partner(Dated, Base):
    """A body that belongs to a partnership, between two days."""

    __tablename__ = "partner"
    __table_args__ = (
        CheckConstraint(ENDS_AFTER, name="partner_ends_after_it_began"),
        CheckConstraint("partnership_id <> member_id", name="not_its_own_partner"),
    )
    partnership_id: Mapped[int] = ref_to("organisation.id")
    member_id: Mapped[int] = ref_to("organisation.id")
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    partnership: Mapped[Organisation] = relationship(foreign_keys=partnership_id)
    member: Mapped[Organisation] = relationship(foreign_keys=member_id)

    def __str__(self) -> str:
        return self.member.name


class Standing(Base):
    """What earlier grants say of an organisation. Written by packages above, read by question 27 and the gate."""

    __tablename__ = "standing"
    __table_args__ = (CheckConstraint("awards >= 0 AND overdue_returns >= 0", name="counts_not_negative"),)
    organisation_id: Mapped[int] = ref_to("organisation.id", unique=True)
    awards: Mapped[int] = mapped_column(default=0)
    awarded_pence: Mapped[int] = mapped_column(default=0)
    overdue_returns: Mapped[int] = mapped_column(default=0)
    unreturned_pence: Mapped[int] = mapped_column(default=0)
    organisation: Mapped[Organisation] = relationship()
