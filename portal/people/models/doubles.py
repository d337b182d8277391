"""Organisations that may be the same, and those that were merged: what moved stands here, so that it can move back."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, relationship

from portal.core import clock
from portal.core.db import Base, ref_to
from portal.people.models.organisations import Organisation
from portal.people.models.persons import User

UNDONE_FOR = timedelta(days=30)


class Likeness(Base):
    """Two organisations that may be one: found when one of them was written down, until somebody says that they are two."""

    __tablename__ = "likeness"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id", name="one_likeness_of_two"),
        CheckConstraint("first_id < second_id", name="each_pair_once"),
    )
    first_id: Mapped[int] = ref_to("organisation.id")
    second_id: Mapped[int] = ref_to("organisation.id")
    reason: Mapped[str]
    found_at: Mapped[datetime]
    dismissed_at: Mapped[datetime | None]
    dismissed_by_id: Mapped[int | None] = ref_to("user.id")
    first: Mapped[Organisation] = relationship(foreign_keys=first_id)
    second: Mapped[Organisation] = relationship(foreign_keys=second_id)


class Merge(Base):
    """One organisation merged into another. `moved`: the rows that pointed at it, by their column."""

    __tablename__ = "merge"
    __table_args__ = (CheckConstraint("kept_id <> gone_id", name="two_are_merged"),)
    kept_id: Mapped[int] = ref_to("organisation.id")
    gone_id: Mapped[int] = ref_to("organisation.id")
    moved: Mapped[dict[str, Any]]
    merged_at: Mapped[datetime]
    merged_by_id: Mapped[int | None] = ref_to("user.id")
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = ref_to("user.id")
    kept: Mapped[Organisation] = relationship(foreign_keys=kept_id)
    gone: Mapped[Organisation] = relationship(foreign_keys=gone_id)
    merged_by: Mapped[User | None] = relationship(foreign_keys=merged_by_id)

    @property
    def undone_until(self) -> datetime:
        """The last moment at which it can be undone."""
        return self.merged_at + UNDONE_FOR

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and clock.now() <= self.undone_until
