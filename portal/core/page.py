"""Answering with a page or one fragment of it: the only Python that knows htmx, besides `to_sign_in`."""

from collections.abc import Callable
from functools import cache, cached_property, lru_cache
from typing import Any
from urllib.parse import quote

from flask import Flask, current_app, g, make_response, redirect, render_template, request, url_for
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader, Template
from jinja2.environment import TemplateModule, create_cache
from jinja2.runtime import Context
from jinja2_fragments.flask import render_block
from werkzeug.wrappers import Response

PLACEHOLDER = "~here~"
BEFORE_SIGN_IN: list[Callable[[], str | None]] = []  # may keep a form that was sent too late, and say where it belongs


def page(template: str, *fragments: str, status: int = 200, **context: Any) -> Response:
    """Answer with a whole page, or with the one fragment that htmx has asked for."""
    if (target := wanted_fragment()) in fragments:
        html = render_block(template, target, **context)
    else:
        html = render_template(template, **context)
    response = make_response(html, status)
    response.vary.update(["HX-Request", "HX-Target"])
    return response


def wanted_fragment() -> str | None:
    """The block that htmx wants: `answer-17` asks for block `answer`. None for a whole page or a history restore."""
    headers = request.headers
    if headers.get("HX-Request") != "true" or headers.get("HX-History-Restore-Request") == "true":
        return None
    return headers.get("HX-Target", "").split("-")[0] or None


def is_fragment_request() -> bool:
    return wanted_fragment() is not None


def to_sign_in() -> Response:
    """Send an anonymous person to sign in and back; htmx is told to move the whole page."""
    back = request.full_path.rstrip("?") if request.method == "GET" else kept()
    address = url_for("security.login", next=back)
    if request.headers.get("HX-Request"):
        return Response(status=401, headers={"HX-Redirect": address})
    return redirect(address, 303)


def kept() -> str | None:
    return next(filter(None, (keep() for keep in BEFORE_SIGN_IN)), None)


def address_of(endpoint: str, **names: str) -> str:
    """`url_for` for the rows of a list and what stands on every page; the names in the order of the address."""
    first, *others = pieces(endpoint, *names)
    return first + "".join(quote(name, safe="") + piece for name, piece in zip(names.values(), others, strict=True))


@cache
def pieces(endpoint: str, *names: str) -> list[str]:
    """An address around what it names; put together once, by whoever asks first."""
    return url_for(endpoint, _external=False, **dict.fromkeys(names, PLACEHOLDER)).split(PLACEHOLDER)


class Macros:
    """`ui.button(…)` in any template: every macro of `templates/ui/`, without an import."""

    def __getattr__(self, name: str) -> Any:
        found = all_macros(current_app._get_current_object())  # type: ignore[attr-defined]
        try:
            return found[name]
        except KeyError:
            raise AttributeError(f"no macro {name} in templates/ui/") from None


class SharedTemplate(Template):
    """A template whose macros are imported as one module for all pages.

    Jinja asks at every import whether the page has globals that the macros lack, which takes longer than most macros.
    Here no page has its own: Flask hands them to the page as what it is rendered with.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


@lru_cache(maxsize=8)
def all_macros(app: Flask) -> dict[str, Any]:
    """Every public macro of `templates/ui/`, by name; compiled once."""
    env = app.jinja_env
    found: dict[str, Any] = {}
    for name in env.list_templates(filter_func=lambda name: name.startswith("ui/")):
        module = env.get_template(name).module
        found.update({key: value for key, value in vars(module).items() if not key.startswith("_")})
    return found


def init_app(app: Flask) -> None:
    app.ensure_sync = lambda func: func  # type: ignore[method-assign]  # none is a coroutine; Flask asks each each time
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.template_class = SharedTemplate
    app.jinja_env.cache = create_cache(-1)  # of all templates: keeping count of which were used last took longer than some pages
    app.jinja_loader = ChoiceLoader(
        [
            app.jinja_loader,  # type: ignore[list-item]
            PrefixLoader({name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}),
        ]
    )
    app.jinja_env.globals |= {"ui": Macros(), "address_of": address_of}
    app.context_processor(shared_context)


def shared_context() -> dict[str, Any]:
    """What every template may use: the office, the person, the way around."""
    settings = current_app.extensions["settings"]
    return {
        "office": settings.office,
        "demonstration": settings.is_demonstration,
        "second_factor_is_off": not settings.asks_second_factor,
        "user": g.get("user"),
        "navigation": navigation,
        "parts_of": parts_of,
    }


class Place:
    """An entry of the navigation: shown to those whom `rule` admits. `under`: of which other it is a part."""

    def __init__(self, label: str, endpoint: str, rule: Any, order: int, under: str) -> None:
        self.label, self.endpoint, self.rule, self.order, self.under = label, endpoint, rule, order, under

    @cached_property
    def url(self) -> str:
        """Asked for once: every page shows all of them."""
        return url_for(self.endpoint)

    @property
    def active(self) -> bool:
        """On its page and on those below it."""
        return f"{request.path.rstrip('/')}/".startswith(f"{self.url.rstrip('/')}/")


PLACES: list[Place] = []


def place(label: str, endpoint: str, rule: Any, order: int, under: str = "") -> None:
    """Let a package add its list to the navigation; registering twice changes nothing."""
    if all(known.endpoint != endpoint for known in PLACES):
        PLACES.append(Place(label, endpoint, rule, order, under))
        PLACES.sort(key=lambda known: known.order)


def navigation() -> list[Place]:
    user = g.get("user")
    return [known for known in PLACES if not known.under and known.rule(user)]


def parts_of(endpoint: str) -> list[tuple[str, str, bool]]:
    """An entry of the navigation and those under it, as tabs: label, address, whether it is this page."""
    user = g.get("user")
    parts = [known for known in PLACES if endpoint in (known.endpoint, known.under) and known.rule(user)]
    return [(known.label, known.url, request.endpoint == known.endpoint) for known in parts]
