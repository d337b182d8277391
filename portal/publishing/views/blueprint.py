"""The blueprint that the views of this package share, and how they answer with a public page."""

from typing import Any

from flask import Blueprint, request
from werkzeug.wrappers import Response

from portal.core.headers import keep_for_visitors
from portal.core.outbox import link
from portal.core.page import page

bp = Blueprint("publishing", __name__)


def public_page(template: str, *fragments: str, **context: Any) -> Response:
    """A page that is the same for every visitor: it may be kept for a minute, and says under which address it is known."""
    keep_for_visitors()
    return page(template, *fragments, canonical=link(str(request.endpoint), **(request.view_args or {})), **context)
