"""What waits for a second pair of eyes: grave roles, new accounts, budgets."""

from flask import url_for

from portal.core import money
from portal.core.clock import day_of, read_day
from portal.funds import finding as funds
from portal.funds.models import BudgetChange
from portal.funds.policy import may_answer as may_answer_budget
from portal.people.lists.directory import unanswered_requests, waiting_changes
from portal.people.models import AccountRequest, RoleChange, User
from portal.people.policy import is_administrator, is_finance, is_officer, may_answer
from portal.reporting.desk.piles import Pile, Task, Waiting


def roles(user: User) -> list[Pile]:
    """Grave changes that another administrator has asked for."""
    found = [change for change in waiting_changes() if may_answer(user, change)]
    return [Pile("Roles to confirm", role, found)]


def role(change: RoleChange) -> Task:
    title, hint = str(change), f"{change.asked_by.name} asked on {read_day(day_of(change.asked_at))}."
    return Task(f"{title[0].upper()}{title[1:]}", url_for("people.change", change_id=change.id), hint, "To confirm", "yellow")


def accounts(user: User) -> list[Pile]:
    """New providers who ask for an account."""
    return [Pile("Requests for an account", account, unanswered_requests(user))]


def account(asked: AccountRequest) -> Task:
    href = url_for("people.account_request", request_id=asked.id)
    hint = f"{asked.name} asked on {read_day(day_of(asked.asked_at))}."
    return Task(asked.organisation_name, href, hint, "To answer", "yellow")


def budgets(user: User) -> list[Pile]:
    """Budgets that somebody else proposes."""
    found = [change for change in funds.waiting_changes() if may_answer_budget(user, change)]
    return [Pile("Budgets to approve", budget, found)]


def budget(change: BudgetChange) -> Task:
    href = url_for("funds.change", slug=change.fund.slug, change_id=change.id)
    hint = f"{change.proposed_by.name} proposes {money.show(change.after_pence)} from {change.source}."
    return Task(f"{change.fund}, {change.year}", href, hint, "To answer", "yellow")


WAITING: tuple[Waiting, ...] = ((is_officer, accounts), (is_finance, budgets), (is_administrator, roles))
