"""What the tests of assessment share: a bid that is ready to be scored, and the form as a browser sends it."""

import pytest

from tests import factories
from tests.cast import TESS


@pytest.fixture
def tess(app):
    """An assignment that is ready to be scored."""
    return factories.declare(factories.assign(factories.an_admitted_bid(), TESS))
