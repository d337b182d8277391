"""Assessment: from the gate to a recommendation.

The *gate* is a list of checks that an officer confirms. *Assessors* are *assigned*, declare
whether they have an *interest*, and score each criterion with a *justification*; nobody sees
another's scores before all required ones are in. A wide *spread* is flagged. *Moderation*
agrees one score beside the originals. What comes out is a *recommendation*; deciding is for
`awards`. The arithmetic stands alone in scoring.py.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from portal.assessment import handing_over, holding, lists, scoring, views
    from portal.core.holders import holds_files, holds_person, holds_texts
    from portal.people.work import holds_work

    app.template_filter("percent")(scoring.show)
    app.register_blueprint(views.bp)
    holds_files("assessment", lists.may_read_file)
    holds_texts(*holding.TEXTS)
    holds_person("assessment", holding.tell)
    holds_work("assignment", handing_over.open_work, handing_over.give)
    views.register_places()
