"""A browser without a window: sends the form token by itself and holds every HTML answer to the standard."""

import hashlib
import secrets
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from portal.core import clock
from portal.core.db import db, write
from portal.people.models import SignIn, User
from tests import html


class Client(FlaskClient):
    """A test client whose requests are each on their own, as on a server."""

    holds_to_standard = True  # every HTML answer; a long walk may do without on the second database

    def open(self, *args: Any, **options: Any) -> TestResponse:
        """Ask. Afterwards the test's own session sees what the request has changed."""
        with self.application.app_context():  # else Flask lends the request the test's own `g`
            response = super().open(*args, **options | {"buffered": True})
        if has_app_context():
            db.session.rollback()
        if self.holds_to_standard:
            html.check(response)
        return response

    def post(self, *args: Any, **options: Any) -> TestResponse:
        """Send a form with its token, as the page would have."""
        headers = Headers(options.pop("headers", None))
        headers.setdefault("X-CSRFToken", self.csrf_token())
        return super().post(*args, headers=headers, **options)

    def raw_post(self, *args: Any, **options: Any) -> TestResponse:
        """Send exactly what is given, without a form token."""
        return super().post(*args, **options)

    def csrf_token(self) -> str:
        with self.application.app_context(), self.session_transaction() as session:
            raw = session.setdefault("csrf_token", secrets.token_hex(20))
        return URLSafeTimedSerializer(self.application.config["WTF_CSRF_SECRET_KEY"], salt="wtf-csrf-token").dumps(raw)

    def sign_in(self, user: User) -> None:
        """Be signed in without typing a password: hashing one takes longer than the rest of a test."""
        token = secrets.token_urlsafe(32)
        now = clock.now()
        row = SignIn(token_digest=hashlib.sha256(token.encode()).hexdigest(), user_id=user.id, began_at=now, seen_at=now)
        uniquifier = user.fs_uniquifier
        write(db.session.add, row)
        with self.application.app_context(), self.session_transaction() as session:
            session.update(_user_id=uniquifier, _fresh=True, fs_cc="set", fs_paa=now.timestamp(), sign_in=token)


class Trusting(Client):
    """The same where the pages have been held to the standard on the other database."""

    holds_to_standard = False
