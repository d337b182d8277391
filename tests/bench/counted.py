"""The portal as it is measured: each answer says in a header how many statements it took. Not part of the product."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from portal import create_app

HEADER = "X-Bench-Queries"
counting = threading.local()


@event.listens_for(Engine, "before_cursor_execute")
def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    if not statement.startswith("BEGIN"):
        counting.statements = getattr(counting, "statements", 0) + 1


def counted(wsgi: Any) -> Any:
    """Statements until the answer begins; what follows it (noting who was seen) is not waited for."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        counting.statements = 0

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, (HEADER, str(counting.statements))], *rest)

        result: Iterable[bytes] = wsgi(environ, start)
        return result

    return application


def app() -> Any:
    portal = create_app()
    portal.wsgi_app = counted(portal.wsgi_app)  # type: ignore[method-assign]
    return portal
