"""People: who signs in, for whom they act, and where.

A *person* (`User`) acts for an *organisation* through a dated *membership*, and for the
Commissioner's office through a dated *appointment* (grants officer, assessor,
decision-maker …). A Community Safety Partnership is no legal body: the *hosting* says
which council receives its money, from when to when. *Standing* and *involvement* are
facts that packages above write and anyone may read.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from portal.core import jobs
    from portal.core.db import write
    from portal.core.holders import holds_person, holds_texts, keeps
    from portal.people import attempts, commands, holding, keeping, retention, signing_in, views
    from portal.people.signing_in.fresh import asks_again
    from portal.people.signing_in.limits import limit

    signing_in.init_app(app)
    app.register_blueprint(views.bp)
    limit(app, "people.ask", "letters_per_address")
    asks_again("people.recovery_codes", "people.reset_second_factor", "people.disable", "people.open_again", "people.rights",
               "people.give_role", "people.end_role", "people.confirm_change", "people.invite_staff", "people.own_data",
               "people.copy", "people.correct", "people.erase", "people.carry_out")  # fmt: skip
    jobs.every_minute(lambda: write(attempts.forget_old))
    jobs.every_minute(lambda: write(keeping.forget_old))
    holds_texts(*holding.TEXTS)
    holds_person("people", holding.tell)
    keeps("people", retention.RULE)
    keeps("sign-ins", retention.SIGN_INS)
    views.register_places()
    commands.init_app(app)
