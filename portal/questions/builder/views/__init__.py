"""Addresses of the form builder, under /commissioning/forms."""

from portal.core.page import place
from portal.questions.builder.views import library, publishing, reading, rules, writing
from portal.questions.builder.views.blueprint import bp
from portal.questions.policy import writes_forms

__all__ = ["bp", "library", "publishing", "reading", "register_places", "rules", "writing"]


def register_places() -> None:
    """The entry of the navigation that leads here."""
    place("Forms", "forms.index", writes_forms, 57)
