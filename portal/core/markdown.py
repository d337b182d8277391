"""Markdown that officers write, as HTML that can do no harm: few tags, no pictures, no scripts, no address but the web's."""

from functools import lru_cache

import nh3
from flask import Flask
from markdown_it import MarkdownIt
from markupsafe import Markup

LONGEST = 20_000
TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr", "code"}
PARSER = MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=256)
def to_html(text: str) -> Markup:
    """The text as HTML. Raw HTML in it is shown as it was typed; what is too long is cut."""
    made = PARSER.render(text[:LONGEST])
    clean = nh3.clean(made, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"https", "http", "mailto", "tel"})
    return Markup(clean)  # nosec B704


def init_app(app: Flask) -> None:
    app.template_filter("markdown")(to_html)
