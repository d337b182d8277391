"""What surrounds a form when it is answered: facts that only its owner knows, such as the round's limit."""

from datetime import date
from functools import cached_property

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.people.models import Area

Options = list[tuple[str, str]]


class Around:
    """Of a form on its own: no limits, no lists. Owners of answer sets derive from it, and read only what is asked for."""

    @property
    def cap_pence(self) -> int | None:
        return None

    @property
    def is_cap_of_area(self) -> bool:
        """The limit is what is left for everybody in the area."""
        return False

    @property
    def least_pence(self) -> int | None:
        return None

    @property
    def match_percent(self) -> int:
        """How much of the whole cost must come from others."""
        return 0

    @property
    def longest_months(self) -> int | None:
        return None

    @property
    def case(self) -> str:
        """The file to which the answers belong."""
        return ""

    @property
    def payee_id(self) -> int | None:
        """The organisation that is to be paid."""
        return None

    @property
    def objectives(self) -> Options:
        return []

    @property
    def hosts(self) -> Options:
        """The bodies that may receive a grant: key and name."""
        return []

    @cached_property
    def areas(self) -> list[tuple[str, str, str]]:
        """Places to choose from: code, name and kind (`district`, `ward`)."""
        found = select(Area.code, Area.name, Area.kind).where(Area.to_on.is_(None)).order_by(Area.name)
        return [(code, name, kind) for code, name, kind in db.session.execute(found)]

    @property
    def facts(self) -> dict[str, str]:
        """What the `shown` questions show."""
        return {}

    @property
    def today(self) -> date:
        return clock.today()
