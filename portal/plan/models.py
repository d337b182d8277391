"""Tables of the police and crime plans, and the words of progress."""

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, one_of, ref_to


class Rag(StrEnum):
    """How something goes. Never shown by colour alone."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"

    @property
    def label(self) -> str:
        return "Not started or complete" if self is Rag.GREY else self.value.capitalize()

    @property
    def rank(self) -> int | None:
        """Higher is worse; grey has no rank."""
        return {"green": 0, "amber": 1, "red": 2}.get(self.value)


class Direction(StrEnum):
    """Direction of travel since the reading before."""

    IMPROVING = "improving"
    STATIC = "static"
    DECLINING = "declining"
    NEW = "new"

    @property
    def label(self) -> str:
        return self.value.capitalize()


def direction_between(before: Rag | None, now: Rag) -> Direction:
    """The sign of the change of rank; new where there is nothing to compare with."""
    if before is None or before.rank is None or now.rank is None:
        return Direction.NEW
    if now.rank == before.rank:
        return Direction.STATIC
    return Direction.IMPROVING if now.rank < before.rank else Direction.DECLINING


class Plan(Base):
    """One police and crime plan. In force until the next replaces it, whatever years its title names."""

    __tablename__ = "plan"
    __table_args__ = (CheckConstraint("to_on IS NULL OR to_on >= from_on", name="ends_after_start"),)
    key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    from_on: Mapped[date]
    to_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
    themes: Mapped[list["Theme"]] = relationship(back_populates="plan", order_by="Theme.position")

    def __str__(self) -> str:
        return self.title


class Theme(Base):
    """A theme or priority of a plan, with its aim."""

    __tablename__ = "theme"
    plan_id: Mapped[int] = ref_to("plan.id")
    position: Mapped[int]
    code: Mapped[str]
    title: Mapped[str]
    aim: Mapped[str] = mapped_column(default="")
    plan: Mapped[Plan] = relationship(back_populates="themes")
    objectives: Mapped[list["Objective"]] = relationship(back_populates="theme", order_by="Objective.position")
    actions: Mapped[list["Action"]] = relationship(back_populates="theme", order_by="Action.position")

    def __str__(self) -> str:
        return self.title


class Objective(Base):
    """What a bid must serve at least one of."""

    __tablename__ = "objective"
    __table_args__ = (UniqueConstraint("theme_id", "code"),)
    theme_id: Mapped[int] = ref_to("theme.id")
    position: Mapped[int]
    code: Mapped[str]
    text: Mapped[str]
    is_provisional: Mapped[bool] = mapped_column(default=False)
    theme: Mapped[Theme] = relationship(back_populates="objectives")

    def __str__(self) -> str:
        return self.text


class Action(Base):
    """A coded priority for action, such as V9."""

    __tablename__ = "action"
    __table_args__ = (UniqueConstraint("theme_id", "code"),)
    theme_id: Mapped[int] = ref_to("theme.id")
    position: Mapped[int]
    code: Mapped[str]
    text: Mapped[str]
    owner: Mapped[str] = mapped_column(default="")
    theme: Mapped[Theme] = relationship(back_populates="actions")
    readings: Mapped[list["Reading"]] = relationship(back_populates="action", order_by="Reading.on.desc()")


class Reading(Base):
    """How an action stood on a day. A red one says why, and who is dealing with it."""

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("action_id", "on"),)
    action_id: Mapped[int] = ref_to("action.id")
    on: Mapped[date]
    rag: Mapped[Rag] = mapped_column(one_of(Rag))
    direction: Mapped[Direction] = mapped_column(one_of(Direction))
    narrative: Mapped[str]
    cause: Mapped[str] = mapped_column(default="")
    mitigation: Mapped[str] = mapped_column(default="")
    governance: Mapped[str] = mapped_column(default="")
    action: Mapped[Action] = relationship(back_populates="readings")


class Mapping(Base):
    """From an objective to the one that followed it in a later plan, so that old awards report under either."""

    __tablename__ = "mapping"
    __table_args__ = (UniqueConstraint("from_id", "to_id"),)
    from_id: Mapped[int] = ref_to("objective.id")
    to_id: Mapped[int] = ref_to("objective.id")
