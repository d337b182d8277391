"""The floors: a bare Flask answer, and a small page made of one row by its key. Served as the portal is."""

import os

from flask import Flask, render_template
from flask_sqlalchemy import SQLAlchemy
from jinja2 import DictLoader
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from tests.bench.counted import counted

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ row.name }}</title><link rel="stylesheet" href="/style.css"></head>
<body><header><a href="/">One row</a></header><main><h1>{{ row.name }}</h1>
<dl>{% for label, value in facts %}<dt class="key">{{ label }}</dt><dd class="value">{{ value }}</dd>{% endfor %}</dl>
<h2>Purpose</h2><p>{{ row.purpose }}</p><p>{{ row.summary }}</p>
<h2>Who can apply</h2><p>{{ row.who_can_apply }}</p><h2>How bids are judged</h2><p>{{ row.how_judged }}</p>
<p>This page stands for the least that a page of one row by its key can be with the same tools: a query, a template of some
two kilobytes, no signing in, no navigation, no list, no form and no check of who may read it. Every ratio in the table of
the bench is the time of a page divided by the time of this one, measured in the same rounds on the same server settings.
So a page at four has, beyond that, looked up who asks, asked the database three times more and written forty times as much.
</p></main><footer><a href="/privacy">Privacy</a></footer></body></html>"""


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)


class Row(Base):
    __tablename__ = "fund"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str]
    name: Mapped[str]
    purpose: Mapped[str]
    summary: Mapped[str]
    who_can_apply: Mapped[str]
    how_judged: Mapped[str]
    legal_basis: Mapped[str]
    contact: Mapped[str]


def app() -> Flask:
    flask = Flask(__name__)
    flask.config["SQLALCHEMY_DATABASE_URI"] = os.environ["PORTAL_DATABASE_URL"]
    flask.jinja_loader = DictLoader({"row.html": PAGE})
    db.init_app(flask)

    @flask.get("/hello")
    def hello() -> str:
        return "hello"

    @flask.get("/healthz")
    def healthz() -> str:
        return "ok"

    @flask.get("/row/<int:row_id>")
    def row(row_id: int) -> str:
        found = db.session.scalars(select(Row).where(Row.id == row_id)).one()
        facts = [("Address", found.slug), ("Legal basis", found.legal_basis), ("Contact", found.contact)]
        return render_template("row.html", row=found, facts=facts)

    flask.wsgi_app = counted(flask.wsgi_app)  # type: ignore[method-assign]
    return flask
