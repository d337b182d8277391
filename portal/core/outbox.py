"""E-mails: written with the change they tell of, sent later, once."""

import logging
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from flask import Flask, current_app, render_template
from flask_mailman import EmailMessage
from flask_mailman import Mail as Mailman
from sqlalchemy import Index, select
from sqlalchemy.orm import Mapped, mapped_column

from portal.core import clock
from portal.core.db import Base, db, write

log = logging.getLogger(__name__)
MOST_TRIES = 8
SECRET = {
    "people/invited",
    "people/verify",
    "people/reset",
    "people/new_address",
    "publishing/confirm",
}  # their links open doors: wiped once sent
WIPED = "This e-mail held a link that only its reader should have. It was removed when the e-mail was sent."


class Mail(Base):
    """One e-mail to one person, as it was written."""

    __tablename__ = "mail"
    __table_args__ = (Index("ix_mail_to_address_written_at", "to_address", "written_at"),)
    template: Mapped[str]
    to_name: Mapped[str]
    to_address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    case: Mapped[str] = mapped_column(default="", index=True)
    written_at: Mapped[datetime] = mapped_column(index=True)
    sent_at: Mapped[datetime | None] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    unsubscribe: Mapped[str] = mapped_column(default="")  # where one POST ends further letters of this kind (RFC 8058)


def send(
    template: str, *, to: Iterable[Any], case: str = "", unsubscribe: Callable[[Any], str] | None = None, **context: Any
) -> None:
    """Write `email/<template>.txt` to each person once. Its first line is the subject; the rest, after a blank line, the body.

    `unsubscribe(person)` is the address at which a mail program ends these letters for its reader with one click.
    """
    for person in {person.email: person for person in to}.values():
        text = render_template(f"email/{template}.txt", person=person, link=link, **context).strip()
        subject, _, body = text.partition("\n")
        db.session.add(Mail(template=template, to_name=person.name, to_address=person.email, subject=" ".join(subject.split()),
                            body=body.strip(), case=case, written_at=clock.now(),
                            unsubscribe=unsubscribe(person) if unsubscribe else ""))  # fmt: skip


def link(endpoint: str, **values: Any) -> str:
    """An address for an e-mail: the configured one, never the one the request claimed to have come to."""
    path = current_app.url_map.bind("").build(endpoint, values)
    return current_app.extensions["settings"].base_url.rstrip("/") + path


def deliver_waiting(limit: int = 100) -> int:
    """Send what waits; how many went. Without a mail server they stay, to be read in the outbox."""
    if not current_app.extensions["settings"].mail_server:
        return 0
    waiting = db.session.scalars(
        select(Mail.id).where(Mail.sent_at.is_(None), Mail.tries < MOST_TRIES).order_by(Mail.id).limit(limit)
    ).all()
    return sum(deliver(mail_id) for mail_id in waiting)


def deliver(mail_id: int) -> bool:
    """Claim one mail, send it, note that it went. A crash between the two sends at most one twice, never none."""
    mail = write(claim, mail_id)
    if mail is None:
        return False
    name = re.sub(r'[\s"\\]+', " ", mail.to_name)  # so that it can end neither its quotation nor its line
    message = EmailMessage(mail.subject, mail.body, to=[f'"{name}" <{mail.to_address}>'], headers=headers_of(mail))
    try:
        message.send()
    except Exception:  # whatever is wrong with this one, the next may go
        log.warning("mail %s did not go", mail_id, exc_info=True)
        return False
    write(note_sent, mail_id)
    return True


def headers_of(mail: Mail) -> dict[str, str]:
    """How a mail program may end these letters by itself: with a POST, because scanners open every link."""
    if not mail.unsubscribe:
        return {}
    return {"List-Unsubscribe": f"<{mail.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def claim(mail_id: int) -> Mail | None:
    mail = db.session.get(Mail, mail_id, with_for_update=True)
    if mail is None or mail.sent_at is not None or mail.tries >= MOST_TRIES:
        return None
    mail.tries += 1
    return mail


def note_sent(mail_id: int) -> None:
    mail = db.session.get(Mail, mail_id)
    if mail is not None:
        mail.sent_at = clock.now()
        mail.body = WIPED if mail.template in SECRET else mail.body


def init_app(app: Flask) -> None:
    settings = app.extensions["settings"]
    app.config.update(
        MAIL_BACKEND="smtp", MAIL_SERVER=settings.mail_server or "localhost", MAIL_PORT=settings.mail_port,
        MAIL_USE_TLS=bool(settings.mail_server), MAIL_DEFAULT_SENDER=settings.mail_from,
    )  # fmt: skip
    Mailman(app)
