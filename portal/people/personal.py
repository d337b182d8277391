"""One person's data: under which names they stand anywhere, and the copy of it that they or an officer may have."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from flask import render_template
from sqlalchemy import func, select

from portal.core import clock, texts
from portal.core.audit import Event, EventDetail
from portal.core.columns import as_text
from portal.core.db import db
from portal.core.holders import Part, told_of
from portal.people.holding import ACCOUNTS
from portal.people.models import EmailChange, User

ANOTHER = "[another person]"
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
RENAMED = ("account.change", "account.change_address", "account.correct")
LONG_ENOUGH = 5  # letters: a shorter name is a word of too many sentences


@dataclass(frozen=True)
class Terms:
    """What finds a person in texts. `shared` are names that another account bears too, so that they prove nothing."""

    names: tuple[str, ...]
    addresses: tuple[str, ...]
    phones: tuple[str, ...]
    shared: tuple[str, ...]

    @property
    def all(self) -> list[str]:
        return [*self.names, *self.addresses, *self.phones]


def terms_of(person: User) -> Terms:
    """The names, addresses and telephone numbers of this person, those of before included."""
    said = {person.name, person.email, *earlier(person)}
    moved = select(EmailChange.new_email).where(EmailChange.user_id == person.id, EmailChange.done_at.is_not(None))
    addresses = {each for each in said if "@" in each} | set(db.session.scalars(moved))
    names = {each for each in said - addresses if len(each) >= LONG_ENOUGH and " " in each}
    others = select(func.lower(User.name)).where(
        func.lower(User.name).in_([name.lower() for name in names]), User.id != person.id
    )
    borne = set(db.session.scalars(others))
    digits = re.sub(r"\D", "", person.phone)
    phones = {person.phone, digits} if len(digits) > LONG_ENOUGH else set()
    shared = {name for name in names if name.lower() in borne}
    return Terms(tuple(sorted(names - shared)), tuple(sorted(addresses)), tuple(sorted(phones)), tuple(sorted(shared)))


def earlier(person: User) -> Iterator[str]:
    """What the person was called before, as the history tells it."""
    told = select(EventDetail.facts).join(Event, Event.id == EventDetail.event_id)
    for facts in db.session.scalars(told.where(Event.case == person.case, Event.verb.in_(RENAMED))):
        yield from (str(facts[name]) for name in ("before", "after") if facts.get(name))


def copy_of(person: User, *, with_held_back: bool) -> bytes:
    """A ZIP of everything held about a person: pages to read and the same as JSON.

    What must first be read by somebody is named with its reason; for an officer it lies in files of its own.
    """
    parts = [*told_of(person), *mentioned(person)]
    given = [each for each in parts if not each.held_back]
    back = [each for each in parts if each.held_back]
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as zipped:
        for name, some in (("personal-data", given), *((("held-back", back),) if with_held_back else ())):
            zipped.writestr(f"{name}.html", page_of(person, name, some, back if name == "personal-data" else []))
            zipped.writestr(f"{name}.json", json.dumps({each.title: list(each.rows) for each in some}, default=str, indent=2))
    return packed.getvalue()


def page_of(person: User, name: str, parts: list[Part], held_back: list[Part]) -> str:
    listed = [(part, list(part.rows[0])) for part in parts if part.rows]
    empty = [part.title for part in parts if not part.rows]
    return render_template("people/personal_data.html", person=person, name=name, parts=listed, empty=empty, held_back=held_back,
                           made_at=clock.now(), told=as_text)  # fmt: skip


def mentioned(person: User) -> list[Part]:
    """Where else the person is named, place by place. Other people's names and addresses are taken out."""
    terms, hide = terms_of(person), hider_of(person)
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    held_back = {}
    for hit in texts.found(terms.all):
        if hit.texts.place not in (ACCOUNTS, "E-mails"):
            rows[hit.texts.place].append({"about": hit.case, "words": hide(hit.words)})
            held_back[hit.texts.place] = hit.texts.held_back
    return [Part(f"You are named in: {place.lower()}", found, held_back[place]) for place, found in rows.items()]


def hider_of(person: User) -> Any:
    """Takes the names and addresses of everybody else out of a text."""
    own = {term.lower() for term in terms_of(person).all} | {person.name.lower()}
    names = [name for name in db.session.scalars(select(User.name)) if name.lower() not in own and len(name) >= LONG_ENOUGH]
    others = texts.pattern(names)

    def hide(words: str) -> str:
        without = others.sub(ANOTHER, words)
        return ADDRESS.sub(lambda found: found[0] if found[0].lower() in own else ANOTHER, without)

    return hide
