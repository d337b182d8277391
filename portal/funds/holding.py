"""What funds hold of people: who to ask, who agreed that a budget may be over-programmed, and what officers wrote."""

from portal.core.holders import Texts
from portal.funds.models import (
    Budget,
    BudgetChange,
    CarriedOver,
    Clarification,
    CycleStep,
    Envelope,
    Extension,
    Fund,
    Round,
    RoundInvitation,
    Source,
    Succession,
)

RECORD = "why public money was moved is part of its record"
UNCOMPETED = "why a body was given money without competing is part of its record"
OF_QUESTION = (Round, Round.id == Clarification.round_id)
OF_INVITATION = (Round, Round.id == RoundInvitation.round_id)
OF_EXTENSION = (Round, Round.id == Extension.round_id)
TEXTS = (
    Texts("Contacts of funds", (Fund.contact,)),
    Texts("Budgets", (Budget.over_programming_agreed_by,), stays="who agreed to spend beyond a budget is part of its record"),
    Texts("Changes of budgets", (BudgetChange.reason, BudgetChange.answer), stays=RECORD),
    Texts("Money carried over", (CarriedOver.reason, CarriedOver.consent), stays=RECORD),
    Texts("Successions of sources", (Succession.note,), stays=RECORD),
    Texts("Questions about rounds", (Clarification.question, Clarification.answer), Round.code, (OF_QUESTION,)),
    Texts("Invitations into rounds", (RoundInvitation.justification,), Round.code, (OF_INVITATION,), stays=UNCOMPETED),
    Texts("Extensions of rounds", (Extension.reason,), Round.code, (OF_EXTENSION,)),
    Texts("Pauses of rounds", (Round.pause_reason,), Round.code),
    Texts("Notes about funds", (Fund.sensitivity_reason, Fund.checklist)),
    Texts("Steps of the commissioning cycle", (CycleStep.note,)),
    Texts("Envelopes", (Envelope.note,)),
    Texts("Conditions of sources", (Source.conditions, Source.ring_fence)),
)
