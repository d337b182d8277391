"""Applications: one organisation's bid in one round of a fund.

A *bid* is what the applicant writes. Its *answers* belong to the round's questions, some of
which write its *core facts* (title, amount, dates, objectives: see facts.py). Its *stage*
says where it stands, from draft to the end (see workflow.py). What was submitted is kept as
a *snapshot*. Nothing here knows of scores or awards: those packages import this one.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from portal.applications import answers_workbook, holding, lists, retention, views
    from portal.applications.models import Application
    from portal.core import jobs
    from portal.core.db import write
    from portal.core.holders import holds_files, holds_organisations, holds_person, holds_texts, keeps

    app.register_blueprint(views.bp)
    follow_rounds()
    holds_files("applications", lists.may_read_file, lists.looks_at)
    holds_organisations("applications", Application.organisation_id, Application.accountable_body_id)
    holds_texts(*holding.TEXTS)
    holds_person("applications", holding.tell)
    keeps("applications", retention.RULE)
    jobs.every_minute(lambda: write(answers_workbook.forget_made))
    views.register_places()


def follow_rounds() -> None:
    """What moves of a round mean for its bids."""
    from portal.applications.actions import rounds
    from portal.funds.workflow import LIFE as ROUND

    for move, follower in (
        ("pause", rounds.tell_paused),
        ("resume", rounds.tell_resumed),
        ("extend", rounds.tell_extended),
        ("extend_for", rounds.tell_extended_one),
        ("close", rounds.tell_closed_early),
        ("answer", rounds.tell_answered),
        ("archive", rounds.require_all_over),
        ("set_pot", rounds.require_pot_lasts),
    ):
        ROUND.after(move, follower)
