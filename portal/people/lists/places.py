"""The list of areas."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from portal.core import clock
from portal.core.columns import Choice, Column
from portal.core.db import db
from portal.core.listing import Listing
from portal.people.models import Area
from portal.people.words import AreaKind

Within = aliased(Area)


class AreaList(Listing):
    """Every area that there is or was, by name."""

    caption = "Areas"
    noun = ("area", "areas")
    entity = Area
    search = (Area.name, Area.code)
    columns = (
        Column("Name", Area.name, sort=True),
        Column("Code", Area.code, sort=True),
        Column("Kind", Area.kind, show=lambda kind: AreaKind(kind).label),
        Column("Within", func.coalesce(Within.name, "")),
        Column("From", Area.from_on, show=clock.read_day),
        Column("To", Area.to_on, show=clock.read_day),
    )
    filters = (
        Choice("kind", "Kind", Area.kind, AreaKind),
        Choice("within", "Within", Within.code, lambda: holding_others(), where=lambda code: lies_in(code)),
    )
    default_sort = "name"

    def base(self) -> Select[Any]:
        return select(Area).outerjoin(Within, Within.id == Area.within_id)


def holding_others() -> list[tuple[str, str]]:
    found = select(Area.code, Area.name).where(Area.id.in_(select(Area.within_id))).order_by(Area.name)
    return [(code, name) for code, name in db.session.execute(found)]


def lies_in(code: str) -> ColumnElement[bool]:
    return Area.within_id.in_(select(Within.id).where(Within.code == code))


def areas_today() -> list[tuple[str, str]]:
    """The areas of today as options of a form, the larger ones first."""
    day = clock.today()
    found = select(Area).where(Area.to_on.is_(None) | (Area.to_on >= day), Area.from_on.is_(None) | (Area.from_on <= day))
    order = [kind.value for kind in reversed(AreaKind)]
    areas = sorted(db.session.scalars(found), key=lambda area: (order.index(area.kind), area.name))
    return [(str(area.id), f"{area.name} ({AreaKind(area.kind).label.lower()})") for area in areas]
