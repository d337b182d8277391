"""What people may type about people, and how it is refused."""

from portal.people.forms.roles import EndRoleForm, GiveRoleForm

__all__ = ["EndRoleForm", "GiveRoleForm"]
