"""What runs from one day to another."""

from datetime import date

from sqlalchemy.orm import Mapped

from portal.core import clock


class Dated:
    """A fact that holds from one day to another, the last day included. The history stays when it has ended."""

    from_on: Mapped[date]
    to_on: Mapped[date | None]

    @property
    def is_current(self) -> bool:
        today = clock.today()
        return self.from_on <= today and (self.to_on is None or today <= self.to_on)

    @property
    def is_past(self) -> bool:
        return self.to_on is not None and self.to_on < clock.today()
