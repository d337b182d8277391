"""How the databases read long lists: through indexes and in the order of the page, never the whole table, never sorting it."""

import re

import pytest
from sqlalchemy import event

from portal.core.db import db
from portal.demonstration import bulk, reference
from tests.cast import FINN, OMAR
from tests.conftest import made_worlds
from tests.databases import Template

BIDS = 3000  # plans at 10,000 are the same, and take three times as long to come to
LONG = ("application", "assignment", "award", "award_funding", "decision", "return", "answer", "event", "score")
LISTS = {
    "/applications/": (OMAR, "changed", "reference", "stage=submitted", "stage=awarded", "fund=bulk-synthetic", "q=synthetic",
                       "q=BULK1-0001"),
    "/assessment/": (OMAR, "changed", "reference", "stage=in_assessment", "fund=bulk-synthetic", "q=synthetic"),
    "/awards/": (OMAR, "reference", "awarded", "offered", "stage=live", "fund=bulk-synthetic", "rag=green", "q=synthetic"),
    "/awards/decisions/": (OMAR, "decision", "decided", "outcome=award", "notice=published", "q=synthetic"),
    "/returns/": (OMAR, "reference", "due", "stage=accepted", "late=Overdue", "q=synthetic"),
    "/decisions": (None, "decision", "published", "q=synthetic"),
    "/reports/finance": (FINN, "award"),
}  # fmt: skip


def load() -> None:
    reference.load_reference()
    for _ in bulk.load(BIDS):
        pass


@pytest.fixture(scope="session")
def worlds():
    return made_worlds(template=Template("bulk", load))


def variants(words):
    """The list as it is, its last page, in every order, and as it is chosen or searched for."""
    yield from ("", "last=1")
    for word in words:
        yield from ([word] if "=" in word else [f"sort={word}", f"sort=-{word}", f"sort={word}&last=1"])


@pytest.fixture
def plans(app, as_user, is_sqlite):
    """`plans("/awards/?q=x", OMAR)`: each query of the page with the steps in which the database answers it."""

    def explained(address, who):
        asked = []

        def note(_connection, _cursor, statement, parameters, *_rest):
            if statement.startswith("SELECT"):
                asked.append((statement, parameters))

        browser = as_user(who)
        browser.holds_to_standard = False
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            assert browser.get(address).status_code == 200
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        explain = "EXPLAIN QUERY PLAN " if is_sqlite else "EXPLAIN "
        with db.engine.connect() as connection:
            return [(statement, [str(row[-1]) for row in connection.exec_driver_sql(explain + statement, parameters)])
                    for statement, parameters in asked]  # fmt: skip

    return explained


@pytest.mark.parametrize("address", LISTS)
def test_a_long_list_is_read_through_its_indexes(app, plans, is_sqlite, address):
    if not is_sqlite:
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
    who, *words = LISTS[address]
    for variant in variants(words):
        for statement, steps in plans(f"{address}?{variant}", who):
            text = "\n".join(steps)
            if re.search(r"SCAN (\w+)(?! USING)|TEMP B-TREE|Seq Scan|Sort", text):
                print(
                    "##",
                    address,
                    variant,
                    "|",
                    re.sub(r"\s+", " ", statement)[:100],
                    "…",
                    re.sub(r"\s+", " ", statement)[-200:],
                    "\n" + text,
                )
