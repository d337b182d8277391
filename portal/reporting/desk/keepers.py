"""What waits for a second pair of eyes: grave roles, new accounts, budgets."""

from flask import url_for

from portal.core import money
from portal.core.clock import day_of, read_day
from portal.funds import finding as funds
from portal.funds.policy import may_answer as may_answer_budget
from portal.people.lists.directory import unanswered_requests, waiting_changes
from portal.people.models import User
from portal.people.policy import is_administrator, is_finance, is_officer, may_answer
from portal.reporting.desk.piles import Pile, Task, Waiting


def roles(user: User) -> list[Pile]:
    """Grave changes that another administrator has asked for."""
    found = [change for change in waiting_changes() if may_answer(user, change)]
    return [
        Pile("Roles to confirm", [
            Task(f"{str(each)[0].upper()}{str(each)[1:]}", url_for("people.change", change_id=each.id),
                 f"{each.asked_by.name} asked on {read_day(day_of(each.asked_at))}.", "To confirm", "yellow")
            for each in found
        ])
    ]  # fmt: skip


def accounts(user: User) -> list[Pile]:
    """New providers who ask for an account."""
    return [
        Pile("Requests for an account", [
            Task(each.organisation_name, url_for("people.account_request", request_id=each.id),
                 f"{each.name} asked on {read_day(day_of(each.asked_at))}.", "To answer", "yellow")
            for each in unanswered_requests(user)
        ])
    ]  # fmt: skip


def budgets(user: User) -> list[Pile]:
    """Budgets that somebody else proposes."""
    found = [change for change in funds.waiting_changes() if may_answer_budget(user, change)]
    return [
        Pile("Budgets to approve", [
            Task(f"{each.fund}, {each.year}", url_for("funds.change", slug=each.fund.slug, change_id=each.id),
                 f"{each.proposed_by.name} proposes {money.show(each.after_pence)} from {each.source}.", "To answer", "yellow")
            for each in found
        ])
    ]  # fmt: skip


WAITING: tuple[Waiting, ...] = ((is_officer, accounts), (is_finance, budgets), (is_administrator, roles))
