"""What somebody wants to hear of, in words."""

from portal.publishing.finder import areas, kinds
from portal.publishing.models import Wishes


def in_words(wishes: Wishes) -> list[str]:
    """A line for each kind of limit; none where everything is wanted."""
    named = {"For": (kinds(), wishes.kinds), "In": (areas(), [str(number) for number in wishes.area_ids])}
    lines = {word: [label for value, label in choices if value in chosen] for word, (choices, chosen) in named.items()}
    return [f"{word}: {', '.join(labels)}" for word, labels in lines.items() if labels]
