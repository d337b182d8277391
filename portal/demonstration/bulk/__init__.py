"""Bulk: as many synthetic bids as are asked for, with all that belongs to them, to measure with and to try lists at their size.

They hang on a fund of their own (`ground`), are told as rows (`bid`, `grant`, `lives`) and chained as events (`chain`).
"""

from collections.abc import Iterator
from datetime import timedelta

from portal.core import clock
from portal.core.db import db, write
from portal.demonstration.bulk import ground
from portal.demonstration.bulk.bid import Bid
from portal.demonstration.bulk.chain import Chain
from portal.demonstration.bulk.ground import Ground
from portal.demonstration.bulk.lives import life_of
from portal.demonstration.bulk.rows import Rows

AT_ONCE = 5000  # bids in a transaction
FIRST, LAST = timedelta(days=880), timedelta(days=40)  # how long ago the first and the last bid were begun


def load(bids: int) -> Iterator[int]:
    """Add synthetic bids to a filled database; yields how many each transaction has added. Adding again goes on counting."""
    if bids:
        ground.prepare()
    for done in range(0, bids, AT_ONCE):
        yield write(add, done, min(AT_ONCE, bids - done), bids)


def add(done: int, count: int, bids: int) -> int:
    """One transaction: some of the bids, each begun a little later than the one before."""
    rows, chain, there = Rows(db.session()), Chain(), Ground()
    number = there.bids_before + 1
    for position in range(done, done + count):
        life = life_of(number)
        life(Bid(rows, chain, there, number, clock.now().replace(microsecond=0) - FIRST + (FIRST - LAST) * position / bids))
        number += 1
    rows.insert()
    chain.seal(db.session(), rows)
    rows.insert()
    there.settle()
    return count
