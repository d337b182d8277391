"""The list of rounds, as the office reads it."""

from typing import Any

from sqlalchemy import Select, select

from portal.core import clock
from portal.core.columns import Choice, Column
from portal.core.db import db
from portal.core.listing import Listing, Values
from portal.core.page import address_of
from portal.funds.models import Fund, Round, RoundKind, RoundStage
from portal.funds.policy import rounds_visible_to


def fund_options() -> list[tuple[str, str]]:
    return [(row.slug, row.name) for row in db.session.execute(select(Fund.slug, Fund.name).order_by(Fund.name))]


class RoundList(Listing):
    """Every round, from its first draft on."""

    caption = "Rounds"
    noun = ("round", "rounds")
    entity = Round
    search = (Round.code, Round.title)
    filters = (
        Choice("stage", "Stage", Round.stage, RoundStage),
        Choice("kind", "Kind", Round.kind, RoundKind),
        Choice("fund", "Fund", Fund.slug, fund_options),
    )
    columns = (
        Column("Code", Round.code, sort=True, short=True),
        Column("Round", Round.title, sort=True),
        Column("Fund", Fund.name),
        Column("Stage", Round.stage, short=True),
        Column("Opens", Round.opens_at, show=clock.read_moment),
        Column("Closes", Round.closes_at, show=clock.read_moment),
    )
    default_sort = "code"
    exports = ()

    def base(self) -> Select[Any]:
        return rounds_visible_to(self.user).join(Round.fund)

    def url(self, values: Values) -> str | None:
        return address_of("funds.show_round", code=values["code"])
