"""Stages and moves: one table per thing, and `advance`, the only writer of `.stage`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from portal.core import audit, clock
from portal.core.problems import Forbidden, NotNow

Who = Callable[[Any, Any], bool]
Follower = Callable[..., None]


class Stage(StrEnum):
    """A word for where a thing stands; `colours` of the subclass's table give its tag."""

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def colour(self) -> str:
        return COLOURS.get(self.value, "grey")


COLOURS = {
    "draft": "light-blue", "open": "green", "submitted": "blue", "returned": "yellow", "in_assessment": "purple",
    "in_moderation": "purple", "at_panel": "purple", "deferred": "yellow", "reserve": "light-blue", "recommended": "turquoise", "awarded": "green", "declined": "red", "ineligible": "red",
    "offered": "yellow", "accepted": "turquoise", "live": "green", "due": "light-blue", "queried": "yellow",
    "certified": "blue", "published": "green", "suspended": "red", "scoring": "purple", "declared": "blue",
}  # fmt: skip


@dataclass(frozen=True)
class Move:
    """One row of a table of moves. `to` is None where the stage stays."""

    name: str
    from_stages: frozenset[Stage]
    to: Stage | None
    who: Who
    endpoint: str | None
    button: str
    readers: audit.Reader = audit.EVERYONE


def move(
    name: str, from_stages: Iterable[Stage], to: Stage | None, who: Who, endpoint: str | None, button: str,
    readers: audit.Reader = audit.EVERYONE,
) -> Move:  # fmt: skip
    return Move(name, frozenset(from_stages), to, who, endpoint, button, readers)


class Guard:
    """`LIFE.may("submit")`: the policy of a view that makes this move."""

    def __init__(self, step: Move) -> None:
        self.move = step
        self.who = step.who

    def __call__(self, user: Any, thing: Any) -> bool:
        return self.who(user, thing) and thing.stage in self.move.from_stages

    def why_not_now(self, thing: Any) -> str | None:
        if thing.stage in self.move.from_stages:
            return None
        return f"{thing} is {thing.stage.label.lower()}, so this cannot be done now: {self.move.button.lower()}."

    def is_done(self, thing: Any) -> bool:
        """True once the move has been made and the thing has gone on from there."""
        stamped = self.move.to is not None and getattr(thing, f"{self.move.to}_at", None) is not None
        return stamped and thing.stage not in self.move.from_stages


class Workflow:
    """The whole life of one kind of thing, readable by an officer."""

    def __init__(self, thing: str, *moves: Move) -> None:
        self.thing = thing
        self.moves = {step.name: step for step in moves}
        self.followers: dict[str, list[Follower]] = {}

    def may(self, name: str) -> Guard:
        return Guard(self.moves[name])

    def open_to(self, user: Any, thing: Any) -> list[Move]:
        """The moves this person may make now: the buttons of its page."""
        return [step for step in self.moves.values() if step.endpoint and Guard(step)(user, thing)]

    def can(self, user: Any, thing: Any, name: str) -> bool:
        return Guard(self.moves[name])(user, thing)

    def after(self, name: str, follower: Follower) -> None:
        """Let a package above follow a move in the same transaction: `follower(thing, by=…)`."""
        followers = self.followers.setdefault(name, [])
        if follower not in followers:
            followers.append(follower)

    def advance(self, thing: Any, name: str, *, by: Any, **facts: Any) -> None:
        """Make the move: check the table, set the stage and its instant, write one event, run what follows.

        Raises `NotNow` where the stage does not allow it and `Forbidden` where the person may not.
        """
        guard = self.may(name)
        if sentence := guard.why_not_now(thing):
            raise NotNow(sentence)
        if not (by.is_system or guard.who(by, thing)):
            raise Forbidden(getattr(guard.who, "refusal", f"{by.name} may not do this: {guard.move.button.lower()}."))
        if guard.move.to is not None:
            thing.stage = guard.move.to
            if hasattr(type(thing), f"{guard.move.to}_at"):
                setattr(thing, f"{guard.move.to}_at", clock.now())
        audit.record(f"{self.thing}.{name}", thing, by=by, readers=guard.move.readers, **facts)
        for follower in self.followers.get(name, []):
            follower(thing, by=by)
