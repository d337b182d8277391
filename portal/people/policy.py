"""Who may: the predicates of people that every package above builds on."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Select, select

from portal.core.db import db
from portal.people.models import Capacity, Involvement, OfficeRole, User


def is_any_of(*roles: OfficeRole) -> Callable[..., bool]:
    """A policy that admits the holders of these appointments, whatever the thing."""

    def holds_one(user: User, thing: Any = None) -> bool:
        return user.holds(*roles)

    names = " or ".join(role.label.lower() for role in roles)
    holds_one.refusal = f"Only the {names} can do this."  # type: ignore[attr-defined]
    holds_one.__name__ = "is_" + "_or_".join(role.value for role in roles)
    return holds_one


is_officer = is_any_of(OfficeRole.GRANTS_OFFICER, OfficeRole.HEAD_OF_COMMISSIONING)
is_head_of_commissioning = is_any_of(OfficeRole.HEAD_OF_COMMISSIONING)
is_decision_maker = is_any_of(OfficeRole.DECISION_MAKER)
is_finance = is_any_of(OfficeRole.FINANCE_OFFICER, OfficeRole.CHIEF_FINANCE_OFFICER)
is_monitoring_officer = is_any_of(OfficeRole.MONITORING_OFFICER)


def is_staff(user: User | None, thing: Any = None) -> bool:
    return user is not None and user.is_staff


def sees_all_cases(user: User | None, thing: Any = None) -> bool:
    """Officers, deciders, finance, plan and audit read every file; assessors only what they are assigned."""
    return user is not None and user.sees_all_cases


def is_system(user: Any, thing: Any = None) -> bool:
    return bool(user.is_system)


def was_involved(user: User, case: str, *capacities: Capacity) -> bool:
    """True when the person has touched this case in one of these capacities."""
    found = select(Involvement.id).where(
        Involvement.case == case, Involvement.user_id == user.id, Involvement.capacity.in_(capacities)
    )
    return db.session.scalar(found.limit(1)) is not None


def conflicted_cases(user: User) -> Select[Any]:
    """The cases this person has an interest in. They stay closed to them whatever else they may see: a conflict always wins."""
    return select(Involvement.case).where(Involvement.user_id == user.id, Involvement.capacity == Capacity.CONFLICTED)
