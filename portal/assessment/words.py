"""How several names read in a sentence."""

from collections.abc import Sequence


def together(names: Sequence[str]) -> str:
    """Tess; Tess and Uma; Tess, Uma and Vic."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
