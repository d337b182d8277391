"""Who holds what: packages register here what only they know of a file, a person or an organisation."""

from collections.abc import Callable
from typing import Any

MayRead = Callable[[Any, int], bool]
FILE_HOLDERS: dict[str, MayRead] = {}
ORGANISATION_HOLDERS: dict[str, tuple[Any, ...]] = {}


def holds_files(name: str, may_read: MayRead) -> None:
    """Register `may_read(user, file id)`, asked by the one address that serves files."""
    FILE_HOLDERS[name] = may_read


def may_read_file(user: Any, file_id: int) -> bool:
    """True when one of the holders of this file lets the person read it. A file that nobody holds is nobody's to read."""
    return any(may_read(user, file_id) for may_read in FILE_HOLDERS.values())


def holds_organisations(name: str, *columns: Any) -> None:
    """Register the columns that point at an organisation: when two are merged, they point at the one that is kept."""
    ORGANISATION_HOLDERS[name] = columns
