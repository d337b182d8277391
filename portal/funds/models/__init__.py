"""Tables of sources, funds, budgets, rounds and criteria."""

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
from portal.funds.models.rounds import CapPer, Round, RoundKind, RoundStage
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

__all__ = [
    "Budget",
    "BudgetChange",
    "CapPer",
    "CarriedOver",
    "CarryOver",
    "Commitment",
    "Criterion",
    "CycleStep",
    "EligibilityQuestion",
    "Envelope",
    "Fund",
    "FundArea",
    "FundBody",
    "FundObjective",
    "GateCheck",
    "Phase",
    "Round",
    "RoundKind",
    "RoundStage",
    "Sensitivity",
    "Source",
    "SourceDocument",
    "SourceKind",
    "SourceYear",
    "Spending",
    "Succession",
]
