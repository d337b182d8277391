"""Tables of sources, funds, budgets, rounds and criteria."""

from portal.funds.models.criteria import Criterion, GateCheck
from portal.funds.models.funds import Budget, Commitment, Fund, FundArea, FundObjective
from portal.funds.models.rounds import CapPer, Round, RoundKind, RoundStage
from portal.funds.models.sources import Source, SourceYear

__all__ = [
    "Budget",
    "CapPer",
    "Commitment",
    "Criterion",
    "Fund",
    "FundArea",
    "FundObjective",
    "GateCheck",
    "Round",
    "RoundKind",
    "RoundStage",
    "Source",
    "SourceYear",
]
