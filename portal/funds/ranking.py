"""The order of bids under a scheme, as pure arithmetic: equal results are told apart as the round says."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from portal.funds.schemes import Points, Result, Scheme

Key = tuple[Any, ...]


@dataclass(frozen=True)
class Entry:
    """A bid that is to be ranked, with what ties are broken by."""

    key: Any
    points: Points
    is_area_funded: bool
    submitted_at: Any


@dataclass(frozen=True)
class Placed:
    """A bid in its place; those that nothing tells apart share one."""

    place: int
    entry: Entry
    result: Result


def rank(scheme: Scheme, entries: Iterable[Entry]) -> list[Placed]:
    """The highest first; equal results in the order that the scheme's ties are broken."""
    breaks = [tie_break(scheme, name) for name in scheme.ties]
    judged = [(entry, scheme.judge(entry.points)) for entry in entries]
    keyed = [((*(-part for part in result.order), *(at(entry) for at in breaks)), entry, result) for entry, result in judged]
    keyed.sort(key=lambda each: each[0])
    return placed(keyed)


def placed(keyed: Sequence[tuple[Key, Entry, Result]]) -> list[Placed]:
    found: list[Placed] = []
    for number, (key, entry, result) in enumerate(keyed, start=1):
        is_tied = number > 1 and key == keyed[number - 2][0]
        found.append(Placed(found[-1].place if is_tied else number, entry, result))
    return found


def tie_break(scheme: Scheme, name: str) -> Callable[[Entry], Any]:
    """What is compared, the smaller first: an area without a grant, the earlier bid, more points on one criterion."""
    if name == "area":
        return lambda entry: entry.is_area_funded
    if name == "earlier":
        return lambda entry: entry.submitted_at
    keys = [rule.key for rule in scheme.rules if rule.code == name]
    return lambda entry: [-entry.points[key] for key in keys]
