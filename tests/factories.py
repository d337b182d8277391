"""Things to test with, made by the real actions: the steps of the demonstration's story, and things that are at a stage already."""

from portal.demonstration.acts import *  # noqa: F403
