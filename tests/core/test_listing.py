"""Lists: every row is met exactly once, whatever the order and the ties, and no address breaks them."""

from datetime import UTC, date, datetime
from itertools import chain
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy import delete
from werkzeug.datastructures import MultiDict

from portal.core import listing as kernel
from portal.core.columns import as_text
from portal.core.db import db, write
from tests.core.lists import RowList
from tests.core.rows import Colour, Row

NAMES = some.text(some.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=3)
ROWS = some.lists(
    some.fixed_dictionaries({
        "name": some.sampled_from(["", "a", "A", "é", "zz"]) | NAMES,
        "number": some.integers(-2, 2) | some.integers(-1000, 2**62),
        "pence": some.integers(0, 3) | some.integers(0, 10**11),
        "on": some.sampled_from([date(2026, 1, 1), date(2026, 1, 2)]),
        "at": some.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 2), timezones=some.just(UTC)),  # noqa: DTZ001
    }),
    max_size=14,
)  # fmt: skip
SORTS = [f"{sign}{column.key}" for column in RowList.columns if column.sort for sign in ("", "-")]


def fill(values):
    write(lambda: (db.session.execute(delete(Row)), db.session.add_all([Row(**each) for each in values])))


@pytest.fixture
def opened(app, rows, monkeypatch):
    """`opened("/rows?q=x")`: the list at this address."""
    monkeypatch.setattr(RowList, "path", "/rows")

    return lambda address="/rows": RowList(MultiDict(parse_qs(urlsplit(address).query)), None)


def ids(listed):
    return [row[0] for row in listed.found[0]]


def walked(opened, address, way):
    """The pages met by following one link to the end."""
    pages = []
    while address is not None:
        listed = opened(address)
        assert len(ids(listed)) <= listed.size
        pages.append(ids(listed))
        address = getattr(listed, way)
        assert len(pages) < 20, "the pager goes round in circles"
    return pages


@pytest.mark.parametrize("sort", SORTS)
@given(values=ROWS)
@settings(max_examples=15)
def test_paging_meets_every_row_once_in_order_forwards_and_backwards(opened, sort, values):
    fill(values)
    everything = [row[0] for rows in opened(f"/rows?sort={sort}").batches(db.session(), size=4) for row in rows]

    forwards = walked(opened, f"/rows?sort={sort}", "next_url")
    backwards = walked(opened, f"/rows?sort={sort}&last=1", "previous_url")

    assert len(everything) == len(values) == len(set(everything))
    assert [number for page in forwards for number in page] == everything
    assert [number for page in reversed(backwards) for number in page] == everything


def test_ties_are_broken_by_age(opened):
    fill([{"name": "same"}] * 5)
    up, down = ([*chain(*walked(opened, f"/rows?sort={sort}", "next_url"))] for sort in ("name", "-name"))
    assert up == sorted(up)
    assert down == up[::-1]


def test_the_pager_says_where_one_can_go(opened):
    fill([{"name": str(number)} for number in range(7)])
    first = opened()
    middle = opened(first.next_url)
    last = opened(first.last_url)

    def links(listed):
        return [way for way in ("first", "previous", "next", "last") if getattr(listed, f"{way}_url")]

    assert links(first) == ["next", "last"]
    assert links(middle) == ["first", "previous", "next", "last"]
    assert links(last) == ["first", "previous"]
    assert ids(opened(middle.previous_url)) == ids(first)


@pytest.mark.parametrize(
    "place", ["x", "%00", "W10", "WyJhIiwgMV0x", "bnVsbA", "WzEsIDFd", "eyJhIjogMX0", "WyJhIiwgdHJ1ZV0", "W1tdLCAxXQ", "~" * 3000]
)
@pytest.mark.parametrize("way", ["after", "before"])
def test_a_damaged_place_is_the_first_page(opened, place, way):
    fill([{"name": str(number)} for number in range(4)])
    assert ids(opened(f"/rows?{way}={place}")) == ids(opened())


@given(text=some.text(max_size=60), way=some.sampled_from(["after", "before", "sort", "q", "colour", "number", "last"]))
def test_whatever_stands_in_the_address_the_list_answers(app, rows, text, way):
    with app.test_request_context("/rows"):
        listed = RowList(MultiDict({way: text}), None)
        assert listed.body == ""
        assert listed.count_text == "0 rows"


@pytest.mark.parametrize(("q", "found"), [
    ("100%", ["100% sure"]), ("a_b", ["a_b"]), ("\\", ["back\\slash"]), ("%", ["100% sure"]), ("_", ["a_b"]),
    ("BACK", ["back\\slash"]), ("ada", ["axb"]), ("' OR 1=1 --", []), ("  axb ", ["axb"]), ("a\x00xb", ["axb"]),
])  # fmt: skip
def test_searching_is_literal_and_looks_in_every_named_column(opened, q, found):
    fill([{"name": "100% sure"}, {"name": "a_b"}, {"name": "axb", "owner": "Ada Khan"}, {"name": "back\\slash"}])
    with_q = RowList(MultiDict({"q": q}), None)
    assert [row[2] for row in with_q.found[0]] == found


def test_a_filter_takes_its_words_and_no_others(opened):
    fill([{"name": "r", "number": 1}, {"name": "g", "colour": Colour.GREEN, "number": 2}])

    assert [row[2] for row in opened("/rows?colour=green").found[0]] == ["g"]
    assert [row[2] for row in opened("/rows?number=1").found[0]] == ["r"]
    assert opened("/rows?colour=green&number=1").found[0] == []
    assert opened("/rows?colour=blue").count == 2
    assert not opened("/rows?colour=blue").is_filtered
    colour = opened("/rows?colour=green").choices[0]
    assert (colour.value, colour.options) == ("green", [("", "All"), ("red", "red"), ("green", "green")])


def test_every_link_keeps_what_was_searched_chosen_and_sorted_and_nothing_else(opened):
    fill([{"name": f"a {number}"} for number in range(7)])
    listed = opened("/rows?q=a&colour=red&sort=-number&colour=green&evil=1&after=")

    kept = "q=a&colour=red&sort=-number"
    assert listed.next_url.startswith(f"/rows?{kept}&after=")
    assert listed.last_url == f"/rows?{kept}&last=1"
    assert listed.csv_url == f"/rows/export.csv?{kept}"
    assert listed.xlsx_url == f"/rows/export.xlsx?{kept}"
    assert opened(listed.next_url).first_url == f"/rows?{kept}"
    assert listed.clear_url == "/rows"


def test_a_heading_sorts_and_turns_the_order_round(opened):
    name, number, *_ = RowList.columns
    assert opened().sort_url(name) == "/rows?sort=-name"
    assert opened("/rows?sort=-name").sort_url(name) == "/rows?sort=name"
    assert opened().sort_url(number) == "/rows?sort=number"
    assert (opened("/rows?sort=-name").sorted_by(name), opened().sorted_by(number)) == ("descending", None)
    assert opened("/rows?sort=owner").sort == opened().sort


def test_counts_stop_where_counting_gets_slow(opened, monkeypatch):
    fill([{}] * 3)
    assert opened().count_text == "3 rows"
    monkeypatch.setattr(kernel, "MOST_COUNTED", 2)
    assert opened().count_text == "More than 2 rows"
    fill([{}])
    assert opened().count_text == "1 row"


def test_the_number_of_queries_does_not_grow_with_the_rows(opened, query_count):
    needed = []
    for size in (1, 3):
        fill([{}] * size)
        with query_count() as queries:
            opened()
        needed.append(len(queries))
    assert needed[0] == needed[1] <= 3


@pytest.mark.parametrize(("value", "reads"), [
    (None, ""), (True, "Yes"), (False, "No"), (1234, "1,234"), (Colour.RED, "red"), (date(2026, 3, 9), "9 March 2026"),
    (datetime(2026, 6, 9, 10, tzinfo=UTC), "9 June 2026 at 11am"), ("text", "text"),
])  # fmt: skip
def test_values_read_as_people_write_them(value, reads):
    assert as_text(value) == reads


def test_a_page_of_a_list_and_its_fragment_hold_the_same_rows(as_user, opened):
    fill([{"name": "<b>bold</b>", "pence": 145_000}])
    browser = as_user(None)

    page = browser.get("/stand-ins/list?q=bold").text
    part = browser.get("/stand-ins/list?q=bold", headers={"HX-Request": "true", "HX-Target": "results"}).text

    assert "<html" not in part
    assert part.strip() in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in part
    assert "£1,450.00" in part
