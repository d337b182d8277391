"""What plans hold of people: who owns an action, and what its readings say."""

from portal.core.holders import Texts
from portal.plan.models import Action, Reading

PUBLISHED = "plans and their readings are published papers"
TEXTS = (
    Texts("Plan actions", (Action.text, Action.owner), stays=PUBLISHED),
    Texts(
        "Readings of plan actions", (Reading.narrative, Reading.cause, Reading.mitigation, Reading.governance), stays=PUBLISHED
    ),
)
