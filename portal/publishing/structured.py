"""Rounds in the words of schema.org, so that search engines show them as grants with their dates.

They stand in the page as a block of JSON-LD. Browsers never run a block of data, so the content policy has nothing to
stop; unlike microdata it does not tie what search engines read to how a page happens to be laid out.
"""

from typing import Any

from flask import current_app

from portal.core import money
from portal.core.outbox import link
from portal.publishing.shop_window import Standing, Window


def grant(window: Window) -> dict[str, Any]:
    """The round that the page speaks of, as a grant that can be applied for."""
    fund, round_ = window.fund, window.round
    office = current_app.extensions["settings"].office
    address = link("publishing.round_", slug=fund.slug, round_code=round_.code)
    said: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "MonetaryGrant", "@id": address, "url": address, "identifier": round_.code,
        "name": fund.name, "alternateName": round_.title, "description": fund.summary,
        "funder": {"@type": "GovernmentOrganization", "name": office["name"], "url": link("publishing.home")},
    }  # fmt: skip
    if round_.cap_pence:
        said["amount"] = {"@type": "MonetaryAmount", "currency": "GBP", "maxValue": money.plain(round_.cap_pence)}
    if window.standing in (Standing.OPEN, Standing.COMING):
        said["potentialAction"] = apply_action(window, address)
    return said


def apply_action(window: Window, address: str) -> dict[str, Any]:
    """From when to when one can apply, and where one begins."""
    begins, ends = window.round.opens_at, window.round.closes_at
    times = {"startTime": begins, "endTime": ends}
    return {"@type": "ApplyAction", "target": address} | {name: at.isoformat() for name, at in times.items() if at}
