"""Who may write forms."""

from typing import Any

from portal.core.access import refusal
from portal.people.models import User
from portal.people.policy import is_officer


@refusal("Only grants officers and the head of commissioning write forms. Ask one of them.")
def writes_forms(user: User | None, thing: Any = None) -> bool:
    return user is not None and is_officer(user, thing)
