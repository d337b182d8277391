"""Things to test with, made by the real actions: steps of the demonstration's story, and things at a stage already."""

from portal.demonstration import acts
from portal.demonstration.acts import *  # noqa: F403
from portal.demonstration.acts import ready
from tests.kept import kept

READY = {name: kept(getattr(acts, name)) for name in acts.__all__ if name.startswith(("a_", "an_"))}
vars(ready).update(READY)  # each begins with the one before
globals().update(READY)
