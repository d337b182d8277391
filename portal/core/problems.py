"""The errors that people can meet, each with its HTTP status and a sentence that says what to do."""

import logging
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from portal.core.logs import request_id

log = logging.getLogger(__name__)
KNOWN = {400, 403, 404, 409, 413, 429, 500, 503}
STANDALONE = {500, 503}  # their pages ask neither for the person nor for the office: both may be what is broken


class Problem(Exception):
    """Something a person can meet. Its text is shown to them."""

    status = 400


class Refused(Problem):
    """What was typed or asked for breaks a rule; nothing was changed."""

    status = 422

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class Incomplete(Refused):
    """Several things are missing: each a sentence and the address of the place to mend it."""

    def __init__(self, missing: list[tuple[str, str]]) -> None:
        super().__init__("Something is missing")
        self.missing = missing


class Forbidden(Problem):
    """The person may see this but not do it."""

    status = 403


class NotFound(Problem):
    """It does not exist, or not for this person; both look alike."""

    status = 404


class NotNow(Problem):
    """The stage or the time does not allow it."""

    status = 409


class Conflict(Problem):
    """Somebody else changed the same thing first."""

    status = 409


class Unavailable(Problem):
    """Something that we rely on does not answer, or is full. What was sent can be sent again."""

    status = 503


def init_app(app: Flask) -> None:
    app.register_error_handler(Problem, show_problem)
    app.register_error_handler(CSRFError, show_csrf)
    app.register_error_handler(SecurityError, show_wrong_host)
    app.register_error_handler(HTTPException, show_http)
    app.register_error_handler(OperationalError, show_unavailable)
    app.register_error_handler(Exception, show_failure)


def answer(status: int, message: str) -> Response:
    name = f"errors/{status if status in KNOWN else 400}.html"
    if status in STANDALONE:
        page = current_app.jinja_env.get_template(name).render(message=message, reference=request_id())
    else:
        largest_file_mb = current_app.extensions["settings"].max_upload_mb
        page = render_template(name, message=message, status=status, largest_file_mb=largest_file_mb, back=page_before())
    response = make_response(page, status)
    if request.headers.get("HX-Request"):
        response.headers["HX-Retarget"] = "body"  # a problem is a whole page, wherever it was met
    return response


def page_before() -> str:
    """The page of ours that the form was sent from, as far as the browser tells; empty when it does not."""
    there = urlsplit(request.referrer or "")
    return there.path if there.netloc == request.host and there.path.startswith("/") else ""


def show_problem(problem: Problem) -> Response:
    return ask_to_wait(str(problem)) if isinstance(problem, Unavailable) else answer(problem.status, str(problem))


def ask_to_wait(message: str) -> Response:
    """What was saved is safe, and the page says so."""
    response = answer(503, message)
    response.headers["Retry-After"] = "10"
    return response


def show_csrf(_error: CSRFError) -> Response:
    return answer(400, "This form was open for too long or came from another page. Go back, reload the page and send it again.")


def show_wrong_host(_error: SecurityError) -> Response:
    """No page of ours: every link on it would lead to the address that was claimed."""
    return Response("This is not the address of this service.\n", 400, mimetype="text/plain")


def show_http(error: HTTPException) -> Response:
    if error.response is not None or (error.code or 500) < 400:
        return error.get_response()  # type: ignore[return-value]
    response = answer(error.code or 500, "")
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def show_unavailable(error: OperationalError) -> Response:
    """The database does not answer, or cannot write."""
    log.error("database unavailable", exc_info=error)
    return ask_to_wait("")


def show_failure(_error: Exception) -> Response:
    """A fault of ours: logged under the number of the request, which the person can quote, and never shown."""
    log.exception("failure")
    return answer(500, "")
