"""Verbs of people: what changes who they are, for whom they act and as what; and the facts that other packages write here."""

from portal.people.actions.accounts import ask_new_address, change_details, confirm_address, disable, open_again
from portal.people.actions.cases import APART, change_standing, involve, standing_of
from portal.people.actions.colleagues import change_rights, remove
from portal.people.actions.erasing import correct, erase
from portal.people.actions.inviting import accept, invite, send_again, withdraw
from portal.people.actions.requests import admit, ask_for_account, refuse, verify
from portal.people.actions.roles import answer, end_role, give_role
from portal.people.actions.second_factor import (
    make_recovery_codes,
    reset_second_factor,
    set_up_second_factor,
    take_recovery_code,
    take_step,
)
from portal.people.actions.sign_ins import end_all, end_one

__all__ = [
    "APART",
    "accept",
    "admit",
    "answer",
    "ask_for_account",
    "ask_new_address",
    "change_details",
    "change_rights",
    "change_standing",
    "confirm_address",
    "correct",
    "disable",
    "end_all",
    "end_one",
    "end_role",
    "erase",
    "give_role",
    "invite",
    "involve",
    "make_recovery_codes",
    "open_again",
    "refuse",
    "remove",
    "reset_second_factor",
    "send_again",
    "set_up_second_factor",
    "standing_of",
    "take_recovery_code",
    "take_step",
    "verify",
    "withdraw",
]
