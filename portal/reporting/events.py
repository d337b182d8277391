"""The history of everything as lists: an auditor's search, and what one person did and had done to them."""

from collections.abc import Callable
from datetime import date, time, timedelta
from functools import cached_property
from operator import itemgetter
from typing import Any, ClassVar

from flask import url_for
from sqlalchemy import ColumnElement, Select, and_, false, func, select
from sqlalchemy.orm import aliased

from portal.core import clock, money
from portal.core.audit import Event, EventDetail, Reader
from portal.core.columns import Choice, Column
from portal.core.db import db
from portal.core.forms import clean
from portal.core.listing import Listing, Values
from portal.core.search import found, says
from portal.core.texts import mentions
from portal.people.models import AccountRequest, Invitation, SignIn, User
from portal.people.policy import conflicted_cases, reads_histories
from portal.reporting.history import SENTENCES, as_words

KINDS = {  # what events are about, by the names of the tables' classes
    "application": "Application", "assignment": "Assessment", "decision": "Decision", "award": "Grant", "return": "Return",
    "round": "Round", "user": "Person", "invitation": "Invitation", "accountrequest": "Request for an account",
    "rolechange": "Change of a grave role",
}  # fmt: skip
CONCERNED = aliased(User)
READ_BY_OFFICE = int(Reader.STAFF | Reader.AUDITOR)
MIDNIGHT = time(0)
# What an award in part lowered, each as its name, before and after.
CUT: dict[str, Callable[[Any], str]] = {"lines": money.show, "targets": str}
MOST_ACTORS = 50
TYPED = ("who", "about", "from", "until")


def visible_to(user: User | None) -> Select[Event]:
    """Administrators and auditors: all, but for cases in which they have an interest."""
    if user is None or not reads_histories(user):
        return select(Event).where(false())
    return select(Event).where(Event.case.not_in(conflicted_cases(user)))


def by_number(user: User | None, number: int) -> Event | None:
    return db.session.scalar(visible_to(user).where(Event.number == number))


def title_of(verb: str) -> str:
    """What a verb tells, without the words of the case: they stand beside it."""
    sentence = SENTENCES.get(verb, (verb, ""))[0]
    return " ".join("…" if part.startswith("{") else part for part in sentence.replace("}", "} ").replace("{", " {").split())


def words_of(facts: dict[str, Any] | None) -> str:
    if facts is None:
        return "Erased"
    return "; ".join(
        f"{name.replace('_', ' ')}: {fact_as_words(name, value)}" for name, value in facts.items() if value not in ("", None, [])
    )


def fact_as_words(name: str, value: Any) -> str:
    if (show := CUT.get(name)) and isinstance(value, list):
        return ", ".join(f"{what} from {show(before)} to {show(after)}" for what, before, after in value)
    return as_words(name, value)


TITLES = {verb: title_of(verb) for verb in SENTENCES}


class EventList(Listing):
    """All events, the latest first; each condition has an index in the order of time."""

    caption = "Events"
    noun = ("event", "events")
    entity = Event
    columns = (
        Column("Number", Event.number, short=True),
        Column("When", Event.at, sort=True),
        Column("Who", func.coalesce(User.name, "The portal")),
        Column("What happened", Event.verb, show=title_of, export=title_of),
        Column("About", func.coalesce(CONCERNED.name, Event.case)),
        Column("Words", EventDetail.facts, show=words_of, export=words_of),
    )
    more_columns = (
        Column("Reference", Event.case),
        Column("Verb", Event.verb),
        Column("Kind", Event.subject),
        Column("Digest", Event.digest),
    )
    filters: ClassVar[tuple[Choice, ...]] = (
        Choice("verb", "What happened", Event.verb, lambda: sorted(TITLES.items(), key=itemgetter(1))),
        Choice("kind", "About what", Event.subject, lambda: list(KINDS.items())),
    )  # fmt: skip
    search_in = EventDetail
    default_sort = "-when"
    exports: ClassVar[tuple[str, ...]] = ("csv",)

    def base(self) -> Select[Any]:
        return (
            self.seen()
            .outerjoin(User, User.id == Event.actor_id)
            .outerjoin(CONCERNED, and_(CONCERNED.id == Event.subject_id, Event.subject == "user"))
            .outerjoin(EventDetail, and_(EventDetail.event_id == Event.id, Event.readers.bitwise_and(READ_BY_OFFICE) != 0))
        )

    def seen(self) -> Select[Any]:
        return visible_to(self.user)

    def planned(self) -> Select[Any]:
        """In order, but for few words: whatever else is asked for has an index that begins with it and goes on by time."""
        return super().planned() if self.q else self.filtered()

    def url(self, values: Values) -> str | None:
        return url_for("reporting.event", number=values["number"])

    def searched(self, most_hits: int | None) -> ColumnElement[bool]:
        """By the words of events. Where many say them, each event is asked in the order of time until a page is full."""
        if self.finds_many and most_hits is None:
            words = aliased(EventDetail)
            said: ColumnElement[bool] = select(words.id).where(words.event_id == Event.id, says(words, self.q)).exists()
        else:
            said = Event.id.in_(select(EventDetail.event_id).where(found(EventDetail, self.q, most_hits)).correlate(None))
        return said & (Event.readers.bitwise_and(READ_BY_OFFICE) != 0)

    @cached_property
    def typed(self) -> dict[str, str]:
        return {name: clean(self.args.get(name))[:200] for name in TYPED}

    @property
    def is_filtered(self) -> bool:
        return super().is_filtered or any(self.typed.values())

    @property
    def kept_names(self) -> set[str]:
        return {*super().kept_names, *TYPED, "part"}

    @cached_property
    def chosen(self) -> list[ColumnElement[bool]]:
        chosen = [choice.condition(shown.value) for choice, shown in zip(self.filters, self.choices, strict=True) if shown.value]
        if self.typed["who"]:
            chosen.append(Event.actor_id.in_(actors_like(self.typed["who"])))
        if self.typed["about"]:
            chosen.append(Event.case.in_({self.typed["about"], self.typed["about"].upper()}))
        first, last = day_in(self.typed["from"]), day_in(self.typed["until"])
        if first is not None:
            chosen.append(Event.at >= clock.london(first, MIDNIGHT))
        if last is not None:
            chosen.append(Event.at < clock.london(last + timedelta(1), MIDNIGHT))
        return chosen


def day_in(text: str) -> date | None:
    """A day as the field sends it; anything else is no wish."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1990 <= day.year <= 2100 else None


def actors_like(text: str) -> list[int]:
    """Whose name or address is typed; told as numbers, so that the database meets their events by its index."""
    return list(
        db.session.scalars(select(User.id).where(mentions((User.name, User.email), [text])).order_by(User.id).limit(MOST_ACTORS))
    )


class DoneBy(EventList):
    """What one person did."""

    caption = "What they did"
    filters = ()
    exports = ()

    def __init__(self, args: Any, user: User, person: User) -> None:
        super().__init__(args, user)
        self.person = person

    def seen(self) -> Select[Any]:
        return super().seen().where(Event.actor_id == self.person.id)


class DoneTo(DoneBy):
    """What was done to one person's account, roles and rights, and how they came in."""

    caption = "What was done to them"

    def seen(self) -> Select[Any]:
        return EventList.seen(self).where(Event.case.in_(self.cases))

    @cached_property
    def cases(self) -> list[str]:
        """The file of the person, and those of the invitations and requests that they came in by."""
        found = [self.person.case]
        for kind, word in ((Invitation, "invitation"), (AccountRequest, "request")):
            ids = db.session.scalars(select(kind.id).where(kind.email == self.person.email.lower()).order_by(kind.id))
            found += [f"{word}-{number}" for number in ids]
        return found


class SignInList(Listing):
    """Where and when a person signed in."""

    caption = "Sign-ins"
    noun = ("sign-in", "sign-ins")
    entity = SignIn
    columns = (
        Column("Signed in", SignIn.began_at, sort=True),
        Column("Last used", SignIn.seen_at),
        Column("Ended", SignIn.ended_at),
        Column("Browser", SignIn.device, show=lambda device: SignIn(device=device).browser),
    )
    default_sort = "-signed_in"
    exports = ()

    def __init__(self, args: Any, user: User, person: User) -> None:
        super().__init__(args, user)
        self.person = person

    @property
    def kept_names(self) -> set[str]:
        return {*super().kept_names, "part"}

    def base(self) -> Select[Any]:
        return select(SignIn).where(SignIn.user_id == self.person.id)


PARTS: dict[str, tuple[str, type[DoneTo] | type[DoneBy] | type[SignInList]]] = {
    "told": ("What was done to them", DoneTo), "done": ("What they did", DoneBy), "sign-ins": ("Sign-ins", SignInList),
}  # fmt: skip
