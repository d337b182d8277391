"""What a decision must say before it can be made: each rule once, for the form and for the action."""

from portal.applications.models import Application
from portal.awards.models import Outcome
from portal.core import money
from portal.funds.lists import budgets_for

Problems = list[tuple[str, str]]  # a sentence, and the field it speaks of


def problems(
    application: Application, outcome: Outcome, pence: int, budget_id: int | None, reasons: str, not_funded: str,
    feedback: str, interests: str,
) -> Problems:  # fmt: skip
    """Everything that the notice could not be published with, or the money not committed for."""
    found: Problems = []
    if outcome is not Outcome.DECLINE:
        found += wrong_amount(application.requested_pence or 0, outcome, pence)
        found += wrong_budget(application, budget_id)
    if not reasons:
        found.append(("Give the reasons: they are published", "reasons"))
    if outcome is Outcome.PART_AWARD and not not_funded:
        found.append(("Say what the part award does not pay for", "not_funded"))
    if outcome is Outcome.DECLINE and not feedback:
        found.append(("Say what the applicant can learn from this", "feedback"))
    if not interests:
        found.append(
            ("Confirm that you have no interest in this bid. If you have one, another person must decide", "no_interest")
        )
    return found


def wrong_amount(asked: int, outcome: Outcome, pence: int) -> Problems:
    if pence <= 0:
        return [("Enter an amount above zero", "amount")]
    if pence > asked:
        return [(f"The applicant asked for {money.show(asked)}: award that or less", "amount")]
    if outcome is Outcome.AWARD and pence != asked:
        return [(f"An award in full is {money.show(asked)}. Enter that, or choose an award in part", "amount")]
    if outcome is Outcome.PART_AWARD and pence == asked:
        return [("This is all that was asked for. Enter less, or choose an award in full", "amount")]
    return []


def wrong_budget(application: Application, budget_id: int | None) -> Problems:
    """The budget must be the fund's own, of the year in which the grant starts."""
    if budget_id is None:
        return [("Choose the budget that pays", "budget")]
    if application.starts_on is None:
        return [("The application gives no start date, so no year can pay for it", "budget")]
    if budget_id not in {budget.id for budget in budgets_for(application.round.fund_id, application.starts_on)}:
        return [("Choose one of the budgets shown", "budget")]
    return []
