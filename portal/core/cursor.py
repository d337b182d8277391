"""A place in a list, as an address carries it: the value that orders the list and the row's id."""

import base64
import binascii
import json
from datetime import UTC, date, datetime
from typing import Any

LARGEST_NUMBER = 2**63  # of an integer column


def token(row: Any) -> str:
    """The place of a row that begins with its id and the value it is sorted by."""
    value = row[1].isoformat() if isinstance(row[1], date) else row[1]
    return base64.urlsafe_b64encode(json.dumps([value, row[0]]).encode()).decode().rstrip("=")


def place_of(text: str | None, kind: type) -> tuple[Any, int] | None:
    """Read a place back. A damaged one is the first page, not an error."""
    if not text:
        return None
    try:
        value, number = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if issubclass(kind, datetime):
            value = datetime.fromisoformat(value).astimezone(UTC)
        elif issubclass(kind, date):
            value = date.fromisoformat(value)
        return (value, number) if can_be_stored(value, kind) and can_be_stored(number, int) else None
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
        return None


def can_be_stored(value: Any, kind: type) -> bool:
    """False for what no column holds: databases fail on NUL, on half a letter, and on numbers too long for them."""
    if kind is str and isinstance(value, str):
        return value == value.encode("utf-8", "ignore").decode().replace("\x00", "")
    if kind is int and type(value) is int:
        return abs(value) < LARGEST_NUMBER
    return kind not in (str, int) and isinstance(value, kind)
