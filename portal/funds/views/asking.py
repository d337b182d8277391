"""What the pages of a round's rules share: a form that is saved, refused, or found to be overtaken by a colleague."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import flash, g, redirect, request
from werkzeug.wrappers import Response

from portal.core.db import write
from portal.core.forms import Form
from portal.core.page import page
from portal.core.problems import NotFound, Refused
from portal.funds import actions
from portal.funds.models import Round
from portal.questions.posted import as_number

Row = Any
Shown = tuple[str, str, str]  # what it is, as a colleague saved it, as it was typed here


def row_of(rows: list[Any], row_id: int) -> Any:
    """A row of this round, or 404."""
    found = next((each for each in rows if each.id == row_id), None)
    if found is None:
        raise NotFound("This round has no such row. A colleague may have removed it.")
    return found


def ask(
    template: str, round_: Round, form: Any, save: Callable[..., Any], *things: Any, back: str, done: str, row: Row = None,
    stored: Mapping[str, Any] | None = None, edition_of: Callable[[], int] | None = None,
) -> Response:  # fmt: skip
    """Show the form; once it is filled in rightly, save it and go `back`. `stored` is what is there, as the form shows it."""
    actions.check_not_fixed(round_)
    overtaken: list[Shown] = []
    edition_of = edition_of or (lambda: row.edition if row else 0)
    if form.validate_on_submit():
        edition = {"edition": as_number(request.form.get("edition"))} if stored else {}
        try:
            write(save, *things, form.facts(), **edition, by=g.user)
        except actions.Overtaken as problem:
            form.refuse(str(problem))
            overtaken = differences(form, stored or {})
        except Refused as problem:
            form.refuse(str(problem), problem.field)
        else:
            flash(done)
            return redirect(back, 303)
    errors = form.error_list()
    return page(template, round=round_, form=form, row=row, back=back, overtaken=overtaken, errors=errors,
                edition=edition_of(), status=409 if overtaken else 422 if errors else 200)  # fmt: skip


def differences(form: Form, stored: Mapping[str, Any]) -> list[Shown]:
    """Field by field what a colleague has saved and what was typed; where both are the same, nothing of either."""
    found = []
    for field in form:
        if field.name in stored and (stored[field.name] or "") != (field.data or ""):
            found.append((field.label.text, shown(stored[field.name]), shown(field.data)))
    return found or [("Everything", "The same as you have typed", "")]


def shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str("" if value is None else value)
