"""What a decision-maker has in front of them, and what a notice tells: facts gathered once for a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.applications.lines import BudgetLine, Measure, budget_of, measures_of
from portal.applications.lists import left_in_pot, sheet_of
from portal.applications.models import Application, ApplicationObjective
from portal.applications.workflow import LIFE as BID
from portal.assessment.lists import Verdict, assignments_of, verdict_of
from portal.awards import lists
from portal.awards.models import Award, Decision
from portal.core import clock
from portal.core.db import db
from portal.funds.lists import budgets_for
from portal.funds.models import Budget, Fund
from portal.funds.round_lists import justification_for
from portal.funds.schemes import Band, percent
from portal.funds.withholding import INSTEAD, hides_names, hides_places
from portal.people.lists import host_of
from portal.people.models import Organisation
from portal.plan.models import Objective


@dataclass(frozen=True)
class Brief:
    """A bid on one page: what it asks for, what it serves, how it was scored, and the money there is."""

    application: Application
    recipient: Organisation
    objectives: Sequence[ApplicationObjective]
    lines: list[BudgetLine]
    measures: list[Measure]
    justification: str  # why nobody competed for it
    verdict: Verdict | None
    budgets: Sequence[Budget]
    left_in_pot: int | None

    @property
    def year(self) -> str:
        """The financial year whose budget pays: that of the start."""
        return clock.financial_year(self.application.starts_on) if self.application.starts_on else ""

    @property
    def score(self) -> str:
        return self.verdict.text if self.verdict else percent(self.application.agreed_permille)

    @property
    def band(self) -> Band | None:
        return self.verdict.band if self.verdict else None

    @property
    def can_be_awarded(self) -> bool:
        return BID.may("award").why_not_now(self.application) is None

    def budget(self, budget_id: int | None) -> Budget | None:
        return next((budget for budget in self.budgets if budget.id == budget_id), None)


def brief_of(application: Application) -> Brief:
    sheet = sheet_of(application)
    starts_on = application.starts_on
    return Brief(
        application=application,
        recipient=application.accountable_body or host_of(application.organisation),
        objectives=objectives_named(application),
        lines=budget_of(application, sheet),
        measures=measures_of(sheet),
        justification=justification_for(application.round, application.organisation_id),
        verdict=verdict_of(application, assignments_of(application)),
        budgets=budgets_for(application.round.fund_id, starts_on) if starts_on else [],
        left_in_pot=left_in_pot(application.round),
    )


def objectives_named(application: Application) -> Sequence[ApplicationObjective]:
    return db.session.scalars(
        select(ApplicationObjective)
        .where(ApplicationObjective.application_id == application.id)
        .options(joinedload(ApplicationObjective.objective).joinedload(Objective.theme))
        .order_by(ApplicationObjective.id)
    ).all()


@dataclass(frozen=True)
class Notice:
    """What the public reads of a decision. Nothing else of it may be put into templates/awards/_notice.html."""

    decision: Decision
    award: Award | None
    objectives: Sequence[Objective]
    is_public: bool

    @property
    def fund(self) -> Fund:
        return self.decision.application.round.fund

    @property
    def title(self) -> str:
        """The fund speaks for what is withheld."""
        return self.fund.name if self.is_public and hides_places(self.fund) else self.decision.application.name

    @property
    def purpose(self) -> str:
        return self.fund.purpose if self.is_public and hides_places(self.fund) else self.decision.application.summary

    @property
    def recipient(self) -> str:
        if self.is_public and hides_names(self.fund):
            return f"{INSTEAD}, because it could put people at risk"
        return (self.award.recipient if self.award else self.decision.application.organisation).name

    @property
    def applicant(self) -> str:
        """Whom another body receives it for; nothing where they are the same, or must not be named."""
        name = self.decision.application.organisation.name
        return "" if name == self.recipient or (self.is_public and hides_names(self.fund)) else name

    @property
    def was_not_taken_up(self) -> bool:
        """True where an offer was declined or ran out: no money is given after all."""
        return self.award is not None and self.award.lapsed_at is not None

    @property
    def waits_for(self) -> str | None:
        return lists.why_not_public(self.award)


def notice_of(decision: Decision, *, is_public: bool = False) -> Notice:
    """What the public reads is asked for as such: of a sensitive fund it is told less."""
    application, award = decision.application, lists.award_of(decision)
    return Notice(
        decision=decision,
        award=award,
        objectives=[named.objective for named in objectives_named(application)],
        is_public=is_public,
    )
