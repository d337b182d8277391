"""The whole demonstration world, told once for each kind of database; every test here gets a copy."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from tests.conftest import Frozen, made_worlds
from tests.databases import COPIES, STORY, World


@pytest.fixture(scope="session")
def told_worlds() -> Callable[[str], World]:
    return made_worlds(template=STORY)


@pytest.fixture(params=COPIES)
def told(request: pytest.FixtureRequest, told_worlds: Callable[[str], World], frozen: Frozen) -> Iterator[Flask]:
    """The portal on a database that holds the demonstration, at the instant at which it was told."""
    with told_worlds(request.param).fresh() as app:
        yield app
