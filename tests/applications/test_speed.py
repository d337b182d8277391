"""How often the pages that people wait for ask the database; the time itself is measured in bench/."""

import pytest

from tests.applications.forms import HTMX, answer_url, key, section_url
from tests.cast import ADA
from tests.factories import a_complete_draft


@pytest.fixture
def bid(app):
    return a_complete_draft(ADA)


def asked(queries):
    return [statement for statement in queries if not statement.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]


@pytest.mark.parametrize(("address", "most"), [("", 12), ("/check", 13), ("/sections/contacts", 5), ("/sections/money", 6),
                                               ("/sections/safeguards", 7)])  # fmt: skip
def test_pages(as_user, bid, query_count, address, most):
    client = as_user(ADA)
    client.get(f"/applications/{bid.ref}{address}")
    with query_count() as queries:
        client.get(f"/applications/{bid.ref}{address}")
    assert len(asked(queries)) <= most


@pytest.mark.parametrize(
    ("code", "column", "row", "text"),
    [("title", "", 0, "New"), ("requested", "", 0, "12"), ("where", "", 0, "parts"), ("budget", "from_grant", 1, "99")],
)
def test_an_autosave(as_user, bid, query_count, code, column, row, text):
    client = as_user(ADA)
    name, url = key(bid, code, column, row), answer_url(bid, code, column, row)
    headers = HTMX | {"HX-Target": f"answer-{name}", "X-CSRFToken": client.csrf_token()}
    client.get(section_url(bid, "problem"))
    with query_count() as queries:
        reply = client.raw_post(url, data={f"answer-{name}": text, f"edition-{name}": "1"}, headers=headers)
    assert reply.status_code == 200
    assert len(asked(queries)) <= 8
