"""Links in letters about alerts. Those that end them are signed and do not change, so that old letters serve too."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select

from portal.core.db import db
from portal.people.tokens import digest
from portal.publishing.models import AlertRequest, Subscriber


def signer() -> URLSafeSerializer:
    """Signs with the newest key and reads what earlier ones have signed."""
    settings = current_app.extensions["settings"]
    return URLSafeSerializer([*settings.secret_key_fallbacks[::-1], settings.secret_key], salt="stop alerts")


def stop_token(subscriber: Subscriber) -> str:
    """The row and the instant it was confirmed: a later row of the same number is another one's."""
    return str(signer().dumps([subscriber.id, subscriber.confirmed_at.isoformat()]))


def subscriber_with(token: str) -> Subscriber | None:
    try:
        number, confirmed_at = signer().loads(token.encode("utf-8", "ignore"))
    except BadSignature:
        return None
    found = db.session.get(Subscriber, number)
    return found if found is not None and found.confirmed_at.isoformat() == confirmed_at else None


def request_with(token: str) -> AlertRequest | None:
    """The wish that this secret confirms, while its link is open; confirmed ones too, as the receipt of a second click."""
    found = db.session.scalar(select(AlertRequest).where(AlertRequest.token_digest == digest(token)))
    return found if found is not None and not found.has_expired else None
