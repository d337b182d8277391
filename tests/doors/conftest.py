"""Doors are tried in a world of their own, which is filled once for the whole run."""

import pytest

from tests.conftest import made_worlds
from tests.doors.world import DOORS


@pytest.fixture(scope="session")
def worlds():
    return made_worlds(template=DOORS)
