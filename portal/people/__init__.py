"""People: who signs in, for whom they act, and where.

A *person* (`User`) acts for an *organisation* through a dated *membership*, and for the
Commissioner's office through a dated *appointment* (grants officer, assessor,
decision-maker …). A Community Safety Partnership is no legal body: the *hosting* says
which council receives its money, from when to when, and *partners* belong to it. An
organisation gives each *paper* (constitution, insurance …) once. Two that are one are
found by their *likeness* and become one by a *merge*. *Standing* and *involvement* are
facts that packages above write and anyone may read.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from portal.core import jobs
    from portal.core.db import write
    from portal.people import actions, attempts, commands, keeping, signing_in, views
    from portal.people.signing_in.fresh import asks_again
    from portal.people.signing_in.limits import limit

    signing_in.init_app(app)
    app.register_blueprint(views.bp)
    limit(app, "people.ask", "letters_per_address")
    for endpoint in ("people.work_return", "people.work_sign_in", "people.work_invitation"):
        limit(app, endpoint, "sign_ins_per_address", method="GET")  # each may ask the office's sign-in service
    for endpoint in ("sign_in_with_passkey", "confirm_passkey", "accept_with_passkey"):
        limit(app, f"people.{endpoint}", "sign_ins_per_address")
    asks_again("people.add_passkey", "people.remove_passkey", "people.recovery_codes", "people.reset_second_factor",
               "people.disable", "people.open_again", "people.rights", "people.give_role", "people.end_role",
               "people.confirm_change", "people.invite_staff", "people.disconnect", "people.own_data", "people.copy",
               "people.correct", "people.erase", "people.carry_out")  # fmt: skip
    jobs.every_minute(lambda: write(attempts.forget_old))
    jobs.every_minute(lambda: write(keeping.forget_old))
    jobs.every_minute(lambda: write(actions.remind_of_papers))
    views.register_places()
    commands.init_app(app)
    hold()


def hold() -> None:
    """Say what is held here: files, words of people, what bears their number, what points at organisations, and how long."""
    from portal.core.holders import holds_files, holds_organisations, holds_person, holds_texts, keeps
    from portal.people import holding, lists, retention

    holds_files("people", lists.may_read_file, lists.looks_at)
    holds_texts(*holding.TEXTS)
    holds_person("people", holding.tell)
    holds_organisations("people", *holding.OF_ORGANISATIONS)
    keeps("people", retention.RULE)
    keeps("sign-ins", retention.SIGN_INS)
