"""Tables of sources, funds, budgets, rounds and criteria."""

from portal.funds.models.around_rounds import Clarification, Extension, RoundInvitation
from portal.funds.models.budgets import Budget, BudgetChange, Commitment
from portal.funds.models.criteria import Criterion, GateCheck
from portal.funds.models.eligibility import EligibilityQuestion
from portal.funds.models.funds import (
    CycleStep,
    Envelope,
    Fund,
    FundArea,
    FundBody,
    FundObjective,
    Phase,
    Sensitivity,
)
from portal.funds.models.rounds import Round
from portal.funds.models.sources import (
    CarriedOver,
    CarryOver,
    Source,
    SourceDocument,
    SourceKind,
    SourceYear,
    Spending,
    Succession,
)
from portal.funds.models.words import CapPer, PaymentMode, ReturnSchedule, RoundKind, RoundStage, ScoresSeen

__all__ = [
    "Budget",
    "BudgetChange",
    "CapPer",
    "CarriedOver",
    "CarryOver",
    "Clarification",
    "Commitment",
    "Criterion",
    "CycleStep",
    "EligibilityQuestion",
    "Envelope",
    "Extension",
    "Fund",
    "FundArea",
    "FundBody",
    "FundObjective",
    "GateCheck",
    "PaymentMode",
    "Phase",
    "ReturnSchedule",
    "Round",
    "RoundInvitation",
    "RoundKind",
    "RoundStage",
    "ScoresSeen",
    "Sensitivity",
    "Source",
    "SourceDocument",
    "SourceKind",
    "SourceYear",
    "Spending",
    "Succession",
]
