"""Tables of where the money comes from."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, ref_to


class Source(Base):
    """Money of one origin: the Commissioner's budget, a ministry's grant, a reserve."""

    __tablename__ = "source"
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[str]
    is_ring_fenced: Mapped[bool] = mapped_column(default=False)
    carries_over: Mapped[bool] = mapped_column(default=False)

    def __str__(self) -> str:
        return self.name


class SourceYear(Base):
    """What a source has in one financial year."""

    __tablename__ = "source_year"
    __table_args__ = (UniqueConstraint("source_id", "year"), CheckConstraint("pence >= 0", name="not_negative"))
    source_id: Mapped[int] = ref_to("source.id")
    year: Mapped[str]
    pence: Mapped[int]
    is_provisional: Mapped[bool] = mapped_column(default=False)
    source: Mapped[Source] = relationship()
