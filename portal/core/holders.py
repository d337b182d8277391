"""Who holds what: packages register here what only they know of a file, a person, or the words of a case."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

MayRead = Callable[[Any, int], bool]
FILE_HOLDERS: dict[str, MayRead] = {}
LooksAt = Callable[[Any, int], Any]
FILE_CASES: dict[str, LooksAt] = {}
ORGANISATION_HOLDERS: dict[str, tuple[Any, ...]] = {}


@dataclass(frozen=True)
class Texts:
    """Columns of one table in which people write, or are written about.

    From this one declaration they are searched for an officer, copied for the person, reworded when the person is
    erased, and emptied when their case is due. `test_holders.py` knows every text column that is in none of them.
    """

    place: str
    columns: tuple[Any, ...]
    case: Any = None  # which file a row belongs to, as SQL; None where it belongs to none
    joins: tuple[tuple[Any, Any], ...] = ()  # what the case needs: (table, condition)
    stays: str = ""  # why these words stay whoever is erased, and whatever case is emptied
    held_back: str = ""  # why they are given to the person only after somebody has read them
    outlives: bool = False  # they stay when the case is emptied, but lose the name of who is erased
    never_reworded: bool = False  # a row that names somebody who is erased is deleted: its words are digested in the chain
    goes_with_case: bool = False  # the rows of a case that is emptied are deleted: they are nothing but words

    @property
    def model(self) -> Any:
        return self.columns[0].class_


@dataclass(frozen=True)
class Part:
    """What is held about a person in one place, each row as they would be given it."""

    title: str
    rows: Sequence[Mapping[str, Any]]
    held_back: str = ""  # why none of it is given without somebody having read it


@dataclass(frozen=True)
class Stay:
    """What stays of a person who is erased, and why."""

    what: str
    why: str
    keeps_name: bool = False


@dataclass(frozen=True)
class Due:
    """One thing that a rule says is due to go."""

    id: int
    name: str
    since: date
    goes: str
    stays: str


@dataclass(frozen=True)
class Rule:
    """How long something is kept, and what is done then: `carry_out(id, by=…)` reads what it must and then makes one write."""

    title: str
    says: Callable[[], str]
    due: Callable[[], Sequence[Due]]
    carry_out: Callable[..., Any]


Tell = Callable[[Any], Iterable[Part]]
TEXTS: dict[str, Texts] = {}
PERSON_HOLDERS: dict[str, Tell] = {}
STAYS: dict[str, Callable[[Any], Iterable[Stay]]] = {}
RULES: dict[str, Rule] = {}


def holds_files(name: str, may_read: MayRead, looks_at: LooksAt | None = None) -> None:
    """Register `may_read(user, file id)`, asked by the one address that serves files.

    `looks_at(user, file id)` is what the file belongs to, where opening it is a look at a restricted record for this person.
    """
    FILE_HOLDERS[name] = may_read
    if looks_at is not None:
        FILE_CASES[name] = looks_at


def may_read_file(user: Any, file_id: int) -> bool:
    """True when one of the holders of this file lets the person read it. A file that nobody holds is nobody's to read."""
    return any(may_read(user, file_id) for may_read in FILE_HOLDERS.values())


def restricted_file(user: Any, file_id: int) -> Any:
    """What a file belongs to whose opening is told; None where it is the person's own, or nobody's secret."""
    return next((thing for looks_at in FILE_CASES.values() if (thing := looks_at(user, file_id)) is not None), None)


def holds_organisations(name: str, *columns: Any) -> None:
    """Register the columns that point at an organisation: when two are merged, they point at the one that is kept."""
    ORGANISATION_HOLDERS[name] = columns


def holds_texts(*texts: Texts) -> None:
    TEXTS.update({each.place: each for each in texts})


def holds_person(name: str, tell: Tell, stays: Callable[[Any], Iterable[Stay]] | None = None) -> None:
    """Register `tell(person)`: what the package holds under the person's number; and what of it no erasure takes."""
    PERSON_HOLDERS[name] = tell
    if stays is not None:
        STAYS[name] = stays


def keeps(name: str, rule: Rule) -> None:
    """Register how long something is kept."""
    RULES[name] = rule


def told_of(person: Any) -> list[Part]:
    """All that is held under this person's number, package by package."""
    return [part for tell in PERSON_HOLDERS.values() for part in tell(person)]


def staying(person: Any) -> list[Stay]:
    return [stay for find in STAYS.values() for stay in find(person)]
