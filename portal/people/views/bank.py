"""Bank details in full, for those who pay. Each look is told."""

from flask import g
from werkzeug.wrappers import Response

from portal.core.access import allow
from portal.core.audit import note_look
from portal.core.page import page
from portal.people.lists.bank import account_by_id
from portal.people.models import BankAccount
from portal.people.paying import changed_bank_details, restricted_bank_details
from portal.people.policy import is_finance
from portal.people.views.blueprint import bp


@bp.get("/bank-details/<int:account_id>")
@allow(is_finance, load=account_by_id)
def bank_details(account: BankAccount) -> Response:
    note_look(g.user, account, restricted_bank_details(account))
    return page("people/bank_details.html", account=account, gave_them=changed_bank_details(g.user, account.case))
