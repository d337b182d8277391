"""Addresses that only the tests of the kernel have: one for each thing that the kernel promises of every address."""

from flask import Blueprint, abort, flash, g, redirect, request, url_for
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField

from portal.core import problems
from portal.core.access import allow, anyone, anyone_signed_in
from portal.core.db import db, write
from portal.core.exports import as_csv, as_xlsx
from portal.core.forms import DateField, Filled, Form, MoneyField
from portal.core.page import page
from tests.core.lists import RowList
from tests.core.rows import LIFE, Row

bp = Blueprint("stand_ins", __name__, url_prefix="/stand-ins", template_folder="templates")
HURT = {}  # what goes wrong when somebody opens /stand-ins/hurt


class ThingForm(Form):
    name = StringField("What is its name?", widget=GovTextInput(), validators=[Filled("Enter a name")])
    price = MoneyField("What does it cost?")
    on = DateField("When?")


def by_id(user, row_id):
    """Rows named "hidden" are seen by their owner only."""
    row = db.session.get(Row, row_id)
    return row if row is not None and (row.name != "hidden" or row.owner == user.name) else None


def advance(row, name, by):
    LIFE.advance(row, name, by=by)


@bp.get("/open")
@allow(anyone)
def public():
    return page("stand_ins/thing.html", "results", rows=["one", "two"])


@bp.get("/private")
@allow(anyone_signed_in)
def private():
    return page("stand_ins/thing.html", "results", rows=[g.user.name])


@bp.get("/rows/<int:row_id>")
@allow(anyone_signed_in, load=by_id)
def show(row):
    return page("stand_ins/thing.html", "results", rows=[row.name, row.stage])


@bp.post("/rows/<int:row_id>/send")
@allow(LIFE.may("send"), load=by_id, done="stand_ins.show")
def send(row):
    write(advance, row, "send", by=g.user)
    flash("Sent.")
    return redirect(url_for(".show", row_id=row.id), 303)


@bp.post("/rows/<int:row_id>/finish")
@allow(LIFE.may("finish"), load=by_id)
def finish(row):
    write(advance, row, "finish", by=g.user)
    return redirect(url_for(".show", row_id=row.id), 303)


@bp.route("/form", methods=["GET", "POST"])
@allow(anyone)
def form():
    typed = ThingForm()
    status = 200 if typed.validate_on_submit() or not typed.is_submitted() else 422
    return page("stand_ins/form.html", form=typed, errors=typed.error_list(), status=status)


@bp.get("/list")
@allow(anyone)
def listed():
    return page("stand_ins/list.html", "results", listing=RowList(request.args, g.user))


@bp.get("/list/export.<kind>")
@allow(anyone)
def export(kind):
    return {"csv": as_csv, "xlsx": as_xlsx}[kind](RowList(request.args, g.user), f"rows.{kind}")


@bp.get("/hurt")
@allow(anyone)
def hurt():
    return HURT["by"]()


@bp.get("/problem/<name>")
@allow(anyone)
def problem(name):
    if name.isdigit():
        abort(int(name))
    raise getattr(problems, name)("What to do instead.")


@bp.get("/unguarded")
def unguarded():
    return "never seen"
