"""What surrounds a form when it is answered: facts that only its owner knows, such as the round's limit."""

from dataclasses import dataclass, field
from datetime import date

from portal.core import clock

Options = list[tuple[str, str]]


@dataclass
class Around:
    """Given by the owner of an answer set. Without it a form has no limits and no lists to choose from."""

    cap_pence: int | None = None
    longest_months: int | None = None
    objectives: Options = field(default_factory=list)
    hosts: Options = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)  # what the `shown` questions show
    today: date = field(default_factory=clock.today)
