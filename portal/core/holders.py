"""Who holds what: packages register here what only they know of a file, a person or an organisation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MayRead = Callable[[Any, int], bool]
FILE_HOLDERS: dict[str, MayRead] = {}


@dataclass(frozen=True)
class PersonalData:
    """What one package holds of people who have no account: found and erased by their e-mail address."""

    read: Callable[[str], list[dict[str, Any]]]
    erase: Callable[[str], int]


PERSON_HOLDERS: dict[str, PersonalData] = {}


def holds_files(name: str, may_read: MayRead) -> None:
    """Register `may_read(user, file id)`, asked by the one address that serves files."""
    FILE_HOLDERS[name] = may_read


def may_read_file(user: Any, file_id: int) -> bool:
    """True when one of the holders of this file lets the person read it. A file that nobody holds is nobody's to read."""
    return any(may_read(user, file_id) for may_read in FILE_HOLDERS.values())


def holds_people(name: str, *, read: Callable[[str], list[dict[str, Any]]], erase: Callable[[str], int]) -> None:
    """Register `read(email)`, what is held of an address, and `erase(email)`, which says how many rows it removed."""
    PERSON_HOLDERS[name] = PersonalData(read, erase)


def held_of(email: str) -> dict[str, list[dict[str, Any]]]:
    """What each holder has of this address; holders without anything are left out."""
    found = {name: holder.read(email.lower()) for name, holder in PERSON_HOLDERS.items()}
    return {name: rows for name, rows in found.items() if rows}


def erase(email: str) -> int:
    """Remove what is held of this address, wherever it is; how many rows went."""
    return sum(holder.erase(email.lower()) for holder in PERSON_HOLDERS.values())
