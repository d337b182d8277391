"""Which pages are worth looking at: those with a piece that nobody has looked at yet in this run."""

import json
import os
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

from tests.run import locked

WITHOUT_END = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "source", "wbr"}


def unseen(kind: str, pages: Mapping[str, set[str]]) -> list[str]:
    """The addresses that bring something new, by the pieces each is made of; with LONG=1 all of them."""
    if os.environ.get("LONG"):
        return list(pages)
    with locked(f"seen-{kind}") as kept:
        seen = set(json.loads(kept.read() or "[]"))
        chosen = [address for address, made_of in pages.items() if is_news(made_of, seen)]
        kept.truncate(0)
        kept.write(json.dumps(sorted(seen)))
    return chosen


def is_news(made_of: set[str], seen: set[str]) -> bool:
    news = not made_of <= seen
    seen |= made_of
    return news


def pieces(text: str) -> set[str]:
    """Each element of a page as what it stands in, its classes and the names of its attributes; the words left out."""
    return set(Pieces(text))


class Pieces(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.above: list[str] = ["page"]
        self.found: list[str] = []
        self.feed(text)

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = f"{tag}.{given.get('class') or ''}.{given.get('type') or given.get('role') or ''}"
        self.found.append(f"{self.above[-1]} > {name} {' '.join(sorted(given))}")
        if tag not in WITHOUT_END:
            self.above.append(name)

    def handle_endtag(self, tag: str) -> None:
        while len(self.above) > 1 and tag not in WITHOUT_END:
            if self.above.pop().startswith(f"{tag}."):
                return
