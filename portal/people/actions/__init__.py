"""Verbs of people: what changes who they are, for whom they act and as what; and the facts that other packages write here."""

from portal.people.actions.accounts import ask_new_address, change_details, confirm_address, disable, open_again
from portal.people.actions.alike import dismiss, look_for_doubles
from portal.people.actions.bank import give_bank_details, hand_in_bank_details
from portal.people.actions.cases import APART, change_standing, involve, standing_of
from portal.people.actions.colleagues import change_rights, remove
from portal.people.actions.directory import connect_own, disconnect, enter
from portal.people.actions.erasing import correct, erase
from portal.people.actions.inviting import accept, invite, send_again, withdraw
from portal.people.actions.merging import after_merging, merge, undo
from portal.people.actions.organisations import (
    add_contact,
    add_coverage,
    add_number,
    add_organisation,
    change_organisation,
    end,
    remove_number,
)
from portal.people.actions.papers import add_paper
from portal.people.actions.partnerships import add_partner, change_host
from portal.people.actions.passkeys import accept_with_passkey, add_passkey, confirm_with_passkey, remove_passkey, use_passkey
from portal.people.actions.places import import_areas
from portal.people.actions.reminding import remind_of_papers
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
    "accept_with_passkey",
    "add_contact",
    "add_coverage",
    "add_number",
    "add_organisation",
    "add_paper",
    "add_partner",
    "add_passkey",
    "admit",
    "after_merging",
    "answer",
    "ask_for_account",
    "ask_new_address",
    "change_details",
    "change_host",
    "change_organisation",
    "change_rights",
    "change_standing",
    "confirm_address",
    "confirm_with_passkey",
    "connect_own",
    "correct",
    "disable",
    "disconnect",
    "dismiss",
    "end",
    "end_all",
    "end_one",
    "end_role",
    "enter",
    "erase",
    "give_bank_details",
    "give_role",
    "hand_in_bank_details",
    "import_areas",
    "invite",
    "involve",
    "look_for_doubles",
    "make_recovery_codes",
    "merge",
    "open_again",
    "refuse",
    "remind_of_papers",
    "remove",
    "remove_number",
    "remove_passkey",
    "reset_second_factor",
    "send_again",
    "set_up_second_factor",
    "standing_of",
    "take_recovery_code",
    "take_step",
    "undo",
    "use_passkey",
    "verify",
    "withdraw",
]
