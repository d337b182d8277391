"""What funds hold of people: who to ask, who agreed that a budget may be over-programmed, and what officers wrote."""

from portal.core.holders import Texts
from portal.funds.models import Budget, BudgetChange, CarriedOver, CycleStep, Envelope, Fund, Source, Succession

RECORD = "why public money was moved is part of its record"
TEXTS = (
    Texts("Contacts of funds", (Fund.contact,)),
    Texts("Budgets", (Budget.over_programming_agreed_by,), stays="who agreed to spend beyond a budget is part of its record"),
    Texts("Changes of budgets", (BudgetChange.reason, BudgetChange.answer), stays=RECORD),
    Texts("Money carried over", (CarriedOver.reason, CarriedOver.consent), stays=RECORD),
    Texts("Successions of sources", (Succession.note,), stays=RECORD),
    Texts("Notes about funds", (Fund.sensitivity_reason, Fund.checklist)),
    Texts("Steps of the commissioning cycle", (CycleStep.note,)),
    Texts("Envelopes", (Envelope.note,)),
    Texts("Conditions of sources", (Source.conditions, Source.ring_fence)),
)
