"""How the databases read long lists: through indexes and in the order of the page, never the whole table, never sorting it."""

import re

import pytest
from sqlalchemy import event

from portal.core.db import db
from portal.demonstration import bulk, reference
from tests.cast import ALEX, FINN, OMAR
from tests.conftest import made_worlds
from tests.databases import Template
from tests.source import expect_none

BIDS = 4000  # more than a thousand in every list, so that it is met in order; the plans at 10,000 are the same
LONG = ("application", "assignment", "award", "award_funding", "decision", "return", "answer", "event", "score")
LISTS = {  # address → what it lists, who looks, how it can be sorted and chosen
    "/applications/": ("application", OMAR, "changed reference stage=submitted fund=bulk-synthetic q=synthetic q=BULK1-0001"),
    "/assessment/": ("application", OMAR, "changed reference stage=in_assessment fund=bulk-synthetic q=synthetic"),
    "/awards/": ("award", OMAR, "reference awarded offered stage=live fund=bulk-synthetic rag=green q=synthetic"),
    "/awards/decisions/": ("decision", OMAR, "decision decided outcome=award notice=published q=synthetic"),
    "/returns/": ("return", OMAR, "reference due stage=accepted late=Overdue q=synthetic"),
    "/decisions": ("decision", None, "decision published q=synthetic"),
    "/history": ("event", ALEX, "when verb=award.accept kind=award who=omar about=BULK1-0001 from=2026-01-01"),
    "/reports/finance": ("award_funding", FINN, "award stage=live q=synthetic"),
}  # fmt: skip
ADDS_UP = re.compile(r"\b(count|sum)\(")  # counts stop at a thousand, sums are of every line
WHOLE_TABLE = {"sqlite": re.compile(r"^SCAN (\w+)$", re.MULTILINE), "postgresql": re.compile(r"Seq Scan on \"?(\w+)")}
SORTED = {"sqlite": "USE TEMP B-TREE FOR ORDER BY", "postgresql": re.compile(r"(->  |^)Sort\b", re.MULTILINE)}


def load() -> None:
    reference.load_reference()
    for _ in bulk.load(BIDS):
        pass


@pytest.fixture(scope="session")
def worlds():
    return made_worlds(template=Template("bulk", load))


def variants(words):
    """The list as it is, its last page, in every order; then as it is chosen or searched for."""
    orders = [word for word in words if "=" not in word]
    yield from ((wish, True) for wish in ("", "last=1"))
    yield from ((f"sort={sign}{order}{last}", True) for order in orders for sign in ("", "-") for last in ("", "&last=1"))
    yield from ((word, False) for word in words if "=" in word)


@pytest.fixture
def plans(app, as_user):
    """`plans("/awards/?q=x", OMAR)`: each query of the page with the steps in which the database answers it."""

    def explained(address, who):
        asked = []

        def note(_connection, _cursor, statement, parameters, *_rest):
            asked.append((statement, parameters))

        browser = as_user(who)
        browser.holds_to_standard = False
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            assert browser.get(address).status_code == 200
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        how = "EXPLAIN QUERY PLAN" if db.engine.dialect.name == "sqlite" else "EXPLAIN"
        with db.engine.connect() as connection:
            return {
                statement: "\n".join(str(row[-1]) for row in connection.exec_driver_sql(f"{how} {statement}", parameters))
                for statement, parameters in asked
                if statement.startswith("SELECT") and not ADDS_UP.search(statement)
            }

    return explained


@pytest.mark.parametrize("address", LISTS)
def test_a_long_list_is_read_through_its_indexes_in_its_order(app, plans, address):
    kind = db.engine.dialect.name
    if kind == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
    table, who, words = LISTS[address]
    slow = []
    for variant, is_whole in variants(words.split()):
        for statement, plan in plans(f"{address}?{variant}", who).items():
            lists_it = statement.startswith((f"SELECT {table}.id", f'SELECT "{table}".id'))
            if kind == "sqlite" or (is_whole and lists_it):  # PostgreSQL reads all of a table where half of it is asked for
                slow += [f"{variant}: all of {name}" for name in WHOLE_TABLE[kind].findall(plan) if name in LONG]
            if is_whole and lists_it and re.search(SORTED[kind], plan):
                slow.append(f"{variant}: sorted after reading all")
    expect_none(slow, f"give {address} an index that it can follow")
