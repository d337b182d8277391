"""The list of rounds, as the office reads it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, literal

from portal.core import clock
from portal.core.columns import Choice, Column
from portal.core.db import UtcDateTime
from portal.core.listing import Listing, Values
from portal.core.page import Macros, address_of
from portal.funds.lists import fund_options
from portal.funds.models import Fund, Round, RoundKind, RoundStage
from portal.funds.policy import rounds_visible_to

ui = Macros()
FAR = clock.london(date(9999, 1, 1))  # drafts without a day stand first


def read_opening(at: datetime) -> str:
    return "Not yet" if at >= FAR else clock.read_moment(at)


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
        Column("Stage", Round.stage, show=lambda stage: ui.stage_tag(stage), short=True),
        Column("Opens", func.coalesce(Round.opens_at, literal(FAR, UtcDateTime())), show=read_opening, sort=True),
        Column("Closes", Round.closes_at, show=clock.read_moment),
    )
    default_sort = "-opens"
    exports = ()

    def base(self) -> Select[Any]:
        return rounds_visible_to(self.user).join(Round.fund)

    def url(self, values: Values) -> str | None:
        return address_of("funds.show_round", code=values["code"])
