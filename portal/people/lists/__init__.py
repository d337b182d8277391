"""Queries about people and organisations that more than one view needs."""

from portal.people.lists.directory import (
    ColleagueList,
    PersonList,
    open_invitations,
    organisation_choices,
    people_of,
    unanswered_requests,
    waiting_changes,
)
from portal.people.lists.finding import (
    holders_of,
    host_of,
    members_of,
    names_of,
    names_of_members,
    standing_now,
)
from portal.people.lists.opening import (
    appointment_of,
    change_by_id,
    invitation_by_id,
    invitation_of,
    own_email_change,
    own_or_colleagues,
    own_sign_in,
    person_by_id,
    request_by_id,
    request_of,
    sign_ins_of,
)

__all__ = [
    "ColleagueList",
    "PersonList",
    "appointment_of",
    "change_by_id",
    "holders_of",
    "host_of",
    "invitation_by_id",
    "invitation_of",
    "members_of",
    "names_of",
    "names_of_members",
    "open_invitations",
    "organisation_choices",
    "own_email_change",
    "own_or_colleagues",
    "own_sign_in",
    "people_of",
    "person_by_id",
    "request_by_id",
    "request_of",
    "sign_ins_of",
    "standing_now",
    "unanswered_requests",
    "waiting_changes",
]
