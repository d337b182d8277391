"""The people of the tests: the cast of the demonstration, so that tests, seed and pages speak of the same ones."""

from portal.demonstration.cast import *  # noqa: F403
from portal.demonstration.cast import PASSWORD as PASSWORD
