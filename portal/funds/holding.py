"""What funds hold of people: who to ask, and who agreed that a budget may be over-programmed."""

from portal.core.holders import Texts
from portal.funds.models import Budget, Fund

TEXTS = (
    Texts("Contacts of funds", (Fund.contact,)),
    Texts("Budgets", (Budget.over_programming_agreed_by,), stays="who agreed to spend beyond a budget is part of its record"),
)
