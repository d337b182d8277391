"""The sections of a draft: each a page with a form; who saves over somebody's newer words is shown both."""

from typing import Any

from flask import flash, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.db import write
from portal.core.page import page
from portal.core.problems import Conflict, Refused
from portal.funds import actions
from portal.funds import round_lists as lists
from portal.funds.forms.deciding import SECTIONS
from portal.funds.forms.running import BringForm
from portal.funds.forms.sections import SectionForm
from portal.funds.models import Round
from portal.funds.policy import may_check
from portal.funds.round_lists import round_by_code
from portal.funds.views.blueprint import bp

NAMES = ",".join(SECTIONS)


@bp.route(f"/rounds/<code>/<any({NAMES}):section>", methods=["GET", "POST"])
@allow(may_check, load=round_by_code)
def section(round_: Round, section: str) -> Response:
    form = SECTIONS[section].of(round_)
    if form.validate_on_submit():
        try:
            write(actions.save, round_, form.facts(), form.edition.data or 0, by=g.user)
        except Conflict:
            return overtaken(round_, section, form)
        except Refused as problem:
            form.refuse(str(problem), problem.field)
        else:
            return redirect(later(round_, section), 303)
    return section_page(round_, section, form)


def section_page(round_: Round, section: str, form: SectionForm, **more: Any) -> Response:
    errors = form.error_list()
    more.setdefault("status", 422 if errors else 200)
    return page("funds/section.html", round=round_, section=section, form=form, errors=errors, **more)


def overtaken(round_: Round, section: str, form: SectionForm) -> Response:
    """Both versions: what somebody else has saved, and what was typed, still in the form. Sending it again is a choice."""
    theirs = SECTIONS[section].shown(round_)
    yours = {name: form[name].data for name in theirs}
    both = [(form[name].label.text, told(theirs[name]), told(yours[name])) for name in theirs if theirs[name] != yours[name]]
    form.edition.data, form.edition.raw_data = round_.edition, None
    return section_page(round_, section, form, both=both, status=409)


def told(value: Any) -> str:
    """A value as a person reads it beside another one."""
    if isinstance(value, list):
        return "; ".join(str(each) for each in value) or "Nothing"
    return "Nothing" if value in (None, "") else str(getattr(value, "label", value))


def later(round_: Round, section: str) -> str:
    """The next section, or the round, as the button says."""
    following = [*SECTIONS][[*SECTIONS].index(section) + 1 :]
    if "next" in request.form and following:
        return url_for(".section", code=round_.code, section=following[0])
    flash("Saved.")
    return url_for(".show_round", code=round_.code)


@bp.route("/rounds/<code>/bring", methods=["GET", "POST"])
@allow(may_check, load=round_by_code)
def bring(round_: Round) -> Response:
    """Criteria, scale and checks from another round."""
    known = [each for each in lists.rounds_to_copy(round_.fund) if each.criteria and each.id != round_.id]
    form, code = BringForm().offer(known), round_.code
    if form.validate_on_submit():
        like = next(each for each in known if each.code == form.like.data)
        write(actions.bring, round_, like, by=g.user)
        flash("The criteria, the scale and the checks are copied.")
        return redirect(url_for(".show_round", code=code), 303)
    errors = form.error_list()
    return page("funds/bring.html", round=round_, form=form, errors=errors, status=422 if errors else 200)
