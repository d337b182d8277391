"""Whether what people send can be saved just now: there is room on the disk, and the last write did not fail for want of it."""

import shutil

from flask import Flask, current_app, request
from werkzeug.wrappers import Response

from portal.core.db import AFTER_COMMIT

FAILED = "last_write_failed"


def has_room() -> bool:
    """More free than the setting says, on the disk of the instance folder."""
    settings = current_app.extensions["settings"]
    return shutil.disk_usage(settings.instance).free >= settings.least_free_mb * 2**20


def can_save() -> bool:
    """For pages: a reader is told before typing, not after."""
    return has_room() and not current_app.extensions.get(FAILED, False)


def note_failure(response: Response) -> Response:
    """What was sent could not be kept; true of this process until something could be again."""
    if request.method == "POST" and response.status_code == 503:
        current_app.extensions[FAILED] = True
    return response


def note_success() -> None:
    current_app.extensions[FAILED] = False


def init_app(app: Flask) -> None:
    app.after_request(note_failure)
    if note_success not in AFTER_COMMIT:
        AFTER_COMMIT.append(note_success)
    app.jinja_env.globals["can_save"] = can_save
