"""Names of organisations as people mean them: the same under another spelling, or so like that somebody should look."""

import re
import unicodedata
from difflib import SequenceMatcher

NOISE = {"the", "of", "and", "for", "in", "ltd", "limited", "cic", "cio", "plc", "llp", "inc", "company", "co", "registered"}
SAME = {"saint": "st", "assoc": "association", "csp": "community safety partnership", "dc": "district council",
        "cc": "county council", "centre": "center"}  # fmt: skip
CLOSE = 0.82
MANY_IN_COMMON = 3


def fold(name: str) -> str:
    """A name without capitals, accents, punctuation, "the" and "Ltd": two that fold alike are one body, as a rule."""
    text = unicodedata.normalize("NFKD", name.casefold().replace("&", " and ").replace("'", "").replace("’", ""))
    plain = "".join(letter for letter in text if not unicodedata.combining(letter))
    words = [SAME.get(word, word) for word in re.findall(r"[^\W_]+", plain)]
    kept = [word for word in words if word not in NOISE]
    return " ".join(kept or words)


def are_alike(one: str, other: str) -> bool:
    """True for folded names that differ by a letter or two, by where words are parted, or by a word more.

    Only what they do not share is compared: "East … District Council" and "South … District Council" share most letters.
    """
    first, second = set(one.split()), set(other.split())
    common = first & second
    left, right = "".join(rest(one, common)), "".join(rest(other, common))
    if not left or not right:
        return left == right or len(common) >= MANY_IN_COMMON
    most = 2 * sum(min(left.count(letter), right.count(letter)) for letter in set(left)) / (len(left) + len(right))
    if most < CLOSE or digits(left) != digits(right):  # too few letters in common, whatever their order: most names end here
        return False
    return SequenceMatcher(None, left, right, autojunk=False).ratio() >= CLOSE


def rest(name: str, common: set[str]) -> list[str]:
    return [word for word in name.split() if word not in common]


def digits(text: str) -> list[str]:
    return re.findall(r"\d+", text)
