"""Asking about a round: anybody may, and everybody reads the same answer."""

from flask import flash, g, redirect, url_for
from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from portal.core.access import allow, anyone
from portal.core.db import write
from portal.core.forms import Filled, Form
from portal.core.page import page
from portal.core.problems import Refused
from portal.funds import actions
from portal.publishing.shop_window import Window, by_slug
from portal.publishing.views.blueprint import bp


class AskForm(Form):
    """A question about a round."""

    question = TextAreaField("What do you want to know?", widget=GovTextArea(), validators=[Filled("Write your question")])


@bp.route("/funds/<slug>/ask", methods=["GET", "POST"])
@allow(anyone, load=by_slug)
def ask(window: Window) -> Response:
    form, slug = AskForm(), window.fund.slug
    if form.validate_on_submit():
        try:
            write(actions.ask, window.round, form.question.data or "", by=g.user)
        except Refused as problem:
            form.refuse(str(problem), problem.field)
        else:
            flash("Thank you. We publish the answer on this page, for everybody.")
            return redirect(url_for(".fund", slug=slug, _anchor="questions-and-answers"), 303)
    errors = form.error_list()
    return page("publishing/ask.html", window=window, form=form, errors=errors, status=422 if errors else 200)
