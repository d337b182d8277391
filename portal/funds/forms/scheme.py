"""A round's scheme as an officer types it: the bands line by line, and what only some schemes ask for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.core.forms import clean, read_whole
from portal.funds.models import Round
from portal.funds.schemes import Band, Kind, Scheme
from portal.funds.soundness import disorder
from portal.funds.words import RECOMMENDS, SHORTLISTS, TIES

ROWS = 6  # bands that fit on the page
GROUP = re.compile(r"(\S.*?)\s*[:=]?\s+(\d{1,3})\s*%?")
Errors = list[tuple[str, str]]


@dataclass
class SchemeForm:
    """What was typed, field by field; `errors` say what is wrong, and where."""

    values: dict[str, str]
    errors: Errors = field(default_factory=list)

    @classmethod
    def of(cls, round_: Round) -> "SchemeForm":
        values = {
            "scheme": round_.scheme.value, "shortlist": round_.shortlist, "spread_points": str(round_.spread_points),
            "spread_percent": str(round_.spread_percent), "groups": groups_as_text(round_.groups),
            "threshold": "" if round_.threshold_percent is None else str(round_.threshold_percent),
        }  # fmt: skip
        for number, band in enumerate(round_.bands):
            values |= {f"band-name-{number}": band["name"], f"band-from-{number}": str(band["from_percent"]),
                       f"band-recommends-{number}": band["recommends"]}  # fmt: skip
        return cls(values | {f"tie-{number}": tie for number, tie in enumerate(round_.ties)})

    @classmethod
    def posted(cls, form: Mapping[str, str]) -> "SchemeForm":
        return cls({name: clean(form[name]) for name in form})

    def value(self, name: str) -> str:
        return self.values.get(name, "")

    def error(self, name: str) -> str | None:
        return next((text for text, href in self.errors if href == f"#{name}"), None)

    def refuse(self, name: str, text: str) -> None:
        self.errors.append((text, f"#{name}"))

    def facts(self, codes: set[str]) -> dict[str, Any]:
        """Column → what it is to hold; whole only while `errors` is empty."""
        kind = self.value("scheme")
        if kind not in set(Kind):
            self.refuse("scheme", "Choose a scheme")
        threshold = self.whole("threshold", 1, 100, "Enter a percentage from 1 to 100") if self.value("threshold") else None
        return {
            "scheme": Kind(kind) if kind in set(Kind) else None, "bands": self.bands(), "groups": self.groups(),
            "threshold_percent": threshold,
            "shortlist": self.value("shortlist") if self.value("shortlist") in SHORTLISTS else "2/3", "ties": self.ties(codes),
            "spread_points": self.whole("spread_points", 1, 20, "Enter from how many points on they should talk, like 2"),
            "spread_percent": self.whole("spread_percent", 1, 100, "Enter from how many percent on they should talk, like 15"),
        }  # fmt: skip

    def whole(self, name: str, least: int, most: int, sentence: str) -> int | None:
        try:
            number = read_whole(self.value(name))
        except ValueError:
            number = -1
        if not least <= number <= most:
            self.refuse(name, sentence)
            return None
        return number

    def bands(self) -> list[dict[str, Any]]:
        """Line by line, from the highest; an empty line is none."""
        found, lines = [], []
        for number in range(ROWS):
            name, start = self.value(f"band-name-{number}"), self.value(f"band-from-{number}")
            if not name and not start:
                continue
            if not name:
                self.refuse(f"band-name-{number}", "Name this band, like: Fund if the budget allows")
            percent = self.whole(f"band-from-{number}", 0, 100, f"Enter where “{name or 'this band'}” begins, from 0 to 100")
            recommends = self.value(f"band-recommends-{number}")
            found.append(Band(-1 if percent is None else percent, name, recommends if recommends in RECOMMENDS else "discuss"))
            lines.append(number)
        if all(band.from_percent >= 0 for band in found):
            for place, text in disorder(found):
                self.refuse(f"band-from-{lines[place]}", f"{text[0].upper()}{text[1:]}. Change where it begins")
        return [{"from_percent": band.from_percent, "name": band.name, "recommends": band.recommends} for band in found]

    def groups(self) -> list[dict[str, Any]]:
        """One in each line, with its weight."""
        found: list[dict[str, Any]] = []
        for line in filter(None, map(str.strip, self.value("groups").splitlines())):
            if (match := GROUP.fullmatch(line)) and 0 < int(match[2]) <= 100:
                found.append({"name": match[1], "weight": int(match[2])})
            else:
                self.refuse("groups", f"Write a name and a weight from 1 to 100, like “Strategic case 53”. This is not: {line}")
        total = sum(int(group["weight"]) for group in found)
        if self.value("scheme") == Kind.GROUPED and total != 100 and not self.error("groups"):
            self.refuse("groups", f"The groups add to {total} instead of 100")
        return found

    def ties(self, codes: set[str]) -> list[str]:
        """In the order in which they are asked, each once."""
        chosen = [self.value(f"tie-{number}") for number in range(4)]
        return list(dict.fromkeys(tie for tie in chosen if tie in codes or tie in TIES))


def groups_as_text(groups: list[dict[str, Any]]) -> str:
    return "\n".join(f"{group['name']} {group['weight']}" for group in groups)


def tie_options(round_: Round, scheme: Scheme) -> list[tuple[str, str]]:
    """What may tell two equal bids apart."""
    criteria = [(rule.code, f"More points on: {rule.name}") for rule in scheme.rules]
    known = {code for code, _ in criteria} | set(TIES)
    gone = [(tie, f"More points on “{tie}”, which this round does not have") for tie in round_.ties if tie not in known]
    return [("", "Nothing"), *criteria, *TIES.items(), *gone]
