"""Tables of people, organisations and areas."""

from datetime import date, datetime
from typing import Any

from flask_security import RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import clock
from portal.core.db import Base, one_of, ref_to
from portal.people.words import Capacity, OfficeRole, OrganisationKind, Right


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


class Role(Base, RoleMixin):
    """Unused: Flask-Security asks for it. Roles are `Appointment` and `Membership`."""

    __tablename__ = "role"
    name: Mapped[str] = mapped_column(unique=True)


class User(Base, UserMixin):
    """A person who signs in."""

    __tablename__ = "user"
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    memberships: Mapped[list["Membership"]] = relationship(back_populates="user", lazy="selectin")
    appointments: Mapped[list["Appointment"]] = relationship(back_populates="user", lazy="selectin")

    is_system = False
    roles: Any = ()

    def holds(self, *roles: OfficeRole) -> bool:
        """True when one of these appointments runs today."""
        return any(held.role in roles and held.is_current for held in self.appointments)

    def has_right(self, organisation_id: int | None, *rights: Right) -> bool:
        """True when a membership of today gives one of these rights; any right when none is named."""
        return any(
            held.organisation_id == organisation_id and held.is_current and (not rights or held.right in rights)
            for held in self.memberships
        )

    @property
    def organisation_ids(self) -> list[int]:
        return sorted({held.organisation_id for held in self.memberships if held.is_current})

    @property
    def is_staff(self) -> bool:
        """Anyone with an appointment in the office."""
        return any(held.is_current for held in self.appointments)

    @property
    def is_officer(self) -> bool:
        return self.holds(OfficeRole.GRANTS_OFFICER, OfficeRole.HEAD_OF_COMMISSIONING)

    @property
    def sees_all_cases(self) -> bool:
        """Everyone in the office but assessors, who see what they are assigned."""
        others = [role for role in OfficeRole if role not in (OfficeRole.ASSESSOR, OfficeRole.PANEL_MEMBER)]
        return self.holds(*others)

    def __str__(self) -> str:
        return self.name


class Dated:
    """A right that runs from one day to another, the last day included."""

    from_on: Mapped[date]
    to_on: Mapped[date | None]

    @property
    def is_current(self) -> bool:
        return self.from_on <= clock.today() and (self.to_on is None or clock.today() <= self.to_on)


class Membership(Dated, Base):
    """A person acting for an organisation."""

    __tablename__ = "membership"
    user_id: Mapped[int] = ref_to("user.id")
    organisation_id: Mapped[int] = ref_to("organisation.id")
    right: Mapped[Right] = mapped_column(one_of(Right))
    user: Mapped[User] = relationship(back_populates="memberships")
    organisation: Mapped[Organisation] = relationship(lazy="joined")


class Appointment(Dated, Base):
    """A person in a role of the office, so that an acting Commissioner is a dated fact."""

    __tablename__ = "appointment"
    user_id: Mapped[int] = ref_to("user.id")
    role: Mapped[OfficeRole] = mapped_column(one_of(OfficeRole), index=True)
    note: Mapped[str] = mapped_column(default="")
    user: Mapped[User] = relationship(back_populates="appointments")


class SignIn(Base):
    """One signed-in browser. The cookie carries a random token; the row holds its digest and ends when the person signs out."""

    __tablename__ = "sign_in"
    token_digest: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = ref_to("user.id")
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    device: Mapped[str] = mapped_column(default="")
    user: Mapped[User] = relationship()


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


class Involvement(Base):
    """One person in one capacity on one case. `apart` holds the key under which two capacities exclude each other."""

    __tablename__ = "involvement"
    __table_args__ = (
        UniqueConstraint("case", "user_id", "capacity"),
        UniqueConstraint("case", "user_id", "apart", name="one_side_of_a_case"),
    )
    case: Mapped[str] = mapped_column(index=True)
    user_id: Mapped[int] = ref_to("user.id")
    capacity: Mapped[Capacity] = mapped_column(one_of(Capacity))
    apart: Mapped[str | None]


class System:
    """The actor of what nobody does by hand: closing a round on time, telling the demonstration's history."""

    id = None
    name = "The portal"
    email = ""
    is_system = True


SYSTEM = System()
