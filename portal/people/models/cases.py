"""Who touched which case, and in what capacity: facts that the database keeps apart."""

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, one_of, ref_to
from portal.people.words import Capacity


class Involvement(Base):
    """One person in one capacity on one case. `apart` holds the key under which two capacities exclude each other."""

    __tablename__ = "involvement"
    __table_args__ = (
        UniqueConstraint("case", "user_id", "capacity"),
        UniqueConstraint("case", "user_id", "apart", name="one_side_of_a_case"),
        Index("ix_involvement_user_id_capacity", "user_id", "capacity"),  # each list asks for one's conflicts
    )
    case: Mapped[str] = mapped_column(index=True)
    user_id: Mapped[int] = ref_to("user.id")
    capacity: Mapped[Capacity] = mapped_column(one_of(Capacity))
    apart: Mapped[str | None]
