"""What surrounds a bid when it is written: the round's limits, the objectives and bodies to choose from, what we know already."""

from functools import cached_property

from sqlalchemy import func, select

from portal.applications.models import Application, Stage
from portal.core import money
from portal.core.db import db
from portal.funds import actions as funds
from portal.funds.models import CapPer
from portal.people.lists import host_of, standing_now
from portal.people.models import Organisation, OrganisationKind
from portal.plan.lists import objectives_of
from portal.questions.around import Around, Options

COUNTS_NOT = (Stage.DECLINED, Stage.WITHDRAWN, Stage.LAPSED, Stage.INELIGIBLE, Stage.AWARDED)


class BidAround(Around):
    """Each part asks the database when it is first wanted: saving one answer seldom wants any."""

    def __init__(self, application: Application) -> None:
        self.application = application

    @cached_property
    def cap_pence(self) -> int | None:
        return cap_for(self.application)

    @cached_property
    def longest_months(self) -> int | None:
        return self.application.round.longest_months

    @cached_property
    def objectives(self) -> Options:
        plan_id = self.application.round.fund.plan_id
        return [(str(each.id), f"{each.theme.title}: {each.text}") for each in objectives_of(plan_id)]

    @cached_property
    def hosts(self) -> Options:
        """The councils, first the one that stands in for this applicant."""
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
        if host is organisation:
            return known
        return [(host.key, host.name)] + [each for each in known if each[0] != host.key]

    @cached_property
    def facts(self) -> dict[str, str]:
        organisation = self.application.organisation
        return {"applicant": organisation.name, "area": str(organisation.area or ""), "standing": standing_text(organisation.id)}


def cap_for(application: Application) -> int | None:
    """What this bid may ask for: the round's limit, or what is left of the area's."""
    round_ = application.round
    if round_.cap_pence is None or round_.cap_per is CapPer.BID or application.organisation.area_id is None:
        return round_.cap_pence
    asked = db.session.scalar(
        select(func.coalesce(func.sum(Application.requested_pence), 0)).where(
            Application.round_id == round_.id,
            Application.organisation_id == application.organisation_id,
            Application.id != application.id,
            Application.submitted_at.is_not(None),
            Application.stage.not_in(COUNTS_NOT),
        )
    )
    return max(0, round_.cap_pence - (asked or 0) - funds.committed_to_area(round_.fund_id, application.organisation.area_id))


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
