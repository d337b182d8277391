"""Walks through the portal as a person would: from the first page along every link, noting what was met on the way."""

import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask
from sqlalchemy import event
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from portal.core.db import db
from tests.client import Client
from tests.run import once, run_folder

LOOKS = {"event", "event_detail", "audit_head"}  # who looked at a restricted record is told beside the request
ASIDES = {"sign_in", *LOOKS}  # being seen is noted at most once a minute
KEPT = "public, max-age=60"
STARTS = ("/", "/desk", "/mail")
OFTEN = {"applications.show", "assessment.show", "monitoring.show", "reporting.grant"}  # their pages differ with the stage


@dataclass
class Form:
    """A form as it stands on a page: where it leads and the names of its fields with what is in them."""

    page: str
    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)

    @property
    def files(self) -> set[str]:
        return {name for name, kind in self.kinds.items() if kind == "file"}

    @property
    def shape(self) -> tuple[str, ...]:
        return tuple(sorted(self.fields))


class Reader(HTMLParser):
    """The links and forms of a page."""

    def __init__(self, page: str, text: str) -> None:
        super().__init__()
        self.page, self.links, self.forms = page, [], []  # type: ignore[var-annotated]
        self.form: Form | None = None
        self.select: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in found:
            self.links.append(urljoin(self.page, found["href"]).split("#")[0])
        elif tag == "form":
            self.form = Form(self.page, urljoin(self.page, found.get("action") or self.page), found.get("method", "get").lower())
            self.forms.append(self.form)
        elif self.form is not None and tag in ("input", "textarea", "select", "button") and found.get("name"):
            self.form.fields.setdefault(found["name"], []).append(found.get("value", ""))
            self.form.kinds[found["name"]] = found.get("type", tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None


@dataclass
class Walk:
    """Where somebody came: the endpoint of every address, the pages as they stood, their forms, and what was wrong."""

    visited: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    forms: dict[tuple[str, tuple[str, ...]], Form] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def kept_walk(app: Flask, browser_of: Callable[[Any], Client], who: Any, each: int = 1) -> Walk:
    """The walk of this person through a demonstration that nobody has changed yet: walked once in a run on each database.

    To be asked before anybody signs in, so that it meets no sign-in of the test.
    """
    kept = run_folder() / f"walk-{db.engine.dialect.name}-{first_name(who)}-{each}.pickle"
    with once(kept.name) as is_first:
        if is_first:
            kept.write_bytes(pickle.dumps(walk(app, browser_of(who), each)))
    met: Walk = pickle.loads(kept.read_bytes())
    return met


def walk(app: Flask, browser: Client, each: int = 1, starts: tuple[str, ...] = STARTS) -> Walk:
    """Follow every link, but no more than `each` addresses of one endpoint; more where each looks different."""
    met, waiting, times = Walk(), list(starts), Counter[str]()
    while waiting:
        address = waiting.pop(0)
        endpoint = endpoint_of(app, address)
        if endpoint is None or address in met.visited:
            continue
        if times[endpoint] >= each * (4 if endpoint in OFTEN else 1):
            continue
        times[endpoint] += 1
        met.visited[address] = endpoint
        page = visit(browser, address, met)
        if page is not None:
            waiting += page.links
            for form in page.forms:
                leads_to = endpoint_of(app, form.action, form.method) or form.action
                met.forms.setdefault((leads_to, form.shape), form)
    return met


def visit(browser: Client, address: str, met: Walk) -> Reader | None:
    """Look at one page; whatever is wrong with it is noted."""
    try:
        with changes() as changed:
            reply = browser.get(address)
    except AssertionError as fault:
        met.faults.append(str(fault))
        return None
    met.faults += [f"GET {address} wrote: {statement}" for statement in changed if table_of(statement) not in ASIDES]
    if reply.status_code in (302, 303, 308):
        return Reader(address, f'<a href="{reply.location}"></a>')
    if reply.status_code != 200:
        met.faults.append(f"GET {address} answered {reply.status_code}, though a page links to it")
    met.faults += headers_missing(address, reply)
    if reply.mimetype != "text/html":
        return None
    met.texts[address] = reply.text
    return Reader(address, reply.text)


def headers_missing(address: str, reply: TestResponse) -> Iterator[str]:
    """Only what a visitor without a session reads may be kept, and that for a minute."""
    kept = reply.headers.get("Cache-Control") == KEPT and reply.request.cookies == {}
    for name, value in (("X-Content-Type-Options", "nosniff"), ("Cache-Control", KEPT if kept else "no-store")):
        if reply.headers.get(name) != value and not address.startswith("/fs-static"):
            yield f"GET {address} has {name}: {reply.headers.get(name)}"
    if "default-src 'none'" not in reply.headers.get("Content-Security-Policy", ""):
        yield f"GET {address} has no content policy"


def first_name(who: Any) -> str:
    """How the tests call the people they are about."""
    return who.first_name if who else "nobody"


def endpoint_of(app: Flask, address: str, method: str = "get") -> str | None:
    """The endpoint behind an address of this site; None for all others."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith(("/static/", "/assets/")):
        return None
    try:
        return app.url_map.bind("localhost").match(parts.path, method=method.upper())[0]
    except HTTPException:
        return f"nothing at {parts.path}"


@contextmanager
def changes() -> Iterator[list[str]]:
    """The statements that change something, on any connection, while this runs."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.split(None, 1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}:
            seen.append(" ".join(statement.split())[:100])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def table_of(statement: str) -> str:
    words = statement.replace('"', "").split()
    return words[1] if words[0].upper() == "UPDATE" else words[2]
