"""Two snapshots of the same form side by side: which answers were changed, and how."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Item = dict[str, Any]
Content = list[dict[str, Any]]
Pieces = list[tuple[str, bool]]  # a stretch of text, and whether the other one has it not
READ = ("shown", "rows", "tables", "files")  # what of an answer people read
MOST_WORDS = 3_000  # above it, word by word would take long: the whole texts stand side by side


@dataclass(frozen=True)
class Change:
    """One answer that reads otherwise. None where the question was not asked."""

    label: str
    before: Item | None
    after: Item | None

    @property
    def are_texts(self) -> bool:
        """True where both can be compared word by word."""
        return all(each is not None and set(READ).isdisjoint(set(each) - {"shown"}) for each in (self.before, self.after))

    @property
    def pieces(self) -> tuple[Pieces, Pieces]:
        """Both texts, in stretches of words that they share or do not."""
        old, new = words_of(self.before), words_of(self.after)
        if len(old) + len(new) > MOST_WORDS:
            return [("".join(old), True)], [("".join(new), True)]
        left: Pieces = []
        right: Pieces = []
        for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            left += [("".join(old[old_from:old_to]), kind != "equal")] if old_to > old_from else []
            right += [("".join(new[new_from:new_to]), kind != "equal")] if new_to > new_from else []
        return left, right


@dataclass(frozen=True)
class Comparison:
    """The changed answers by section, and how many read as they did."""

    sections: list[tuple[str, list[Change]]]
    unchanged: int


def compare(before: Content, after: Content) -> Comparison:
    """In the order of the form. Questions are known by their number in it: a bid keeps its form for good."""
    old = {item["question"]: item for section in before for item in section["items"]}
    new = {item["question"] for section in after for item in section["items"]}
    sections, unchanged = [], 0
    for place, section in enumerate(after):
        asked = [(old.get(item["question"]), item) for item in section["items"]]
        gone = [(item, None) for item in (before[place]["items"] if place < len(before) else []) if item["question"] not in new]
        changes = list(changed([*asked, *gone]))
        unchanged += len(asked) + len(gone) - len(changes)
        if changes:
            sections.append((section["section"], changes))
    return Comparison(sections, unchanged)


def changed(pairs: list[tuple[Item | None, Item | None]]) -> Iterator[Change]:
    for before, after in pairs:
        if read_of(before) != read_of(after):
            one = after or before or {}
            yield Change(f"{one['number']}. {one['label']}" if one["number"] else one["label"], before, after)


def read_of(item: Item | None) -> list[Any]:
    return [item.get(name) or None for name in READ] if item else [None] * len(READ)


def words_of(item: Item | None) -> list[str]:
    """Its words and what stands between them."""
    return re.findall(r"\S+|\s+", (item or {}).get("shown", ""))
