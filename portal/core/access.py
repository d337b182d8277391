"""Doors: `@allow(policy, load=…)` says, once and on the view, who may use it and on what."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, current_app, g, redirect, request, url_for
from werkzeug.routing import IntegerConverter, Map, UnicodeConverter

from portal.core import audit
from portal.core.page import to_sign_in
from portal.core.problems import Forbidden, NotFound, NotNow

Policy = Callable[..., bool]
Loader = Callable[..., Any]


def anyone(user: Any = None, thing: Any = None) -> bool:
    """The public, signed in or not."""
    return True


def anyone_signed_in(user: Any, thing: Any = None) -> bool:
    return user is not None


def allow(
    policy: Policy, load: Loader | None = None, done: str | None = None
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Open the view to those whom `policy` admits, on what `load` finds for them.

    In this order: an anonymous person is sent to sign in; `load(user, **its part of the
    address)` finds the thing through what the person may see, else 404; `policy(user,
    thing)` says who, else 403; a move also asks for the stage, else 409. A move done
    before is answered with 303 to `done`, so that a repeated click meets its receipt.
    """
    takes = list(inspect.signature(load).parameters)[1:] if load else []

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def guarded(**args: Any) -> Any:
            user = g.get("user")
            if user is None and policy is not anyone:
                return to_sign_in()
            where = {name: args[name] for name in takes}
            rest = {name: value for name, value in args.items() if name not in takes}
            if load is None:
                check_who(policy, user)
                return view(**rest)
            if (thing := load(user, **where)) is None:
                raise NotFound("We cannot find that, or you do not have access to it.")
            check_who(policy, user, thing)
            receipt = url_for(done, **where) if done and request.method == "POST" else None
            return made_once(policy, thing, receipt, lambda: view(thing, **rest))

        guarded.policy = policy  # type: ignore[attr-defined]
        guarded.load = load  # type: ignore[attr-defined]
        return guarded

    return decorate


def made_once(policy: Policy, thing: Any, receipt: str | None, make: Callable[[], Any]) -> Any:
    """Make the move; or lead to its receipt when it has been made already, were it by the faster of two clicks."""
    try:
        check_stage(policy, thing)
        return make()
    except NotNow:
        if receipt is None or not policy.is_done(thing):  # type: ignore[attr-defined]
            raise
        return redirect(receipt, 303)


def check_who(policy: Policy, user: Any, *thing: Any) -> None:
    who = getattr(policy, "who", policy)
    if not who(user, *thing):
        audit.note_refusal(user, request.endpoint or "", *thing)
        raise Forbidden(getattr(who, "refusal", "You do not have permission to do this."))


def check_stage(policy: Policy, thing: Any) -> None:
    if (why_not := getattr(policy, "why_not_now", None)) and (sentence := why_not(thing)):
        raise NotNow(sentence)


def refusal(sentence: str) -> Callable[[Policy], Policy]:
    """Give a policy the sentence that a refused person reads: who can do it instead."""

    def decorate(policy: Policy) -> Policy:
        policy.refusal = sentence  # type: ignore[attr-defined]
        return policy

    return decorate


class RowNumber(IntegerConverter):
    """A number in an address is the id of a row; one too long for any finds nothing instead of failing."""

    def __init__(self, map: Map, **options: Any) -> None:  # noqa: A002 - the name that Werkzeug calls it by
        super().__init__(map, **{"max": 2**63 - 1, **options})


class Word(UnicodeConverter):
    """A part of an address. NUL belongs in none: PostgreSQL fails on it."""

    def __init__(self, map: Map, **options: Any) -> None:  # noqa: A002
        super().__init__(map, **options)
        self.regex = self.regex.replace("[^/]", r"[^/\x00]")


def init_app(app: Flask) -> None:
    app.url_map.converters |= {"int": RowNumber, "default": Word, "string": Word}
    app.before_request(refuse_unguarded)


def refuse_unguarded() -> None:
    """A view without `@allow` is never answered: forgetting it shuts the door instead of opening it."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is not None and not hasattr(view, "policy"):
        raise Forbidden("This page does not say who may use it.")
