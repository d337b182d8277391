"""What surrounds a bid when it is written: the round's limits, the objectives and bodies to choose from, what we know already."""

from functools import cached_property

from sqlalchemy import case, func, select

from portal.applications.models import Application, Stage
from portal.core import money
from portal.core.db import db
from portal.funds.models import CapPer, Commitment
from portal.people.lists import host_of, standing_now
from portal.people.models import Organisation, OrganisationKind
from portal.plan.lists import objectives_of
from portal.questions.around import Around, Options

COUNTS_NOT = (Stage.DECLINED, Stage.WITHDRAWN, Stage.LAPSED, Stage.INELIGIBLE)
is_awarded = Application.stage == Stage.AWARDED
held = (
    select(func.coalesce(func.sum(Commitment.pence), 0))
    .where(Commitment.case == Application.ref, Commitment.released_at.is_(None))
    .correlate(Application)
    .scalar_subquery()
)  # a grant has the reference of its bid


class BidAround(Around):
    """Each part asks the database when it is first wanted: saving one answer seldom wants any."""

    def __init__(self, application: Application) -> None:
        self.application = application

    @cached_property
    def cap_pence(self) -> int | None:
        return cap_for(self.application)

    @cached_property
    def is_cap_of_area(self) -> bool:
        return is_capped_by_area(self.application)

    @cached_property
    def least_pence(self) -> int | None:
        return self.application.round.least_pence

    @cached_property
    def match_percent(self) -> int:
        return self.application.round.match_percent

    @cached_property
    def longest_months(self) -> int | None:
        return self.application.round.longest_months

    @property
    def case(self) -> str:
        return self.application.case

    @property
    def payee_id(self) -> int | None:
        return self.application.accountable_body_id or self.application.organisation_id

    @cached_property
    def objectives(self) -> Options:
        plan_id = self.application.round.fund.plan_id
        return [(str(each.id), f"{each.theme.title}: {each.text}") for each in objectives_of(plan_id)]

    @cached_property
    def hosts(self) -> Options:
        """Who may receive the grant: first the applicant where it has legal form, else its host; then the councils."""
        organisation = self.application.organisation
        known: Options = [
            (key, name)
            for key, name in db.session.execute(
                select(Organisation.key, Organisation.name)
                .where(Organisation.kind == OrganisationKind.LOCAL_AUTHORITY, Organisation.merged_into_id.is_(None))
                .order_by(Organisation.name)
            )
        ]
        host = host_of(organisation)
        if not host.has_legal_form:
            return known
        return [(host.key, host.name)] + [each for each in known if each[0] != host.key]

    @cached_property
    def facts(self) -> dict[str, str]:
        organisation = self.application.organisation
        return {"applicant": organisation.name, "area": str(organisation.area or ""), "standing": standing_text(organisation.id)}


def cap_for(application: Application) -> int | None:
    """What this bid may ask for: the round's limit, or what is left of the area's."""
    cap = application.round.cap_pence
    if cap is None or not is_capped_by_area(application):
        return cap
    return max(0, cap - taken_in_area(application))


def is_capped_by_area(application: Application) -> bool:
    return application.round.cap_per is CapPer.AREA and application.organisation.area_id is not None


def taken_in_area(application: Application) -> int:
    """What the area's other bids in this round ask for, and what those that were awarded hold."""
    others = (
        select(func.coalesce(func.sum(case((is_awarded, held), else_=Application.requested_pence)), 0))
        .join(Application.organisation)
        .where(Application.round_id == application.round_id, Organisation.area_id == application.organisation.area_id)
        .where(Application.id != application.id, Application.is_test.is_(False), Application.submitted_at.is_not(None))
        .where(Application.stage.not_in(COUNTS_NOT))
    )
    return db.session.scalar(others) or 0


def standing_text(organisation_id: int) -> str:
    """Question 27 in words."""
    standing = standing_now(organisation_id)
    if standing is None or not standing.awards:
        return "No earlier grants from this office."
    grants = "1 earlier grant" if standing.awards == 1 else f"{standing.awards} earlier grants"
    overdue = {0: "no overdue returns", 1: "1 overdue return"}.get(
        standing.overdue_returns, f"{standing.overdue_returns} overdue returns"
    )
    return f"{grants}, {money.show(standing.awarded_pence)} in all; {overdue}."
