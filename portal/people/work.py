"""Work that waits for one person: packages register what they hold, so that it can be handed over from one page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.people.models import User


@dataclass(frozen=True)
class Work:
    """One thing that waits for somebody, and who could take it over."""

    key: str
    title: str
    hint: str
    takers: Sequence[User]

    @property
    def options(self) -> list[tuple[str, str]]:
        return [(str(taker.id), taker.name) for taker in self.takers]


Find = Callable[[User, User], Sequence[Work]]  # what waits for the first, as the second may see it
HandOver = Callable[..., None]  # (number, taker, by=…)
HOLDERS: dict[str, tuple[Find, HandOver]] = {}


def holds_work(kind: str, find: Find, hand_over: HandOver) -> None:
    """Register work of one kind; keys of its work are `kind-number`."""
    HOLDERS[kind] = (find, hand_over)


def work_of(user: User, viewer: User) -> list[Work]:
    return [work for find, _ in HOLDERS.values() for work in find(user, viewer)]


def hand_over(work: Work, taker: User, *, by: User) -> None:
    """Give one piece of work to another person."""
    kind, _, number = work.key.rpartition("-")
    HOLDERS[kind][1](int(number), taker, by=by)
