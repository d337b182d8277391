"""Things to test with, made by the real actions: steps of the demonstration's story, and things at a stage already."""

from portal.demonstration import acts
from portal.demonstration.acts import *  # noqa: F403
from tests.kept import kept

globals().update({name: kept(getattr(acts, name)) for name in acts.__all__ if name.startswith(("a_", "an_"))})
