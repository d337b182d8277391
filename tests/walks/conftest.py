"""Walks begin in the whole demonstration, where there is a page in every state."""

import pytest

from tests.conftest import made_worlds
from tests.databases import STORY


@pytest.fixture(scope="session")
def worlds():
    return made_worlds(template=STORY)
