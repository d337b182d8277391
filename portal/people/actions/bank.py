"""Giving bank details, and handing them in."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select

from portal.core import clock
from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.people.actions.cases import involve
from portal.people.bank import Details, seal
from portal.people.models import BankAccount, Capacity


def give_bank_details(known_id: int | None, details: Details, *, case: str, organisation_id: int | None, by: Any) -> BankAccount:
    """Keep them, over those that the same case gave before and has not handed in. Who gives them never releases a payment."""
    account = db.session.get(BankAccount, known_id) if known_id else None
    if account is None or account.handed_in_at is not None or account.case != case:
        account = BankAccount(case=case)
        db.session.add(account)
    account.organisation_id, account.sealed = organisation_id, seal(details)
    account.given_by_id, account.given_at = by.id, clock.now()
    db.session.flush()
    involve(by, case, Capacity.BANK_CHANGER)
    return account


def hand_in_bank_details(ids: Iterable[int], *, by: Any) -> None:
    """From now on they stay as they are; a change is seen as one."""
    for account in db.session.scalars(select(BankAccount).where(BankAccount.id.in_(ids), BankAccount.handed_in_at.is_(None))):
        account.handed_in_at = clock.now()
        record("bank.give", account, by=by, readers=OFFICE, account=str(account))
