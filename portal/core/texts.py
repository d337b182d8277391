"""Words about people, wherever they stand: found, taken out, and emptied case by case, in the columns that packages hold."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import JSON, ColumnElement, Select, Text, false, literal, or_, select

from portal.core.db import db
from portal.core.holders import TEXTS, Texts

MOST = 200  # of one place on a page
AROUND = 90  # characters shown on each side of what was found
AT_ONCE = 500
Found = Mapping[str, Sequence[int]]  # place → the rows that mention somebody


@dataclass(frozen=True)
class Hit:
    """One row that mentions what was looked for."""

    texts: Texts
    id: int
    case: str
    words: str


def pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """Any of these as whole words, the longest first, in small or large letters."""
    listed = sorted({term.strip() for term in terms if term.strip()}, key=len, reverse=True)
    joined = "|".join(r"\s+".join(map(re.escape, term.split())) for term in listed)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE) if joined else re.compile(r"(?!)")


def mentions(columns: Iterable[Any], terms: Iterable[str]) -> ColumnElement[bool]:
    """True for rows that hold one of these in one of the columns, be it inside JSON."""
    conditions: list[ColumnElement[bool]] = [false()]
    for column in columns:
        for term in terms:
            for spelt in spellings(term):
                wanted = json.dumps(spelt)[1:-1] if isinstance(column.type, JSON) else spelt
                escaped = re.sub(r"([%_\\])", r"\\\1", wanted)
                conditions.append(column.cast(Text).ilike(f"%{escaped}%", escape="\\"))
    return or_(*conditions)


def spellings(term: str) -> set[str]:
    """SQLite folds the letters of English only: others are looked for as they may be written."""
    return {term} if term.isascii() else {term, term.lower(), term.upper(), term.title()}


def rows_of(texts: Texts, *columns: Any) -> Select[Any]:
    """Its rows with the file that each belongs to."""
    case = literal("") if texts.case is None else texts.case
    query = select(texts.model.id, case.label("case"), *columns).select_from(texts.model)
    for target, condition in texts.joins:
        query = query.join(target, condition)
    return query


def found(terms: Sequence[str], most: int = MOST) -> Iterator[Hit]:
    """Every place that mentions one of these, up to so many rows each, the latest first."""
    wanted = pattern(terms)
    for texts in TEXTS.values():
        query = rows_of(texts, *texts.columns).where(mentions(texts.columns, terms)).order_by(texts.model.id.desc()).limit(most)
        for row in db.session.execute(query):
            said = [words for value in row[2:] for words in words_in(value) if wanted.search(words)]
            if said:
                yield Hit(texts, row.id, row.case or "", "\n".join(said))


def where_found(terms: Sequence[str]) -> Found:
    """The same as the numbers of the rows, all of them."""
    wanted, places = pattern(terms), {}
    for texts in TEXTS.values():
        query = rows_of(texts, *texts.columns).where(mentions(texts.columns, terms))
        rows = db.session.execute(query).all()
        places[texts.place] = [
            row.id for row in rows if any(wanted.search(words) for value in row[2:] for words in words_in(value))
        ]
    return {place: rows for place, rows in places.items() if rows}


def words_in(value: Any) -> Iterator[str]:
    """The texts of a value, however deep in JSON."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from words_in(inner)


def reworded(value: Any, wanted: re.Pattern[str], mark: str) -> Any:
    if isinstance(value, str):
        return wanted.sub(mark, value)
    if isinstance(value, dict):
        return {key: reworded(inner, wanted, mark) for key, inner in value.items()}
    return [reworded(inner, wanted, mark) for inner in value] if isinstance(value, list) else value


def take_out(places: Found, terms: Sequence[str], mark: str) -> None:
    """Put the mark where these stand, in the rows that were found; what stays is left alone."""
    wanted = pattern(terms)
    for place, ids in places.items():
        texts = TEXTS[place]
        for thing in () if texts.stays else things(texts.model, ids):
            if texts.never_reworded:
                db.session.delete(thing)
                continue
            for column in texts.columns:
                setattr(thing, column.key, reworded(getattr(thing, column.key), wanted, mark))


def things(model: Any, ids: Sequence[int]) -> Iterator[Any]:
    for start in range(0, len(ids), AT_ONCE):
        yield from db.session.scalars(select(model).where(model.id.in_(ids[start : start + AT_ONCE])))


def empty(case: str) -> set[int]:
    """Take all words out of a case but those that stay; the numbers of the files that nothing points at any more."""
    files: set[int] = set()
    for texts in TEXTS.values():
        if texts.case is None or texts.stays or texts.outlives:
            continue
        for thing in things(texts.model, list(db.session.scalars(rows_of(texts).where(texts.case == case)))):
            if file_id := getattr(thing, "file_id", None):
                files.add(file_id)
                thing.file_id = None
            wipe(texts, thing)
    return files


def wipe(texts: Texts, thing: Any) -> None:
    if texts.goes_with_case:
        db.session.delete(thing)
        return
    for column in texts.columns:
        if isinstance(column.type, JSON):
            setattr(thing, column.key, None if column.nullable else [])
        else:
            setattr(thing, column.key, "")


def excerpt(words: str, terms: Sequence[str]) -> str:
    """What stands around the first that was found."""
    first = pattern(terms).search(words)
    if first is None:
        return words[: 2 * AROUND]
    start, end = max(0, first.start() - AROUND), first.end() + AROUND
    return ("…" if start else "") + words[start:end].strip() + ("…" if end < len(words) else "")
