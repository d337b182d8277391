"""Named constraints of the database and the plain sentence that each means to the person who met it."""

import logging

from sqlalchemy import Index, MetaData, UniqueConstraint
from sqlalchemy.exc import IntegrityError

from portal.core.problems import Conflict, Problem, Refused

log = logging.getLogger(__name__)
EXPLAINED: dict[str, str] = {}  # constraint name → what to tell the person who met it


def explain(**sentences: str) -> None:
    """Give named constraints their plain sentence, once for every form."""
    EXPLAINED.update(sentences)


def problem_of(error: IntegrityError, metadata: MetaData) -> Problem:
    """The refusal that a violated constraint stands for; its name is in the driver's message."""
    text = f"{error.orig} {unique_name(str(error.orig), metadata)}"
    for name, sentence in EXPLAINED.items():
        if name in text:
            return Refused(sentence)
    log.warning("constraint without a sentence: %s", str(error.orig).partition("\n")[0])  # further lines quote the row
    return Conflict("Somebody else has changed this in the meantime. Nothing of yours was saved: check it and try again.")


def unique_name(message: str, metadata: MetaData) -> str:
    """The name of a unique constraint, of which SQLite tells only the columns."""
    _, _, told = message.partition("UNIQUE constraint failed: ")
    columns = sorted(told.split(", "))
    for table in metadata.tables.values():
        for known in table.constraints | table.indexes:
            if isinstance(known, (UniqueConstraint, Index)) and sorted(map(str, known.columns)) == columns:
                return str(known.name)
    return ""
