"""How the forms of this package are carried out, and what is shown when two people had one open."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect
from werkzeug.wrappers import Response

from portal.core.db import db
from portal.core.editions import Editing
from portal.core.forms import Form, carried_out
from portal.core.page import page
from portal.funds.actions.editing import Overtaken


def answered(
    form: Form, action: Callable[[], Any], template: str, done: Callable[[], tuple[str, str]], **context: Any
) -> Response:
    """Carry out what was sent and go where `done` says, with its words; else the form, with what is wrong on top."""
    if carried_out(form, action):
        words, address = done()
        flash(words)
        return redirect(address, 303)
    errors = form.error_list()
    return page(template, form=form, errors=errors, status=422 if errors else 200, **context)


def edited(form: Editing, action: Callable[[], Any], template: str, done: Callable[[], tuple[str, str]],
           thing: Any, theirs: Callable[[], Editing], **context: Any) -> Response:  # fmt: skip
    """The same for a thing that has editions: who comes second sees both versions, and saves again if theirs shall stand."""
    try:
        return answered(form, action, template, done, **context)
    except Overtaken:
        db.session.refresh(thing)
        differences = form.differences(theirs())
        form.stand_on(thing.edition)
        return page(template, form=form, errors=[], differences=differences, is_overtaken=True, status=409, **context)
