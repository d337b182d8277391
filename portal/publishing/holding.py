"""What publishing holds of people: the addresses that alerts go to."""

from collections.abc import Iterator

from sqlalchemy import select

from portal.core.db import db
from portal.core.holders import Part, Texts
from portal.people.models import User
from portal.publishing.models import AlertRequest, Subscriber

TEXTS = (  # an address is all there is: erased, the row goes with it
    Texts("Alerts by e-mail", (Subscriber.email,), never_reworded=True),
    Texts("Requests for alerts", (AlertRequest.email,), never_reworded=True),
)


def tell(person: User) -> Iterator[Part]:
    own = db.session.scalars(select(Subscriber).where(Subscriber.email == person.email.lower()))
    yield Part("E-mails about new rounds", [{"address": each.email, "confirmed": each.confirmed_at} for each in own])
