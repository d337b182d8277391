"""Tables of places: the areas that organisations work in, which boundary reviews change."""

from datetime import date

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, ref_to


class Area(Base):
    """A ward, a district, the county or the force area. Without days it has always been there and still is."""

    __tablename__ = "area"
    __table_args__ = (CheckConstraint("to_on IS NULL OR from_on IS NULL OR to_on >= from_on", name="area_ends_after_it_began"),)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    within_id: Mapped[int | None] = ref_to("area.id")
    from_on: Mapped[date | None]
    to_on: Mapped[date | None]
    within: Mapped["Area | None"] = relationship(remote_side="Area.id")

    case = "areas"

    def __str__(self) -> str:
        return self.name
