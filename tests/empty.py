"""An empty database of either kind, and the portal on it: where migrations begin."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from tests.databases import PostgresCopies, World, use
from tests.run import run_folder


def empty_database(world: World, name: str) -> str:
    """The address of a database of this name that nothing has been written to yet."""
    copies = world.copies
    if not isinstance(copies, PostgresCopies):
        return f"sqlite:///{run_folder() / name}.db"
    copies.tell(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)", f"CREATE DATABASE {name}")
    return copies.address_of(name)


@contextmanager
def on_database(world: World, url: str) -> Iterator[Flask]:
    engine = use(world.app, url)
    try:
        with world.app.app_context():
            yield world.app
    finally:
        engine.dispose()
