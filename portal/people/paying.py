"""Who may read bank details: those who pay, once they were handed in. Whoever gave them never pays."""

from sqlalchemy import Select, false, select

from portal.people.models import BankAccount, Capacity, User
from portal.people.policy import conflicted_cases, is_finance, was_involved


def changed_bank_details(user: User, case: str) -> bool:
    """Who gave or changed them never releases a payment of the case; the database keeps the two apart as well."""
    return was_involved(user, case, Capacity.BANK_CHANGER)


def accounts_visible_to(user: User | None) -> Select[BankAccount]:
    """Never those of a case in which they have an interest."""
    if user is None or not is_finance(user):
        return select(BankAccount).where(false())
    handed_in = BankAccount.handed_in_at.is_not(None)
    return select(BankAccount).where(handed_in, BankAccount.case.not_in(conflicted_cases(user)))


def restricted_bank_details(account: BankAccount) -> str:
    """Every look at them is told."""
    return "bank details in full"
