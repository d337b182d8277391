"""A list over the table of the tests, with a column of every kind."""

from sqlalchemy import select

from portal.core import money
from portal.core.columns import Choice, Column
from portal.core.exports import Pounds
from portal.core.listing import Listing
from tests.core.rows import Colour, Row


class RowList(Listing):
    caption = "Rows"
    noun = ("row", "rows")
    entity = Row
    search = (Row.name, Row.owner)
    filters = (
        Choice("colour", "Colour", Row.colour, Colour),
        Choice("number", "Number", Row.number, lambda: [("1", "One"), ("2", "Two")]),
    )
    columns = (
        Column("Name", Row.name, sort=True),
        Column("Number", Row.number, sort=True, numeric=True),
        Column("Price", Row.pence, show=money.show, export=Pounds, sort=True),
        Column("Day", Row.on, sort=True),
        Column("Instant", Row.at, sort=True),
        Column("Colour", Row.colour),
    )
    more_columns = (Column("Owner", Row.owner),)
    default_sort = "name"
    size = 3

    def base(self):
        return select(Row)

    def url(self, values):
        return f"/stand-ins/rows/{values['id']}"
