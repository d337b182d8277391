"""Monitoring: what a grant must report, and what it reported.

A *return* is due after a period. Whoever prepares it answers a short form and gives the
*figures*: each measure against its target, each budget line against its spend, and how it
goes in red, amber or green with a reason. It is *certified* and submitted, *queried* where
the office asks, and accepted; then its readings stand on the award.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from portal.awards.workflow import LIFE as AWARD
    from portal.core import jobs
    from portal.core.db import write
    from portal.core.holders import holds_files, holds_person, holds_texts
    from portal.monitoring import actions, holding, lists, views
    from portal.people.actions import after_merging

    AWARD.after("accept", actions.schedule_returns)
    jobs.every_minute(lambda: write(actions.count_overdue))
    jobs.every_minute(lambda: write(actions.remind_of_returns))
    app.register_blueprint(views.bp)
    holds_files("monitoring", lists.may_read_file, lists.looks_at)
    after_merging(actions.recount_overdue)
    holds_texts(*holding.TEXTS)
    holds_person("monitoring", holding.tell)
    views.register_places()
