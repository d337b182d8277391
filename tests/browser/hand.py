"""A person's hands in a browser: they open pages, fill in what the form asks, and press what they read."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Locator, Page, expect

Said = Mapping[tuple[int, int], tuple[Sequence[str], Any]]  # (question, row) → values, as `projects.typed` gives them


PATIENCE_MS = 20_000
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


class Hand:
    """One person in one browser."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        page.set_default_timeout(PATIENCE_MS)

    def open(self, path: str) -> None:
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.status < 400, f"{path} answered {answer.status}"

    def sign_in(self, person: Any, password: str) -> None:
        """As the form sends it, without the page being drawn for each of sixty people; some journeys type into it."""
        line, address = self.page.context.request, f"{self.address}/sign-in"
        token = TOKEN.search(line.get(address).text())
        assert token is not None
        form = {"email": person.email, "password": password, "csrf_token": token[1]}
        reply = line.post(address, form=form, max_redirects=0)
        assert reply.headers.get("location") == "/desk", f"{person.email} is not signed in: {reply.status}"

    def type_password(self, person: Any, password: str) -> None:
        self.open("/sign-in")
        self.write("email", person.email)
        self.write("password", password)
        self.press("Sign in")

    def reads(self, text: str, within: str = "body") -> None:
        expect(self.page.locator(within).first).to_contain_text(text)

    def press(self, name: str) -> None:
        """A button of the page, by the words on it."""
        with self.page.expect_navigation():
            self.page.get_by_role("main").get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address).split("#")[0]

    def is_at(self, path: str) -> None:
        """Fails with what the page complains of, where a form came back instead."""
        summary = self.page.locator(".govuk-error-summary")
        assert self.path == path, summary.inner_text() if summary.count() else self.path

    def write(self, name: str, *values: str) -> None:
        """Fill in the field of this name, whatever kind it is: text, a day in three boxes, a choice, ticks."""
        fields = self.page.locator(f'main [name="{name}"]:not([type="hidden"])')
        assert fields.count(), f"no field {name} on {self.path}"
        first = fields.first
        kind = first.get_attribute("type") or first.evaluate("field => field.tagName.toLowerCase()")
        if kind in ("radio", "checkbox"):
            for value in values:
                self.page.locator(f'main [name="{name}"][value="{value}"]').check()
        elif kind == "select":
            first.select_option(values[0])
        else:
            for field, value in zip(fields.all(), values, strict=False):
                field.fill(value)

    def answer(self, said: Said) -> None:
        """Fill in every question of this page that shows and that there is an answer for."""
        there = set(self.page.locator('main [name^="answer-"]').evaluate_all("fields => fields.map(field => field.name)"))
        for (question, row), (values, _) in sorted(said.items()):
            name = f"answer-{question}-{row}" if row else f"answer-{question}"
            if name in there and self.field(name).first.is_visible():
                self.write(name, *values)

    def field(self, name: str) -> Locator:
        return self.page.locator(f'main [name="{name}"]:not([type="hidden"])')
