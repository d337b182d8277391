"""Plans: what the Commissioner has promised, in themes, objectives and actions.

A *plan* is in force between two days, which may lie beyond what its title says. A *theme*
(or priority) has an aim and *objectives*, which bids serve, and coded *actions* whose
progress is read as red, amber or green with a *direction of travel*. A *mapping* leads from
an objective to the one that followed it. Nothing here knows of bids or awards.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    """Its pages combine it with awards, in `reporting`."""
    from portal.core.holders import holds_texts
    from portal.plan import holding

    holds_texts(*holding.TEXTS)
