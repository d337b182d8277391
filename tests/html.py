"""What every HTML answer must be: read without error by a strict HTML5 parser, labelled, and whole without scripts."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.test import TestResponse

CHANGING = re.compile(r'(nonce=|name="csrf_token"[^>]*value=)"[^"]+"')  # differs between two answers that are alike
LABELLED = ("select", "textarea", "input")
NEEDS_NO_LABEL = {"hidden", "submit", "button", "image", "reset"}
POINTING = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
SAFE_TYPES = {"text/html"}


def check(response: TestResponse) -> None:
    """Fail with every fault of an HTML answer and the address it came from."""
    if response.mimetype not in SAFE_TYPES or not response.data or 300 <= response.status_code < 400:
        return
    found = faults(CHANGING.sub(r'\1"…"', response.text))
    where = f"{response.request.method} {response.request.url} → {response.status_code}"
    assert not found, f"{where}\n  " + "\n  ".join(found)


@lru_cache(maxsize=4000)
def faults(text: str) -> tuple[str, ...]:
    """A sentence for each fault; a fragment is judged as the body of a page."""
    is_page = "<html" in text[:500].lower()
    whole = text if is_page else f'<!DOCTYPE html><html lang="en"><head><title>x</title></head><body>{text}</body></html>'
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(whole)
    elements = list(tree.iter())
    parents = {child: parent for parent in elements for child in parent}
    found = [*parse_errors(parser, whole), *doubled_ids(elements), *unlabelled(elements, parents)]
    found += [*inline_code(elements), *open_forms(elements), *scripted_only(elements, parents, is_page)]
    if is_page:
        found += [*page_frame(tree, elements), *pointing_nowhere(elements)]
    return tuple(found)


def parse_errors(parser: html5lib.HTMLParser, text: str) -> Iterator[str]:
    lines = text.splitlines()
    for (line, column), code, data in parser.errors:
        yield f"line {line}: {code} {data or ''} near {lines[line - 1][max(0, column - 60) : column + 20].strip()!r}"


def doubled_ids(elements: list[Element]) -> Iterator[str]:
    ids = Counter(element.get("id") for element in elements if element.get("id") is not None)
    yield from (f'id "{name}" stands {times} times' for name, times in ids.items() if times > 1 or not name)


def unlabelled(elements: list[Element], parents: dict[Element, Element]) -> Iterator[str]:
    """Every field has a label that a screen reader can find."""
    targets = {element.get("for") for element in elements if element.tag == "label"}
    for field in elements:
        if field.tag not in LABELLED or field.get("type", "").lower() in NEEDS_NO_LABEL:
            continue
        if field.get("aria-label") or field.get("aria-labelledby") or field.get("id") in targets:
            continue
        if not any(above.tag == "label" for above in ancestors(field, parents)):
            yield f"no label: {describe(field)}"


def page_frame(tree: Element, elements: list[Element]) -> Iterator[str]:
    headings = sum(element.tag == "h1" for element in elements)
    if headings != 1:
        yield f"{headings} <h1> instead of one"
    title = (tree.findtext(".//title") or "").strip()
    if not title.strip(" –"):
        yield "the <title> is empty"
    if title.startswith("–"):
        yield f"the <title> has no name of the page: {title!r}"


def pointing_nowhere(elements: list[Element]) -> Iterator[str]:
    ids = {element.get("id") for element in elements}
    for element in elements:
        for name in POINTING:
            for target in (element.get(name) or "").split():
                if target not in ids:
                    yield f"{describe(element)} points with {name} to #{target}, which is not there"


def inline_code(elements: list[Element]) -> Iterator[str]:
    """What the content security policy would stop."""
    for element in elements:
        if element.tag in ("script", "style") and not element.get("src") and not element.get("nonce"):
            yield f"inline <{element.tag}> without nonce"
        for name, value in element.attrib.items():
            if name == "style" or name.startswith(("on", "hx-on")):
                yield f"{describe(element)} has {name}="
            if name in ("href", "action", "src") and value.strip().lower().startswith("javascript:"):
                yield f"{describe(element)} leads to a script"


def open_forms(elements: list[Element]) -> Iterator[str]:
    """Every form that posts carries its token."""
    for form in elements:
        posts = form.tag == "form" and form.get("method", "").lower() == "post"
        if posts and not any(field.get("name") == "csrf_token" for field in form.iter("input")):
            yield f"{describe(form)} has no csrf_token: use ui.csrf()"


def scripted_only(elements: list[Element], parents: dict[Element, Element], is_page: bool) -> Iterator[str]:
    """htmx repeats what the element does without it: same address, same method. The form round a fragment is in its page."""
    for element in elements:
        for method in ("get", "post"):
            if (address := element.get(f"hx-{method}")) is None:
                continue
            plain = element.get({"a": "href", "button": "formaction"}.get(element.tag, "action"))
            if element.tag == "form" and element.get("method", "get").lower() != method:
                yield f"{describe(element)} has hx-{method} but another method"
            elif element.get("data-autosave") is not None:
                if is_page and not any(
                    above.tag == "form" and above.get("method") == "post" for above in ancestors(element, parents)
                ):
                    yield f"{describe(element)} saves by itself outside a form that posts"
            elif element.tag not in ("a", "form", "button") or (plain != address and (plain or element.tag != "form")):
                yield f"{describe(element)} does hx-{method} {address}, which it does not do without scripts"


def ancestors(element: Element, parents: dict[Element, Element]) -> Iterator[Element]:
    while (element := parents.get(element)) is not None:  # type: ignore[assignment]
        yield element


def describe(element: Element) -> str:
    shown = " ".join(
        f'{name}="{value[:40]}"' for name, value in element.attrib.items() if name in ("id", "name", "type", "href", "action")
    )
    return f"<{element.tag}{' ' if shown else ''}{shown}>"
