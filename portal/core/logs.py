"""The log: JSON lines, one for each request and one for each trouble, and nothing in them that anybody typed."""

import json
import logging
import re
import secrets
import sys
from datetime import UTC, datetime
from time import perf_counter
from traceback import extract_tb
from typing import Any, TextIO

from flask import Flask, g, has_request_context, request, request_started
from sqlalchemy import inspect
from werkzeug.wrappers import Response

log = logging.getLogger(__name__)
OURS = "portal"
QUERY = re.compile(r"\?\S*")
MOST_CAUSES = 5
CODES = ("sqlite_errorname", "sqlstate", "smtp_code", "strerror")


class JsonLines(logging.Formatter):
    """One object a line, so that nothing can pretend to be another line."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), "logger": record.name, "message": words_of(record)}
        if has_request_context():
            line |= {"request": request_id(), "endpoint": request.endpoint}
        line |= getattr(record, "facts", {})
        if record.exc_info and (error := record.exc_info[1]):
            line["error"] = causes_of(error)
        return json.dumps(line, default=str)


def words_of(record: logging.LogRecord) -> str:
    """Our own words as they are; other libraries' without what they put in, which may be an address with its query."""
    return record.getMessage() if record.name.startswith(OURS) else QUERY.sub("", str(record.msg))


def causes_of(error: BaseException | None) -> list[dict[str, Any]]:
    """What failed and where, down to the first cause: kinds, codes and places. A message may quote what somebody typed."""
    causes: list[dict[str, Any]] = []
    while error is not None and len(causes) < MOST_CAUSES:
        trace = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in extract_tb(error.__traceback__)]
        causes.append({"kind": f"{type(error).__module__}.{type(error).__qualname__}", "code": code_of(error), "trace": trace})
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return causes


def code_of(error: BaseException) -> str | None:
    """The operating system's, the mail server's or the database's name for what is wrong."""
    code = next((found for name in CODES if (found := getattr(error, name, None))), None)
    if code is None and type(error).__module__ == "psycopg" and type(error).__name__ == "OperationalError":
        code = str(error).partition("\n")[0]  # no connection: says only which server did not answer
    return None if code is None else str(code)


def request_id() -> str:
    """The number of this request: in each of its lines, and on the page of an error for people to quote."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(4)
    return g.request_id


def begin(_app: Flask) -> None:
    g.began = perf_counter()


def note_request(response: Response) -> Response:
    """Who asked for what, how it was answered, and how long that took until its first byte."""
    user = g.get("user")
    facts = {
        "method": request.method,
        "status": response.status_code,
        "ms": round((perf_counter() - g.get("began", perf_counter())) * 1000, 1),
        "user": inspect(user).identity[0] if user is not None else None,  # asks the database nothing: it may be gone
    }
    if response.status_code < 400:  # found, so these are the names of our things and not just any words
        facts |= {name: value for name, value in (request.view_args or {}).items() if name == "ref" or isinstance(value, int)}
    log.info("request", extra={"facts": facts})
    return response


def handler(stream: TextIO) -> logging.Handler:
    lines = logging.StreamHandler(stream)
    lines.setFormatter(JsonLines())
    return lines


def write_to_stderr(level: str) -> None:
    """Our lines from `level` on, other libraries' warnings, and what gunicorn says from within this process."""
    root = logging.getLogger()
    if not any(isinstance(each.formatter, JsonLines) for each in root.handlers):
        root.addHandler(handler(sys.stderr))
    logging.getLogger(OURS).setLevel(level.upper())
    for each in logging.getLogger("gunicorn.error").handlers:
        each.setFormatter(JsonLines())


def init_app(app: Flask) -> None:
    settings = app.extensions["settings"]
    request_started.connect(begin, app)
    app.after_request(note_request)
    if settings.profile != "test":
        write_to_stderr(settings.log_level or ("info" if settings.profile == "production" else "warning"))
