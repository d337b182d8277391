"""Publishing: what the public sees.

Funds that are open, coming and closed, how bids are judged and what came of them, a *guide* to print, the *news* of
rounds as a feed and as *alerts* by e-mail, decision notices, and the pages every service owes. A *subscriber* asked for
alerts and confirmed it from a letter; nobody needs an account for anything here, and no page sets a cookie but those
that hold a form.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from portal.core import jobs
    from portal.core.db import write
    from portal.core.holders import holds_person, holds_texts
    from portal.funds.workflow import LIFE
    from portal.people.signing_in.limits import limit
    from portal.publishing import actions, holding, views

    app.register_blueprint(views.bp)
    app.extensions["csrf"].exempt(views.alerts.stop_with_one_click)
    limit(app, "publishing.alerts", "letters_per_address")
    jobs.every_minute(lambda: write(actions.forget_unconfirmed))
    holds_texts(*holding.TEXTS)
    holds_person("publishing", holding.tell)
    LIFE.after("open", actions.tell_of)
    limit(app, "publishing.ask", "letters_per_address")
    views.register_places()
