"""Every public page for search engines, with the day on which it last changed, where that is known."""

from collections.abc import Iterator
from datetime import datetime
from urllib.parse import quote

from sqlalchemy import select

from portal.awards.models import Decision
from portal.awards.policy import notices_visible_to
from portal.core.db import db
from portal.core.outbox import link
from portal.funds.models import Fund, Round
from portal.funds.policy import announced_rounds

STANDING = ("home", "funds", "alerts", "decisions", "contact", "privacy", "cookies", "accessibility")
MOST = 20_000  # of a kind: a site map may hold 50,000


def pages() -> Iterator[tuple[str, datetime | None]]:
    """Addresses, each once."""
    yield from ((link(f"publishing.{name}"), None) for name in STANDING)
    wanted = announced_rounds().with_only_columns(Round.id)
    moments = (Round.closed_at, Round.open_at, Round.checked_at)
    rounds = select(Fund.slug, Round.code, *moments).join(Fund).where(Round.id.in_(wanted)).order_by(Round.id).limit(MOST)
    funds, seen = link("publishing.funds"), set()
    for slug, code, *times in db.session.execute(rounds):
        fund = f"{funds}/{quote(slug)}"  # put together here: asking for each address takes as long as all the rest
        if slug not in seen:
            seen.add(slug)
            yield fund, None
        yield f"{fund}/rounds/{quote(code)}", max((time for time in times if time), default=None)
    notices = notices_visible_to(None).with_only_columns(Decision.ref, Decision.published_at)
    for ref, published_at in db.session.execute(notices.order_by(Decision.id.desc()).limit(MOST)):
        yield link("publishing.notice", ref=ref), published_at
