"""What organisations tell the office once: a document of each kind, and the versions that it replaced."""

from datetime import date, datetime, timedelta

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core import clock
from portal.core.db import Base, one_of, ref_to
from portal.core.files import StoredFile
from portal.people.models.persons import User
from portal.people.words import PaperKind

SOON = timedelta(days=60)


class Paper(Base):
    """One version of a document. The one that counts is the one that no other has replaced."""

    __tablename__ = "paper"
    __table_args__ = (Index("ix_paper_counting", "organisation_id", "kind", sqlite_where=text("replaced_at IS NULL"),
                            postgresql_where=text("replaced_at IS NULL")),)  # fmt: skip
    organisation_id: Mapped[int] = ref_to("organisation.id")
    kind: Mapped[PaperKind] = mapped_column(one_of(PaperKind))
    file_id: Mapped[int] = ref_to("stored_file.id")
    expires_on: Mapped[date | None]
    reminded_days: Mapped[int | None]  # how many days before its end its people were last reminded
    added_by_id: Mapped[int | None] = ref_to("user.id")
    added_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]
    file: Mapped[StoredFile] = relationship()
    added_by: Mapped[User | None] = relationship()

    @property
    def is_over(self) -> bool:
        return self.expires_on is not None and self.expires_on < clock.today()

    @property
    def ends_soon(self) -> bool:
        return self.expires_on is not None and not self.is_over and self.expires_on <= clock.today() + SOON
