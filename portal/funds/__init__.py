"""Funds: where the money comes from, what it is for, and the rounds in which it is bid for.

A *source* is money by financial year. A *fund* has a purpose and a *budget* for each year
and source; a *commitment* spends from a budget and never beyond its limit, whoever asks
at the same moment. A *round* opens and closes, and holds its cap, its questions, its
*criteria* and its *gate checks*. A *scheme* turns points into what is recommended (schemes.py, pure);
the first bid handed in fixes it. Nothing here knows of bids.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from portal.core import jobs
    from portal.core.db import write
    from portal.funds import actions, judging, schemes, views

    app.register_blueprint(views.bp)
    app.template_filter("percent")(schemes.percent)
    app.template_filter("weighs")(judging.weighs)
    jobs.every_minute(lambda: write(actions.close_overdue))
