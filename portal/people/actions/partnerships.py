"""Who belongs to a partnership, and which legal body stands in for it, from when to when."""

from datetime import date

from sqlalchemy import select

from portal.core import clock
from portal.core.audit import EVERYONE, record
from portal.core.db import db
from portal.core.problems import Refused
from portal.people.models import Hosting, Organisation, Partner, User


def add_partner(partnership: Organisation, member: Organisation, from_on: date, *, by: User) -> Partner:
    check_is_partnership(partnership)
    if member.id == partnership.id:
        raise Refused("A partnership is no member of itself", "member")
    same = select(Partner.id).where(Partner.partnership_id == partnership.id, Partner.member_id == member.id)
    if db.session.scalar(same.where(Partner.to_on.is_(None) | (Partner.to_on >= from_on)).limit(1)):
        raise Refused(f"{member} is a member on that day already", "member")
    partner = Partner(partnership_id=partnership.id, member_id=member.id, from_on=from_on)
    db.session.add(partner)
    record("organisation.add_member", partnership, by=by, readers=EVERYONE, name=member.name, day=clock.read_day(from_on))
    return partner


def change_host(partnership: Organisation, host: Organisation, from_on: date, *, by: User) -> Hosting:
    """Another body receives the partnership's money from this day on. What was awarded before stays with the one before."""
    check_is_partnership(partnership)
    if not host.has_legal_form:
        raise Refused(f"{host} has no legal form of its own, so it cannot receive money for others", "host")
    hostings = db.session.scalars(
        select(Hosting).where(Hosting.partnership_id == partnership.id).order_by(Hosting.from_on).with_for_update(of=Hosting)
    ).all()
    last = hostings[-1] if hostings else None
    if last is not None and last.from_on >= from_on:
        raise Refused(f"{last.host} took over on {clock.read_day(last.from_on)}: choose a later day", "from_on")
    if last is not None and last.to_on is None and last.host_id == host.id:
        raise Refused(f"{host} is the host already", "host")
    if last is not None and (last.to_on is None or last.to_on >= from_on):
        last.to_on = from_on - clock.DAY
    hosting = Hosting(partnership_id=partnership.id, host_id=host.id, from_on=from_on)
    db.session.add(hosting)
    record("organisation.change_host", partnership, by=by, readers=EVERYONE, before=str(last or "none"), after=host.name,
           day=clock.read_day(from_on))  # fmt: skip
    return hosting


def check_is_partnership(organisation: Organisation) -> None:
    if not organisation.is_partnership:
        raise Refused("Only a Community Safety Partnership has members and a host.")
