"""Bank details that were handed in."""

from collections.abc import Sequence

from sqlalchemy.orm import joinedload

from portal.core.db import db
from portal.people.models import BankAccount, Organisation, User
from portal.people.paying import accounts_visible_to


def account_by_id(user: User | None, account_id: int) -> BankAccount | None:
    found = accounts_visible_to(user).where(BankAccount.id == account_id)
    return db.session.scalar(found.options(joinedload(BankAccount.organisation), joinedload(BankAccount.given_by)))


def accounts_of(user: User, organisation: Organisation) -> Sequence[BankAccount]:
    """The newest first."""
    found = accounts_visible_to(user).where(BankAccount.organisation_id == organisation.id)
    return db.session.scalars(found.order_by(BankAccount.id.desc()).limit(20)).all()
