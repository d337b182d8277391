"""A table that belongs to the tests alone: the kernel is tested without a word of the domain."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from portal.core.access import refusal
from portal.core.db import CONVENTION, Base, db, one_of
from portal.core.workflow import Stage as BaseStage
from portal.core.workflow import Workflow, move


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Stage(BaseStage):
    DRAFT = "draft"
    SENT = "sent"
    DONE = "done"


class Own(DeclarativeBase):
    """Apart from the portal's tables, so that no migration ever sees these."""

    metadata = MetaData(naming_convention=CONVENTION)
    type_annotation_map = Base.registry.type_annotation_map


class Row(Own):
    __tablename__ = "row_of_tests"
    __table_args__ = (CheckConstraint("number >= -1000", name="number_large_enough"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")
    number: Mapped[int] = mapped_column(default=0)
    pence: Mapped[int] = mapped_column(default=0)
    colour: Mapped[Colour] = mapped_column(one_of(Colour), default=Colour.RED)
    on: Mapped[date | None]
    at: Mapped[datetime | None]
    stage: Mapped[Stage] = mapped_column(one_of(Stage), default=Stage.DRAFT)
    sent_at: Mapped[datetime | None]

    @property
    def case(self) -> str:
        return f"ROW-{self.id}"

    def __str__(self) -> str:
        return self.case


@refusal("Only its owner can send it.")
def is_owner(user, row):
    return row.owner == user.name


def is_officer(user, row):
    return user.is_officer


LIFE = Workflow(
    "row",
    move("send", {Stage.DRAFT}, Stage.SENT, is_owner, "stand_ins.send", "Send it"),
    move("note", {Stage.DRAFT, Stage.SENT}, None, is_officer, None, "Note it"),
    move("finish", {Stage.SENT}, Stage.DONE, is_officer, "stand_ins.show", "Finish it"),
)


def add(name, **values):
    """Write one row; for use within `write`."""
    row = Row(name=name, **values)
    db.session.add(row)
    db.session.flush()
    return row
