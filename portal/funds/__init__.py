"""Funds: where the money comes from, what it is for, and the rounds in which it is bid for.

A *source* is money by financial year. A *fund* has a purpose and a *budget* for each year
and source; a *commitment* spends from a budget and never beyond its limit, whoever asks
at the same moment. A *round* opens and closes, and holds its cap, its questions, its
*criteria* and its *gate checks*. Nothing here knows of bids.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from portal.core import jobs
    from portal.core.db import write
    from portal.funds import actions, commands, views

    jobs.every_minute(lambda: write(actions.open_due))
    jobs.every_minute(lambda: write(actions.close_overdue))
    app.register_blueprint(views.bp)
    app.cli.add_command(commands.bank_holidays)
    views.register_places()
