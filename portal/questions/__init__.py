"""Questions: forms as data, and what was answered. Serves bids and returns alike and knows of neither.

A *question set* has *versions*; a version has *sections* of *questions*, some of them
repeating *groups* of child questions. An *answer set* belongs to one version; an *answer*
is the raw text that was typed, the typed value where the text can be read as one, and a
version number, so that two people collide only on the same question. Saving never refuses;
only handing in does. `kinds/` holds one class for each type of question, `conditions.py`, `rules.py` and
`calculated.py` what looks across answers, `documents/` forms as JSON, and `builder/` the pages on which officers write them.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from portal.questions import commands, kinds
    from portal.questions.builder import views

    commands.init_app(app)
    app.register_blueprint(views.bp)
    views.register_places()
    app.jinja_env.globals["question_template"] = kinds.template_of
