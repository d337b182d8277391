"""Verbs of people: what changes who they are, for whom they act and as what; and the facts that other packages write here."""

from portal.people.actions.cases import APART, change_standing, involve, standing_of
from portal.people.actions.roles import answer, end_role, give_role
from portal.people.actions.sign_ins import end_all

__all__ = ["APART", "answer", "change_standing", "end_all", "end_role", "give_role", "involve", "standing_of"]
