"""Tables of organisations: where they are, who hosts them, what earlier grants say of them."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, one_of, ref_to
from portal.people.words import OrganisationKind


class Area(Base):
    """A district, the county or the force area."""

    __tablename__ = "area"
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]

    def __str__(self) -> str:
        return self.name


class Organisation(Base):
    """A body that bids, receives or delivers."""

    __tablename__ = "organisation"
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[OrganisationKind] = mapped_column(one_of(OrganisationKind), index=True)
    identifier: Mapped[str | None]
    address: Mapped[str] = mapped_column(default="")
    postcode: Mapped[str] = mapped_column(default="")
    is_example: Mapped[bool] = mapped_column(default=False)
    area_id: Mapped[int | None] = ref_to("area.id")
    area: Mapped[Area | None] = relationship()

    @property
    def has_legal_form(self) -> bool:
        """A partnership has none: its accountable body receives the money."""
        return self.kind not in (OrganisationKind.CSP, OrganisationKind.COMMUNITY_GROUP)

    def __str__(self) -> str:
        return self.name


class Hosting(Base):
    """Which legal body stands in for a partnership, between two days. The history stays when the host changes."""

    __tablename__ = "hosting"
    partnership_id: Mapped[int] = ref_to("organisation.id")
    host_id: Mapped[int] = ref_to("organisation.id")
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    partnership: Mapped[Organisation] = relationship(foreign_keys=partnership_id)
    host: Mapped[Organisation] = relationship(foreign_keys=host_id)


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
