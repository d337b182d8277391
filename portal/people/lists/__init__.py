"""Queries about people and organisations that more than one view needs."""

from portal.people.lists.directory import PersonList, waiting_changes
from portal.people.lists.finding import (
    appointment_of,
    change_by_id,
    holders_of,
    host_of,
    members_of,
    names_of,
    names_of_members,
    person_by_id,
    standing_now,
)

__all__ = [
    "PersonList", "appointment_of", "change_by_id", "holders_of", "host_of", "members_of", "names_of", "names_of_members",
    "person_by_id", "standing_now", "waiting_changes",
]  # fmt: skip
