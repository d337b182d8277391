"""Bank holidays: the days that count as no working days, kept by an administrator."""

from flask import flash, g, redirect, url_for
from werkzeug.wrappers import Response

from portal.core import clock
from portal.core import holidays as kept
from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.funds import actions
from portal.funds.forms.running import HolidayForm
from portal.funds.views.blueprint import bp
from portal.funds.views.moves import carried_out
from portal.people.policy import is_administrator, is_staff


@bp.get("/holidays")
@allow(is_staff)
def holidays() -> Response:
    return holidays_page(HolidayForm(formdata=None))


def holidays_page(form: HolidayForm) -> Response:
    errors = form.error_list()
    return page("funds/holidays.html", holidays=kept.from_this_year(), form=form, errors=errors,
                may_change=is_administrator(g.user), status=422 if errors else 200)  # fmt: skip


@bp.post("/holidays/add")
@allow(is_administrator)
def add_holiday() -> Response:
    form = HolidayForm()
    if not carried_out(form, lambda: write(actions.add_holiday, form.on.data or clock.today(), form.name.data or "", by=g.user)):
        return holidays_page(form)
    flash("Added. Deadlines count with it from now on.")
    return redirect(url_for(".holidays"), 303)


@bp.post("/holidays/<int:holiday_id>/remove")
@allow(is_administrator, load=kept.by_id)
def remove_holiday(holiday: kept.BankHoliday) -> Response:
    write(actions.remove_holiday, holiday, by=g.user)
    flash("Removed.")
    return redirect(url_for(".holidays"), 303)
