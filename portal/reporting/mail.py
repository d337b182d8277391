"""E-mails as they were written: one's own; in the demonstration the administrator reads everybody's."""

from typing import Any

from flask import current_app, url_for
from sqlalchemy import Select, false, select

from portal.core.columns import Column
from portal.core.db import db
from portal.core.listing import Listing
from portal.core.outbox import Mail
from portal.people.models import OfficeRole, User


def visible_to(user: User | None) -> Select[Mail]:
    if user is None:
        return select(Mail).where(false())
    if current_app.extensions["settings"].is_demonstration and user.holds(OfficeRole.ADMINISTRATOR):
        return select(Mail)
    return select(Mail).where(Mail.to_address == user.email)


def by_id(user: User | None, mail_id: int) -> Mail | None:
    return db.session.scalar(visible_to(user).where(Mail.id == mail_id))


class MailList(Listing):
    """The e-mails this person may read, the latest first."""

    caption = "E-mails"
    noun = ("e-mail", "e-mails")
    entity = Mail
    search = (Mail.subject, Mail.to_name, Mail.case)
    columns = (
        Column("Subject", Mail.subject),
        Column("To", Mail.to_name),
        Column("About", Mail.case),
        Column("Written", Mail.written_at, sort=True),
    )
    default_sort = "-written"
    exports = ()

    def base(self) -> Select[Any]:
        return visible_to(self.user)

    def url(self, values: dict[str, Any]) -> str | None:
        return url_for("reporting.letter", mail_id=values["id"])
