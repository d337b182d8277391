"""Money: what is typed is read exactly or refused; what is shown reads back as the same pence."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.core import money

AMOUNTS = some.integers(0, money.LARGEST_PENCE)


@given(AMOUNTS)
def test_what_is_shown_reads_back_as_the_same_pence(pence):
    assert money.parse(money.show(pence)) == pence
    assert money.parse(money.plain(pence)) == pence


@given(some.integers(-money.LARGEST_PENCE, -1))
def test_what_is_owed_has_its_sign_in_front(pence):
    assert money.show(pence) == f"-{money.show(-pence)}"
    assert float(money.plain(pence)) == pence / 100


@given(some.text(max_size=30))
def test_anything_typed_is_an_amount_or_refused(text):
    with suppress(ValueError):
        assert 0 <= money.parse(text) <= money.LARGEST_PENCE


@pytest.mark.parametrize(("typed", "pence"), [
    ("£12,500", 1_250_000), ("12500.5", 1_250_050), (" 0 ", 0), ("£ 1,450.00", 145_000), ("0.01", 1),
    ("1,000,000,000", money.LARGEST_PENCE),
])  # fmt: skip
def test_people_type_pounds_in_many_ways(typed, pence):
    assert money.parse(typed) == pence


@pytest.mark.parametrize("typed", ["", "-5", "1,45", "1.234", "1e3", "12 500", "£", "NaN", "٣", "1,000,000,000.01", "9" * 400])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValueError, match=r"^Enter a"):
        money.parse(typed)


def test_nothing_is_shown_for_no_amount():
    assert (money.show(None), money.plain(None)) == ("", "")
