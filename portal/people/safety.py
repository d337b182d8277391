"""What must not be in a real service: a password that everybody knows from the demonstration."""

from flask import Flask
from flask_security.utils import verify_password
from sqlalchemy import func, or_, select
from sqlalchemy.exc import OperationalError, ProgrammingError

from portal.core.db import db
from portal.people.models import User
from portal.people.passwords import DEMONSTRATION_PASSWORD

LOOKED_AT = 5  # hashes: each takes a quarter of a second


class Unsafe(Exception):
    """The service must not start like this; the text says why and what to do."""


def refuse_demonstration(app: Flask) -> None:
    """Refuse to serve people who could be entered with the demonstration's password.

    They share one hash, or have addresses of the demonstration. Whoever escapes this look still cannot sign in with it.
    """
    with app.app_context():
        try:
            found = [user for user in suspects() if verify_password(DEMONSTRATION_PASSWORD, user.password or "")]
        except (OperationalError, ProgrammingError):
            return  # no tables yet: this start makes them
        finally:
            db.session.remove()
            db.engine.dispose()  # the processes to come make connections of their own
    if found:
        raise Unsafe(
            f"The database holds the demonstration's people, such as {found[0].email}, whose password everybody knows. "
            "Start with an empty database: set PORTAL_DATABASE_URL or PORTAL_INSTANCE to a new place."
        )


def suspects() -> list[User]:
    shared = select(User.password).group_by(User.password).having(func.count() > 1)
    found = select(User).where(User.password.is_not(None), or_(User.password.in_(shared), User.email.like("%.example")))
    return list(db.session.scalars(found.order_by(User.id).limit(LOOKED_AT)))
