"""Search: things found by the beginnings of words, at any size, the same on SQLite (FTS5) and on PostgreSQL (tsvector).

Words are cut and their accents folded here, because each database would do it its own way. They stand in a column of
the thing itself, set in the transaction that changes the thing, and are indexed by the database.
"""

import re
import unicodedata
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    MetaData,
    Select,
    Text,
    and_,
    column,
    false,
    func,
    inspect,
    literal,
    select,
    table,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.engine import Connection
from sqlalchemy.event import listen, listens_for
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from portal.core.db import Base, db

LONGEST_WORD = 40
MOST_WORDS = 12  # of a wish; nobody types more
MANY = 2000  # hits; sorting fewer is quicker than meeting them in order
BEGINNINGS = (8, 6, 4, 3, 2, 1)  # letters; SQLite has an index of the beginnings of these lengths, and is slow for others
INDEX = {  # as the migrations make it too; SQLite's words are only ever asked for one by one, never as phrases
    "sqlite": (
        "CREATE VIRTUAL TABLE {name}_search USING fts5"
        " (words, content='{name}', content_rowid='id', detail='none', prefix='1 2 3 4 6 8',"
        " tokenize='unicode61 remove_diacritics 0')",
        'CREATE TRIGGER {name}_search_insert AFTER INSERT ON "{name}" BEGIN'
        " INSERT INTO {name}_search (rowid, words) VALUES (new.id, new.words); END",
        'CREATE TRIGGER {name}_search_update AFTER UPDATE OF words ON "{name}" BEGIN'
        " INSERT INTO {name}_search ({name}_search, rowid, words) VALUES ('delete', old.id, old.words);"
        " INSERT INTO {name}_search (rowid, words) VALUES (new.id, new.words); END",
        'CREATE TRIGGER {name}_search_delete AFTER DELETE ON "{name}" BEGIN'
        " INSERT INTO {name}_search ({name}_search, rowid, words) VALUES ('delete', old.id, old.words); END",
    ),
    "postgresql": ('CREATE INDEX {name}_search ON "{name}" USING gin (words)',),
}


class Words(TypeDecorator[str]):
    """Words in order of the alphabet, each once: how PostgreSQL keeps them anyway."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return " ".join(sorted(value.replace("'", "").split())) if value else value


class Searchable:
    """A thing with a column of words under which lists find it."""

    words: Mapped[str] = mapped_column(Words(), default="")

    def found_by(self) -> list[str | None]:
        """The texts whose words find it; parts that it points at come through `part`."""
        raise NotImplementedError(type(self).__name__)

    def part(self, name: str) -> Any:
        """What a relationship leads to, also while only its key has been set."""
        if (there := getattr(self, name)) is not None:
            return there
        relation = inspect(type(self)).relationships[name]
        key = getattr(self, next(iter(relation.local_columns)).key)
        return db.session().get(relation.mapper.class_, key) if key else None


def words_of(*texts: str | None) -> list[str]:
    """The words of some texts, in small letters and without accents, each once, in order of the alphabet."""
    text = unicodedata.normalize("NFKD", " ".join(text for text in texts if text).casefold())
    plain = "".join(letter for letter in text if not unicodedata.combining(letter))
    return sorted({word[:LONGEST_WORD] for word in re.findall(r"[^\W_]+", plain)})


def wished(wish: str) -> list[str]:
    return words_of(wish)[:MOST_WORDS]


def found(model: type[Searchable], wish: str, most: int | None = None) -> ColumnElement[bool]:
    """True for what has, for each word of the wish, one that begins with it. A wish without a word finds nothing.

    The index finds them. With `most`, SQLite stops after so many, in no order that means anything.
    """
    if not wished(wish):
        return false()
    if not is_sqlite():
        return says(model, wish)
    indexed = model.id.in_(hits(model, wish).limit(most))  # type: ignore[attr-defined]
    return indexed if all(indexed_part(word) == word for word in wished(wish)) else and_(indexed, says(model, wish))


def says(model: type[Searchable], wish: str) -> ColumnElement[bool]:
    """The same, read from each row: for rows that are met in another order anyway."""
    words = wished(wish)
    if is_sqlite():
        return and_(true(), *(func.instr(" " + model.words, f" {word}") > 0 for word in words))
    return model.words.op("@@")(literal(" & ".join(f"'{word}':*" for word in words)).cast(TSQUERY))


def is_common(model: type[Searchable], wish: str) -> bool:
    """True when SQLite would find so much that it is better met in the order of the list. PostgreSQL judges for itself."""
    if not wished(wish) or not is_sqlite():
        return False
    there = hits(model, wish).limit(MANY + 1).subquery()
    return (db.session.scalar(select(func.count()).select_from(there)) or 0) > MANY


def hits(model: type[Searchable], wish: str) -> Select[Any]:
    """The ids that SQLite's index gives, for long words perhaps too many. Quoted, or the wish would be an order to it."""
    index = table(f"{model.__tablename__}_search", column("rowid"))  # type: ignore[attr-defined]
    asked = " ".join(f'"{indexed_part(word)}"*' for word in wished(wish))
    return select(index.c.rowid).where(column(index.name).op("MATCH")(asked))


def indexed_part(word: str) -> str:
    return word[: next(length for length in BEGINNINGS if length <= len(word))]


def is_sqlite() -> bool:
    return db.session.get_bind().dialect.name == "sqlite"


@listens_for(Session, "before_flush")
def keep_words(session: Session, _context: Any, _instances: Any) -> None:
    """Write down the words of what is new or changed."""
    for thing in {*session.new, *session.dirty}:
        if isinstance(thing, Searchable):
            words = " ".join(words_of(*thing.found_by()))
            if words != thing.words:
                thing.words = words


def make_indexes(_metadata: MetaData, connection: Connection, tables: Any = (), **_options: Any) -> None:
    """For tables made without migrations."""
    for model in Searchable.__subclasses__():
        if model.__table__ in tables:  # type: ignore[attr-defined]
            for statement in INDEX[connection.dialect.name]:
                connection.exec_driver_sql(statement.format(name=model.__tablename__))  # type: ignore[attr-defined]


listen(Base.metadata, "after_create", make_indexes)
