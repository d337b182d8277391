"""What a desk is made of: piles of tasks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.core import clock
from portal.people.models import User

MOST = 100  # of each pile, so that a flood is counted and not fetched
SHOWN = 6


@dataclass(frozen=True)
class Task:
    """One thing to do, and where."""

    title: str
    href: str
    hint: str = ""
    status: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Pile:
    """Things of one kind, the most pressing first, and how each is told. A quiet one waits for somebody else."""

    title: str
    telling: Callable[[Any], Task]
    found: Sequence[Any]
    all_url: str | None = None
    is_quiet: bool = False
    most: int = MOST  # how many were asked for

    @property
    def shown(self) -> Sequence[Task]:
        return [self.telling(each) for each in self.found[:SHOWN]]

    @property
    def count_text(self) -> str:
        return f"{self.most - 1}+" if len(self.found) >= self.most else str(len(self.found))


Waiting = tuple[Callable[[User], bool], Callable[[User], Iterable[Pile]]]  # whose work it is, and what there is of it


def by_day(day: date) -> tuple[str, str]:
    """How pressing a day is: the words of its tag, and its colour."""
    left = (day - clock.today()).days
    if left < 0:
        return "Overdue", "red"
    if left == 0:
        return "Due today", "yellow"
    return (f"{left} day{'s' if left > 1 else ''} left", "yellow" if left <= 7 else "light-blue")
