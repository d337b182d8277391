"""The grants and commissioning portal: `create_app()` reads like a table of contents."""

from typing import Any

from flask import Flask

from portal import (
    applications,
    assessment,
    awards,
    cli,
    funds,
    monitoring,
    people,
    plan,
    publishing,
    questions,
    reporting,
)
from portal.config import Settings
from portal.core import (
    access,
    anchors,
    audit,
    clock,
    compression,
    db,
    files,
    forms,
    headers,
    jobs,
    logs,
    markdown,
    money,
    outbox,
    page,
    problems,
    room,
    static_files,
)
from portal.people import safety

KERNEL = (
    logs, db, room, clock, money, markdown, page, forms, access, audit, compression, headers, static_files, problems, files,
    outbox, jobs, anchors,
)  # fmt: skip
PACKAGES = (people, plan, questions, funds, applications, assessment, awards, monitoring, reporting, publishing)


def create_app(settings: Settings | None = None, **changes: Any) -> Flask:
    """Build the application; `changes` override single settings, as tests do."""
    settings = settings or Settings(**changes)
    app = Flask(
        __name__,
        root_path=str(settings.root),
        template_folder="templates",
        static_folder=None,
        instance_path=str(settings.instance),
    )
    app.config.from_mapping(settings.for_flask())
    app.extensions["settings"] = settings
    for part in (*KERNEL, *PACKAGES):
        part.init_app(app)
    cli.init_app(app)
    if settings.profile == "production":
        safety.refuse_demonstration(app)
    return app
