"""Awards: what was decided, and what was agreed because of it.

A *decision* awards in full, in part, or declines, with the reasons and conditions that the
law asks for; its *notice* is published. An *award* is the offer and the agreement that
follow: its *funding* by source and year, its *budget lines*, its *measures* and its
*objectives*. Money is committed in the same write as the decision.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from portal.awards import actions, holding, retention, standing, views
    from portal.awards.models import Award
    from portal.core import jobs
    from portal.core.db import write
    from portal.core.holders import holds_organisations, holds_person, holds_texts, keeps
    from portal.people.actions import after_merging
    from portal.people.signing_in.fresh import asks_again

    app.register_blueprint(views.bp)
    jobs.every_minute(lambda: write(actions.lapse_overdue))
    jobs.every_minute(lambda: write(actions.remind_of_offers))
    asks_again("awards.decide", "awards.accept", "awards.go_live")
    holds_organisations("awards", Award.recipient_id, Award.partnership_id)
    after_merging(standing.count_awards)
    holds_texts(*holding.TEXTS)
    holds_person("awards", holding.tell, holding.stays)
    keeps("awards", retention.RULE)
    views.register_places()
