"""Finding a fund: the rounds that anybody may read about, searched and chosen from, as cards under what they stand at."""

from collections.abc import Sequence
from datetime import date
from functools import cache, cached_property
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, literal, or_, select
from sqlalchemy.orm import contains_eager
from werkzeug.datastructures import MultiDict

from portal.core import clock, money
from portal.core.columns import Choice, Column
from portal.core.db import UtcDateTime, db
from portal.core.listing import MOST_COUNTED, Listing
from portal.core.planning import in_order
from portal.funds.lists import is_coming, is_current, is_over
from portal.funds.models import Fund, FundArea, FundObjective, Round
from portal.funds.policy import announced_rounds, takes_kind
from portal.people.models import Area, OrganisationKind
from portal.plan.models import Objective, Theme
from portal.publishing.shop_window import Standing, standing_of

FAR = clock.london(date(9999, 1, 1))
NEEDS = (100_000, 500_000, 1_000_000, 2_500_000, 10_000_000)  # pence: steps of what somebody needs


def takes(kind: str) -> ColumnElement[bool]:
    """Rounds in which an organisation of this kind may apply: by its kind, or because one is named."""
    return takes_kind(OrganisationKind(kind).value)


def gives(pence: str) -> ColumnElement[bool]:
    """Rounds in which one may ask for so much."""
    return or_(Round.cap_pence.is_(None), Round.cap_pence >= int(pence))


def serves(theme_id: str) -> ColumnElement[bool]:
    of_theme = select(FundObjective.fund_id).join(FundObjective.objective).where(Objective.theme_id == int(theme_id))
    return Round.fund_id.in_(of_theme)


def is_for(area_id: str) -> ColumnElement[bool]:
    """Rounds of funds for bodies of this area, or of any."""
    limited = select(FundArea.fund_id)
    return or_(Round.fund_id.not_in(limited), Round.fund_id.in_(limited.where(FundArea.area_id == int(area_id))))


def kinds() -> list[tuple[str, str]]:
    return [(kind.value, kind.label) for kind in OrganisationKind]


def areas() -> list[tuple[str, str]]:
    return [(str(row.id), row.name) for row in db.session.execute(select(Area.id, Area.name).order_by(Area.name))]


def needs() -> list[tuple[str, str]]:
    return [(str(pence), f"{money.show(pence).removesuffix('.00')} or more") for pence in NEEDS]


def themes() -> list[tuple[str, str]]:
    """Those that a fund serves which the public may read about, the present plan's first."""
    return [(str(row.id), row.title) for row in db.session.execute(asking_for_themes())]


@cache
def asking_for_themes() -> Select[int, str]:
    """Put together once: that takes longer than asking it."""
    public = announced_rounds().join(FundObjective, FundObjective.fund_id == Round.fund_id).join(FundObjective.objective)
    served = public.where(Objective.theme_id == Theme.id).exists()
    return select(Theme.id, Theme.title).where(served).order_by(Theme.plan_id.desc(), Theme.position)


class RoundList(Listing):
    """Rounds that stand alike. Subclasses say how, and what comes first."""

    caption = "Funds"
    noun = ("fund", "funds")
    entity = Round
    search_in = Fund
    filters = (
        Choice("who", "You are a", Round.accepts, kinds, where=takes),
        Choice("needs", "You need", Round.cap_pence, needs, where=gives),
        Choice("area", "Where you are", Fund.id, areas, where=is_for),
        Choice("theme", "What for", Fund.id, themes, where=serves),
    )
    exports = ()
    size = 10

    def standing(self) -> list[ColumnElement[bool]]:
        raise NotImplementedError(type(self).__name__)

    def base(self) -> Select[Any]:
        return announced_rounds().join(Round.fund).where(*self.standing())

    def seen(self) -> Select[Any]:
        """Only a search asks the fund."""
        return self.base() if self.q else announced_rounds().where(*self.standing())

    @property
    def sort(self) -> tuple[Column, bool]:
        """Always the same: what is to be done first stands first."""
        return self.columns[0], self.default_sort.startswith("-")

    def planned(self) -> Select[Any]:
        """Few rounds stand alike at one time, but for those that are over: they are found by their stage, then sorted."""
        return self.filtered(self.seen())

    @property
    def kept_names(self) -> set[str]:
        return super().kept_names | {"state"}

    @cached_property
    def rounds(self) -> Sequence[Round]:
        """Those of this page, with their funds."""
        ids = [row[0] for row in self.found[0]]
        found = select(Round).where(Round.id.in_(ids)).join(Round.fund).options(contains_eager(Round.fund))
        return sorted(db.session.scalars(found), key=lambda round_: ids.index(round_.id))


class OpenRounds(RoundList):
    """Those that take bids, or were paused: the first to close first."""

    columns = (Column("Closes", func.coalesce(Round.closes_at, literal(FAR, UtcDateTime())), sort=True),)
    default_sort = "closes"

    def standing(self) -> list[ColumnElement[bool]]:
        return is_current()


class ComingRounds(RoundList):
    """Those whose day is known: the next first."""

    columns = (Column("Opens", Round.opens_at, sort=True),)
    default_sort = "opens"

    def standing(self) -> list[ColumnElement[bool]]:
        return is_coming()


class ClosedRounds(RoundList):
    """Those that are over: the latest first. They grow in number, so many are met in the order of their index."""

    columns = (Column("Opened", Round.opens_at, sort=True),)
    default_sort = "-opened"

    def planned(self) -> Select[Any]:
        return in_order(super().planned()) if self.count > MOST_COUNTED else super().planned()

    def standing(self) -> list[ColumnElement[bool]]:
        return is_over()


NOTHING = {
    "open": "No fund is open now", "coming": "No round has been announced", "closed": "No round has closed yet",
}  # fmt: skip
STATES: dict[str, tuple[str, type[RoundList]]] = {
    "open": ("Open", OpenRounds), "coming": ("Coming", ComingRounds), "closed": ("Closed", ClosedRounds),
}  # fmt: skip


def number_of(ids: Select[Any]) -> ScalarSelect[int]:
    return select(func.count()).select_from(ids.subquery()).scalar_subquery()


class Finder:
    """The page of funds: one list for each state, of which one is shown and all are counted, in one query."""

    def __init__(self, args: MultiDict[str, str]) -> None:
        self.state = args.get("state", "") if args.get("state") in STATES else "open"
        self.lists = {name: kind(args, None) for name, (_, kind) in STATES.items()}
        for each in self.lists.values():
            each.choices = self.listing.choices  # their options are asked for once
        counts = select(*(number_of(each.ids(MOST_COUNTED + 1)) for each in self.lists.values()))
        for each, number in zip(self.lists.values(), db.session.execute(counts).one(), strict=True):
            each.known_count = number

    @property
    def listing(self) -> RoundList:
        return self.lists[self.state]

    @property
    def tabs(self) -> list[tuple[str, str, bool, str]]:
        """Label, address, whether it is shown, how many match there too."""
        return [
            (
                STATES[name][0],
                each.address(state=name),
                name == self.state,
                str(each.count) if each.count <= MOST_COUNTED else f"{MOST_COUNTED:,}+",
            )
            for name, each in self.lists.items()
        ]

    @property
    def cards(self) -> list[tuple[Round, Standing]]:
        return [(round_, standing_of(round_)) for round_ in self.listing.rounds]

    @property
    def nothing(self) -> str:
        return NOTHING[self.state]
