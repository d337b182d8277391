"""Tables of persons: who signs in, for whom they act, and in which dated roles of the office."""

from datetime import date, datetime
from typing import Any

from flask_security import RoleMixin, UserMixin
from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, one_of, ref_to
from portal.people.models.dated import Dated
from portal.people.models.organisations import Organisation
from portal.people.models.passkeys import Passkey
from portal.people.words import OfficeRole, Right, Source

SEE_ALL_CASES = [role for role in OfficeRole if role not in (OfficeRole.ASSESSOR, OfficeRole.PANEL_MEMBER)]


class Role(Base, RoleMixin):
    """Unused: Flask-Security asks for it. Roles are `Appointment` and `Membership`."""

    __tablename__ = "role"
    name: Mapped[str] = mapped_column(unique=True)


class User(Base, UserMixin):
    """A person who signs in."""

    __tablename__ = "user"
    __table_args__ = (CheckConstraint("(tf_totp_secret IS NULL) = (tf_primary_method IS NULL)", name="second_factor_whole"),)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    phone: Mapped[str] = mapped_column(default="")
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]  # from then on the row is a number and the days of roles, and no person
    tf_primary_method: Mapped[str | None]  # Flask-Security's names: "authenticator" once one is set up,
    tf_totp_secret: Mapped[str | None]  # and its secret, encrypted
    tf_last_step: Mapped[int | None]  # the half minute of the last code that was accepted: none is accepted twice
    reset_digest: Mapped[str | None]  # of the last link to a new password: only that one opens anything
    memberships: Mapped[list["Membership"]] = relationship(
        back_populates="user", lazy="selectin", foreign_keys="Membership.user_id"
    )
    appointments: Mapped[list["Appointment"]] = relationship(
        back_populates="user", lazy="selectin", foreign_keys="Appointment.user_id"
    )

    passkeys: Mapped[list[Passkey]] = relationship(viewonly=True, order_by=Passkey.id)
    mf_recovery_codes: Mapped[list["RecoveryCode"]] = relationship(viewonly=True)  # type: ignore[assignment]

    is_system = False
    roles: Any = ()

    @property
    def case(self) -> str:
        """Under which name the history tells of this person."""
        return f"person-{self.id}"

    @property
    def has_second_factor(self) -> bool:
        """An authenticator app, asked for after the password. A passkey needs neither: see `policy.lacks_second_factor`."""
        return self.tf_totp_secret is not None

    @property
    def first_name(self) -> str:
        return self.name.split()[0] if self.name else ""

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
    def administered_ids(self) -> list[int]:
        """The organisations whose people this person invites, changes and removes."""
        rows = [held for held in self.memberships if held.right is Right.ADMINISTRATOR and held.is_current]
        return sorted({held.organisation_id for held in rows})

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
        return self.holds(*SEE_ALL_CASES)

    def __str__(self) -> str:
        return self.name


class RecoveryCode(Base):
    """Stands in for the authenticator, once: using it deletes the row. Only its digest is here."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("user_id", "digest"),)
    user_id: Mapped[int] = ref_to("user.id")
    digest: Mapped[str]


class Membership(Dated, Base):
    """A person acting for an organisation."""

    __tablename__ = "membership"
    __table_args__ = (CheckConstraint("given_by_id <> user_id", name="right_not_given_to_oneself"),)
    user_id: Mapped[int] = ref_to("user.id")
    organisation_id: Mapped[int] = ref_to("organisation.id")
    right: Mapped[Right] = mapped_column(one_of(Right))
    given_by_id: Mapped[int | None] = ref_to("user.id")
    user: Mapped[User] = relationship(back_populates="memberships", foreign_keys=user_id)
    organisation: Mapped[Organisation] = relationship(lazy="joined")


class Appointment(Dated, Base):
    """A person in a role of the office, so that an acting Commissioner is a dated fact."""

    __tablename__ = "appointment"
    __table_args__ = (CheckConstraint("given_by_id <> user_id", name="role_not_given_to_oneself"),)
    user_id: Mapped[int] = ref_to("user.id")
    role: Mapped[OfficeRole] = mapped_column(one_of(OfficeRole), index=True)
    note: Mapped[str] = mapped_column(default="")
    source: Mapped[Source] = mapped_column(one_of(Source), default=Source.HAND)
    given_by_id: Mapped[int | None] = ref_to("user.id")
    user: Mapped[User] = relationship(back_populates="appointments", foreign_keys=user_id)
    given_by: Mapped[User | None] = relationship(foreign_keys=given_by_id)

    @property
    def name(self) -> str:
        return self.role.label


class RoleChange(Base):
    """A grave role to be given or ended: one administrator asks, another answers. `ends_id` is the appointment to end."""

    __tablename__ = "role_change"
    __table_args__ = (
        CheckConstraint("asked_by_id <> user_id", name="role_not_asked_for_oneself"),
        CheckConstraint(
            "NOT is_confirmed OR (answered_by_id <> asked_by_id AND answered_by_id <> user_id)", name="second_administrator"
        ),
        CheckConstraint("(answered_at IS NULL) = (is_confirmed IS NULL)", name="answered_at_once_answered"),
    )
    user_id: Mapped[int] = ref_to("user.id")
    role: Mapped[OfficeRole] = mapped_column(one_of(OfficeRole))
    ends_id: Mapped[int | None] = ref_to("appointment.id")
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    reason: Mapped[str]
    asked_by_id: Mapped[int] = ref_to("user.id")
    asked_at: Mapped[datetime]
    answered_by_id: Mapped[int | None] = ref_to("user.id")
    answered_at: Mapped[datetime | None]
    is_confirmed: Mapped[bool | None]
    user: Mapped[User] = relationship(foreign_keys=user_id)
    asked_by: Mapped[User] = relationship(foreign_keys=asked_by_id)

    @property
    def case(self) -> str:
        return f"person-{self.user_id}"

    def __str__(self) -> str:
        """What is to be done, as the end of a sentence."""
        if self.ends_id is not None:
            return f"end the role {self.role.label.lower()} of {self.user.name}"
        return f"give {self.user.name} the role {self.role.label.lower()}"


class System:
    """The actor of what nobody does by hand: closing a round on time, telling the demonstration's history."""

    id = None
    name = "The portal"
    email = ""
    is_system = True


SYSTEM = System()
