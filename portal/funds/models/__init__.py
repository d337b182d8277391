"""Tables of sources, funds, budgets, rounds and criteria."""

from portal.funds.models.criteria import Criterion, GateCheck
from portal.funds.models.eligibility import EligibilityQuestion
from portal.funds.models.funds import Budget, Commitment, Fund, FundObjective
from portal.funds.models.rounds import CapPer, Round, RoundKind, RoundStage
from portal.funds.models.sources import Source, SourceYear

__all__ = [
    "Budget",
    "CapPer",
    "Commitment",
    "Criterion",
    "EligibilityQuestion",
    "Fund",
    "FundObjective",
    "GateCheck",
    "Round",
    "RoundKind",
    "RoundStage",
    "Source",
    "SourceYear",
]
