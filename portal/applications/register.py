"""The list of bids: as the office reads it, and as applicants do."""

from typing import Any, ClassVar

from sqlalchemy import Select, String, case, cast
from sqlalchemy.orm import contains_eager

from portal.applications.lists import in_fund
from portal.applications.models import UNTITLED, Application, Stage
from portal.applications.policy import INSIDE, visible_to
from portal.core import money
from portal.core.columns import Choice, Column
from portal.core.exports import Pounds
from portal.core.listing import Listing, Values
from portal.core.page import address_of
from portal.funds.lists import fund_options
from portal.funds.models import Fund, Round
from portal.people.models import Organisation, User

TOLD = case((Application.stage.in_(INSIDE), Stage.IN_ASSESSMENT.value), else_=cast(Application.stage, String))
REFERENCE = Column("Reference", Application.ref, sort=True)
TITLE = Column("Title", Application.title, show=lambda title: title or UNTITLED)
FUND = Column("Fund", Fund.name)
REQUESTED = Column("Requested", Application.requested_pence, show=money.show, export=Pounds, numeric=True)
CHANGED = Column("Changed", Application.changed_at, sort=True)


class ApplicationList(Listing):
    """The bids this person may see."""

    caption = "Applications"
    noun = ("application", "applications")
    entity = Application
    search_in = Application
    filters: ClassVar[tuple[Choice, ...]] = (
        Choice("stage", "Stage", Application.stage, Stage),
        Choice("fund", "Fund", Fund.slug, fund_options, where=in_fund),
    )
    columns: ClassVar[tuple[Column, ...]] = (
        REFERENCE,
        TITLE,
        Column("Applicant", Organisation.name),
        FUND,
        REQUESTED,
        Column("Stage", Application.stage),
        CHANGED,
    )
    default_sort = "-changed"

    def base(self) -> Select[Any]:
        return (
            visible_to(self.user)
            .join(Application.organisation)
            .join(Application.round)
            .join(Round.fund)
            .options(contains_eager(Application.organisation))
        )

    def seen(self) -> Select[Any]:
        return visible_to(self.user)

    def url(self, values: Values) -> str | None:
        return address_of("applications.show", ref=values["reference"])


class OwnApplicationList(ApplicationList):
    """The same for applicants, whose bids are being assessed until they are decided."""

    filters = ()
    columns = (
        REFERENCE,
        TITLE,
        Column("Applicant", Organisation.name),
        REQUESTED,
        Column("Stage", TOLD, show=lambda stage: Stage(stage).label, export=lambda stage: Stage(stage).label),
        CHANGED,
    )


def listing_for(user: User, args: Any) -> ApplicationList:
    return (ApplicationList if user.sees_all_cases else OwnApplicationList)(args, user)
