"""Tables of alerts: who asked for them, who gets them, and which rounds were told of."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from portal.core.db import Base, ref_to
from portal.people.models.joining import Letter


class Wishes:
    """What somebody wants to hear of. Nothing chosen means everything."""

    kinds: Mapped[list[str]]
    area_ids: Mapped[list[int]]


class AlertRequest(Wishes, Letter, Base):
    """Somebody, perhaps not its reader, gave this address. Wiped when its link runs out, confirmed or not."""

    __tablename__ = "alert_request"
    email: Mapped[str] = mapped_column(index=True)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class Subscriber(Wishes, Base):
    """An address whose reader confirmed that new rounds are to be told there."""

    __tablename__ = "subscriber"
    email: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime]  # for the first time: links in letters name it

    @property
    def name(self) -> str:
        """Letters are addressed to the address: we know no name."""
        return self.email


class RoundAlert(Base):
    """That a round was told of, so that it never is again."""

    __tablename__ = "round_alert"
    round_id: Mapped[int] = ref_to("round.id", unique=True)
    told_at: Mapped[datetime]
    subscribers: Mapped[int]
