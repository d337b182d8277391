"""Things to test with, made by the real actions: steps of the demonstration's story, and things at a stage already."""

from portal.demonstration.acts import *  # noqa: F403
