"""Giving and ending roles of the office: never to oneself, and the gravest by two administrators."""

from datetime import date, timedelta

from sqlalchemy import select

from portal.core import clock, outbox
from portal.core.audit import OFFICE, record
from portal.core.constraints import explain
from portal.core.db import db
from portal.core.problems import NotNow, Refused
from portal.people.actions.sign_ins import end_all
from portal.people.lists import holders_of
from portal.people.models import Appointment, OfficeRole, RoleChange, System, User
from portal.people.words import GRAVE

ONESELF = "Nobody changes their own roles: ask another administrator."
LAST = "This is the last administrator. Give the role to somebody else first, or nobody could manage accounts any more."
explain(
    role_not_given_to_oneself=ONESELF,
    right_not_given_to_oneself="Nobody changes their own rights: ask another administrator of the organisation.",
    role_not_asked_for_oneself=ONESELF,
    second_administrator="Another administrator must answer this: not the one who asked, and not the one it is about.",
)


def give_role(
    user: User, role: OfficeRole, from_on: date, to_on: date | None, reason: str, *, by: User
) -> Appointment | RoleChange:
    """Give a role between two days, the last included; a grave one is only asked for, until a second administrator agrees."""
    check_not_oneself(user, by=by)
    check_days(from_on, to_on)
    if not user.active:
        raise Refused(f"The account of {user} is disabled. Open it again first.")
    if overlaps(user, role, from_on, to_on):
        raise Refused(f"{user} has the role {role.label.lower()} on some of these days already.", "role")
    if role in GRAVE:
        return ask(RoleChange(user_id=user.id, role=role, from_on=from_on, to_on=to_on, reason=reason), user, by=by)
    return appoint(user, role, from_on, to_on, reason, by=by)


def end_role(appointment: Appointment, on: date, reason: str, *, by: User) -> Appointment | RoleChange:
    """Let a role end with this day; a grave one only when a second administrator agrees. Yesterday ends it at once."""
    check_not_oneself(appointment.user, by=by)
    if on < appointment.from_on - timedelta(1) or on < clock.today() - timedelta(1):
        raise Refused("The last day cannot be earlier than yesterday or than the role began", "to_on")
    if appointment.role in GRAVE:
        change = RoleChange(user_id=appointment.user_id, role=appointment.role, ends_id=appointment.id, to_on=on,
                            from_on=appointment.from_on, reason=reason)  # fmt: skip
        return ask(change, appointment.user, by=by)
    return finish(appointment, on, reason, by=by)


def ask(change: RoleChange, user: User, *, by: User) -> RoleChange:
    """Write down a grave change and call the other administrators."""
    same = select(RoleChange.id).where(
        RoleChange.user_id == user.id, RoleChange.role == change.role, RoleChange.answered_at.is_(None)
    )
    if db.session.scalar(same.limit(1)):
        raise Refused("The same change waits for another administrator already.", "role")
    change.user, change.asked_by, change.asked_at = user, by, clock.now()
    db.session.add(change)
    db.session.flush()
    record("role.ask", change, by=by, readers=OFFICE, change=str(change), reason=change.reason)
    others = [each for each in holders_of(OfficeRole.ADMINISTRATOR) if each.id not in (by.id, user.id)]
    outbox.send("people/role_asked", to=others, change=change)
    return change


def answer(change: RoleChange, is_confirmed: bool, *, by: User) -> None:
    """The second administrator's word. The one who asked may only take it back."""
    db.session.refresh(change, with_for_update={"key_share": True})
    if change.answered_at is not None:
        raise NotNow("This change has been answered already.")
    if is_confirmed and by.id in (change.asked_by_id, change.user_id):
        raise Refused("Another administrator must answer this: not the one who asked, and not the one it is about.")
    change.is_confirmed, change.answered_at, change.answered_by_id = is_confirmed, clock.now(), by.id
    if not is_confirmed:
        record("role.refuse", change, by=by, readers=OFFICE, change=str(change))
        return
    record("role.confirm", change, by=by, readers=OFFICE, change=str(change))
    if change.ends_id is None:
        appoint(change.user, change.role, change.from_on, change.to_on, change.reason, by=change.asked_by)
    else:
        finish(db.session.get_one(Appointment, change.ends_id), change.to_on or clock.today(), change.reason, by=change.asked_by)


def appoint(user: User, role: OfficeRole, from_on: date, to_on: date | None, reason: str, *, by: User | System) -> Appointment:
    """Write a role down, tell the person, and let them sign in afresh with it."""
    appointment = Appointment(user=user, role=role, from_on=from_on, to_on=to_on, note=reason,
                              given_by_id=by.id)  # fmt: skip
    db.session.add(appointment)
    record("role.give", user, by=by, readers=OFFICE, role=role.label.lower(), reason=reason, **days(from_on, to_on))
    outbox.send("people/role_given", to=[user], appointment=appointment)
    end_all(user)
    return appointment


def finish(appointment: Appointment, on: date, reason: str, *, by: User | System) -> Appointment:
    if appointment.role is OfficeRole.ADMINISTRATOR:
        check_another_administrator(appointment.user)
    appointment.to_on = on
    user = appointment.user
    record("role.end", user, by=by, readers=OFFICE, role=appointment.role.label.lower(), reason=reason,
           until=clock.read_day(on))  # fmt: skip
    outbox.send("people/role_ended", to=[user], appointment=appointment)
    end_all(user)
    return appointment


def check_not_oneself(user: User, *, by: User) -> None:
    if user.id == by.id:
        raise Refused(ONESELF)


def check_another_administrator(user: User) -> None:
    """Refuse what would leave the office without an administrator."""
    if [each.id for each in holders_of(OfficeRole.ADMINISTRATOR)] == [user.id]:
        raise Refused(LAST)


def check_days(from_on: date, to_on: date | None) -> None:
    if to_on is not None and to_on < from_on:
        raise Refused("The last day must not be before the first", "to_on")
    if to_on is not None and to_on < clock.today():
        raise Refused("The last day must not be in the past", "to_on")


def overlaps(user: User, role: OfficeRole, from_on: date, to_on: date | None) -> bool:
    """True when the person holds the role on one of these days."""
    return any(
        held.role is role and (held.to_on is None or held.to_on >= from_on) and (to_on is None or held.from_on <= to_on)
        for held in user.appointments
    )


def days(from_on: date, to_on: date | None) -> dict[str, str]:
    return {"days": f"from {clock.read_day(from_on)}" + (f" to {clock.read_day(to_on)}" if to_on else "")}
