"""Funds: where the money comes from, what it is for, and the rounds in which it is bid for.

A *source* is money by financial year, of which no more can be allocated than it has. A *fund*
has a purpose and a *budget* for each year and source, changed by one person's *proposal* and
another's approval; several may share an *envelope*. A *commitment* spends from a budget and never beyond its limit, whoever asks
at the same moment. A *round* opens and closes, and holds its cap, its questions, its
*criteria* and its *gate checks*. A *scheme* turns points into what is recommended (schemes.py, pure);
the first bid handed in fixes it. Nothing here knows of bids.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from portal.core import jobs
    from portal.core.db import write
    from portal.core.holders import holds_files, holds_organisations, holds_texts
    from portal.funds import actions, commands, finding, forms_used, holding, judging, register, schemes, views
    from portal.funds.models import Extension, FundBody, RoundInvitation
    from portal.funds.workflow import LIFE
    from portal.people.signing_in.fresh import asks_again
    from portal.questions.builder.lists import uses_forms

    app.register_blueprint(views.bp)
    holds_files("funds", finding.may_read_file)
    holds_texts(*holding.TEXTS)
    holds_organisations("funds", FundBody.organisation_id, RoundInvitation.organisation_id, Extension.organisation_id)
    asks_again("funds.approve")
    uses_forms("funds", forms_used.rounds_using)
    views.register_places()
    LIFE.after("open", actions.tell_all_invited)
    app.template_filter("percent")(schemes.percent)
    app.template_filter("weighs")(judging.weighs)
    app.template_filter("in_law")(register.in_law)
    jobs.every_minute(lambda: write(actions.open_due))
    jobs.every_minute(lambda: write(actions.close_overdue))
    app.cli.add_command(commands.bank_holidays)
