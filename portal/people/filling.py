"""Filling a form of a finished page with what was typed into it before: everything else of the page stays to the letter."""

from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Typed = dict[str, list[str]]
Attributes = list[tuple[str, str | None]]
LEFT_ALONE = {"submit", "button", "image", "file", "password", "reset"}


def fill(page: str, path: str, action: str, typed: Typed) -> str:
    """The page, with the form that is sent to `action` filled in."""
    filler = Filler(path, action, typed)
    filler.feed(page)
    filler.close()
    return "".join(filler.made)


class Filler(HTMLParser):
    """Copies what it reads, and changes the fields of one form on the way."""

    def __init__(self, path: str, action: str, typed: Typed) -> None:
        super().__init__(convert_charrefs=False)
        self.path, self.action = path, action
        self.typed = {name: list(values) for name, values in typed.items()}
        self.made: list[str] = []
        self.is_inside = self.is_in_text = False
        self.chosen: list[str] | None = None  # of the select that is open

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        found = dict(attrs)
        if tag == "form":
            leads_to = urlsplit(urljoin(self.path, found.get("action") or "")).path
            self.is_inside = leads_to == self.action and (found.get("method") or "").lower() == "post"
        if self.is_inside:
            attrs = self.filled(tag, attrs, found)
        self.made.append(self.get_starttag_text() or "" if attrs == list(found.items()) else as_tag(tag, attrs))
        name = found.get("name") or ""
        if self.is_inside and tag == "textarea" and name in self.typed:
            self.is_in_text = True
            self.made.append(escape(self.next_of(name)))

    handle_startendtag = handle_starttag

    def filled(self, tag: str, attrs: Attributes, found: dict[str, str | None]) -> Attributes:
        """The attributes of a field as they are when what was typed is in it."""
        name, kind = found.get("name") or "", (found.get("type") or "text").lower()
        if tag == "select":
            self.chosen = self.typed.get(name)
        if tag == "option" and self.chosen is not None:
            return marked(attrs, "selected", (found.get("value") or "") in self.chosen)
        if tag != "input" or kind in LEFT_ALONE or name == "csrf_token":
            return attrs
        if kind in ("checkbox", "radio"):
            return marked(attrs, "checked", (found.get("value") or "on") in self.typed.get(name, []))
        if name in self.typed:
            return [*((key, value) for key, value in attrs if key != "value"), ("value", self.next_of(name))]
        return attrs

    def next_of(self, name: str) -> str:
        """Fields of one name, such as the parts of a day, take their values in turn."""
        values = self.typed[name]
        return values.pop(0) if values else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.is_in_text = False
        if tag == "select":
            self.chosen = None
        if tag == "form":
            self.is_inside = False
        self.made.append(f"</{tag}>")

    def copy(self, text: str) -> None:
        if not self.is_in_text:  # what the page had in a box gives way to what was typed
            self.made.append(text)

    def handle_data(self, data: str) -> None:
        self.copy(data)

    def handle_entityref(self, name: str) -> None:
        self.copy(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.copy(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.copy(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.copy(f"<!{decl}>")


def marked(attrs: Attributes, word: str, is_so: bool) -> Attributes:
    rest = [(key, value) for key, value in attrs if key != word]
    return [*rest, (word, None)] if is_so else rest


def as_tag(tag: str, attrs: Attributes) -> str:
    parts = [key if value is None else f'{key}="{escape(value)}"' for key, value in attrs]
    return f"<{' '.join([tag, *parts])}>"
