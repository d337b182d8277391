"""What a database and a file store hold, to compare."""

import obstore
from sqlalchemy import inspect, select

from portal.core import files
from portal.core.db import Base, db


def everything() -> dict[str, list[str]]:
    """Every row of every table."""
    with db.engine.connect() as connection:
        rows = {name: [*map(str, connection.execute(select(table)))] for name, table in Base.metadata.tables.items()}
    return {name: sorted(some) for name, some in rows.items()}


def is_untouched() -> bool:
    return inspect(db.engine).get_table_names() == [] and not any(len(some) for some in obstore.list(files.store()))
