"""What machines ask: is it well, and whom to tell of a weakness."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core.access import allow, anyone
from portal.core.db import db
from portal.core.room import has_room
from portal.publishing.views.blueprint import bp

TEXT = "text/plain; charset=utf-8"
WELL_FOR = timedelta(days=180)


@bp.get("/healthz")
@allow(anyone)
def healthz() -> Response:
    """200 when the database answers and there is room to write, else 503. Asks for no sign-in and reads nothing of anybody."""
    try:
        db.session.execute(select(1))
    except SQLAlchemyError:
        return Response("The database does not answer.\n", status=503, content_type=TEXT)
    if not has_room():
        return Response("The disk is almost full.\n", status=503, content_type=TEXT)
    return Response("Well.\n", content_type=TEXT)


@bp.get("/.well-known/security.txt")
@allow(anyone)
def security() -> Response:
    until = (clock.now() + WELL_FOR).strftime("%Y-%m-%dT00:00:00Z")
    address = current_app.extensions["settings"].office_email
    return Response(f"Contact: mailto:{address}\nExpires: {until}\nPreferred-Languages: en\n", content_type=TEXT)
