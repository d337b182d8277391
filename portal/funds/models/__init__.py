"""Tables of sources, funds, budgets, rounds and criteria."""

from portal.funds.models.around_rounds import Clarification, Extension, RoundInvitation
from portal.funds.models.criteria import Criterion, GateCheck
from portal.funds.models.funds import Budget, Commitment, Fund, FundObjective
from portal.funds.models.rounds import Round
from portal.funds.models.sources import Source, SourceYear
from portal.funds.models.words import (
    CapPer,
    PaymentMode,
    ReturnSchedule,
    RoundKind,
    RoundStage,
    ScoresSeen,
)

__all__ = [
    "Budget",
    "CapPer",
    "Clarification",
    "Commitment",
    "Criterion",
    "Extension",
    "Fund",
    "FundObjective",
    "GateCheck",
    "PaymentMode",
    "ReturnSchedule",
    "Round",
    "RoundInvitation",
    "RoundKind",
    "RoundStage",
    "ScoresSeen",
    "Source",
    "SourceYear",
]
