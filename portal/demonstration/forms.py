"""Writes the forms of the demonstration from their documents, published."""

from typing import Any

from portal.core import clock
from portal.questions.documents import store


def write_form(document: dict[str, Any]) -> None:
    """One published version of a question set."""
    store(document).published_at = clock.now()
