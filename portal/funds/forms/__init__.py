"""What the office may type about funds, budgets, sources and envelopes."""

from portal.funds.forms.applicants import ApplicantsForm, ObjectivesForm
from portal.funds.forms.funds import EnvelopeForm, FundForm, NewFundForm, StepForm
from portal.funds.forms.money import BudgetForm, CarryOverForm, RefusalForm, SourceForm, SuccessionForm, YearForm

__all__ = [
    "ApplicantsForm",
    "BudgetForm",
    "CarryOverForm",
    "EnvelopeForm",
    "FundForm",
    "NewFundForm",
    "ObjectivesForm",
    "RefusalForm",
    "SourceForm",
    "StepForm",
    "SuccessionForm",
    "YearForm",
]
"""What officers may type when they set up funds and rounds."""
