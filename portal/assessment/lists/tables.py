"""The two lists: bids on their way to a decision, and one's own bids to score."""

from datetime import datetime
from typing import Any

from flask import current_app, url_for
from markupsafe import Markup
from sqlalchemy import Select, String, case, cast, literal, select
from sqlalchemy.orm import Bundle

from portal.applications.lists import in_fund
from portal.applications.models import Application
from portal.applications.models import Stage as BidStage
from portal.assessment import deadline
from portal.assessment.models import Assignment, Stage
from portal.assessment.policy import BEING_SCORED, bids_visible_to
from portal.core import clock, money
from portal.core.columns import Choice, Column
from portal.core.exports import Pounds
from portal.core.listing import Listing, number_of
from portal.core.page import address_of
from portal.funds.lists import fund_options
from portal.funds.models import Fund, Round
from portal.funds.schemes import percent
from portal.people.models import Organisation

UNDECIDED = (
    BidStage.SUBMITTED, BidStage.RETURNED, BidStage.IN_ASSESSMENT, BidStage.IN_MODERATION, BidStage.AT_PANEL,
    BidStage.DEFERRED, BidStage.RESERVE, BidStage.RECOMMENDED,
)  # fmt: skip
# One cell tells of all three.
WAITING: Bundle[Any] = Bundle("waiting", Application.stage, Application.submitted_at, Application.clock_used_days,
                              Round.decision_working_days, Round.kind, Round.closes_at, Round.closed_at)  # fmt: skip

TODO_WORDS = {  # where an assignment stands, as its assessor reads it
    "invited": ("Declare interests", "yellow"),
    "declared": ("Score", "light-blue"),
    "scoring": ("Go on scoring", "light-blue"),
    "sent_back": ("Look again", "yellow"),
    "paused": ("Wait", "grey"),
    "submitted": ("Done", "green"),
    "stood_down": ("Not for you", "grey"),
}
STILL_TO_DO = (Stage.INVITED, Stage.DECLARED, Stage.SCORING, Stage.SENT_BACK)
TODO = case(
    (Assignment.stage.in_(STILL_TO_DO) & Application.stage.not_in(BEING_SCORED), literal("paused")),
    else_=cast(Assignment.stage, String),
)


def tag(text: str, colour: str | None) -> Any:
    return current_app.jinja_env.globals["ui"].tag(text, colour)  # type: ignore[attr-defined]


def on_day(instant: datetime) -> str:
    return clock.read_day(clock.day_of(instant))


def stage_tag(stage: Any) -> Any:
    return tag(stage.label, stage.colour)


def waited(waiting: Any) -> int | None:
    """Working days so far; None while the applicant is asked, 0 until a round in which bids compete has closed."""
    if waiting.stage not in deadline.WAITING:
        return None
    since = waiting.kind.counts_from(waiting.submitted_at, waiting.closes_at, waiting.closed_at)
    return deadline.waited_since(since, waiting.clock_used_days)


def waiting_text(waiting: Any) -> Any:
    """7 of 10, with a word where that is too many."""
    count, target = waited(waiting), waiting.decision_working_days
    if count is None:
        return "With the applicant"
    text = f"{count} of {target}"
    return Markup("<span>{} {}</span>").format(text, tag("Late", "red")) if count > target else text


class AssessmentList(Listing):
    """Bids on their way to a decision, the one that has lain longest first."""

    caption = "Bids in assessment"
    noun = ("bid", "bids")
    entity = Application
    search_in = Application
    filters = (
        Choice("stage", "Stage", Application.stage, lambda: [(stage.value, stage.label) for stage in UNDECIDED]),
        Choice("fund", "Fund", Fund.slug, fund_options, where=in_fund),
    )
    columns = (
        Column("Reference", Application.ref, sort=True),
        Column("Title", Application.title),
        Column("Applicant", Organisation.name),
        Column("Requested", Application.requested_pence, show=money.show, export=Pounds, numeric=True),
        Column("Stage", Application.stage, show=stage_tag, export=lambda stage: stage.label),
        Column("Score", Application.agreed_permille, show=percent, export=percent, numeric=True),
        Column("Changed", Application.changed_at, show=on_day, sort=True, short=True),
        Column("Working days", WAITING, show=waiting_text, export=waited),
    )
    more_columns = (
        Column("Target", Round.decision_working_days),
        Column("Fund", Fund.name),
        Column("Recommended", Application.recommended_pence, export=lambda pence: None if pence is None else Pounds(pence)),
    )
    default_sort = "changed"

    def base(self) -> Select[Any]:
        return (
            bids_visible_to(self.user)
            .where(Application.stage.in_(UNDECIDED))
            .join(Application.organisation)
            .join(Application.round)
            .join(Round.fund)
        )

    def url(self, values: dict[str, Any]) -> str | None:
        return address_of("assessment.show", ref=values["reference"])

    def scored_here(self) -> list[str]:
        """The references of this page that stand beside a score."""
        names = ["id", "place", *(column.key for column in self.columns)]
        rows = (dict(zip(names, row, strict=True)) for row in self.found[0])
        return [row["reference"] for row in rows if row["score"] is not None]

    def scored(self) -> int:
        """How many bids of the whole list have a score."""
        return number_of(self.only(self.filtered().where(Application.agreed_permille.is_not(None)), Application.id))


class AssignmentList(Listing):
    """One's own assignments. Nothing of the bid itself: that opens when interests are declared, and never after a conflict."""

    caption = "Bids for you to score"
    noun = ("bid", "bids")
    entity = Assignment
    search = (Application.ref, Organisation.name)
    filters = (Choice("todo", "What to do", TODO, lambda: [(key, label) for key, (label, _) in TODO_WORDS.items()]),)
    columns = (
        Column("Reference", Application.ref, sort=True),
        Column("Applicant", Organisation.name),
        Column("Fund", Fund.name),
        Column("What to do", TODO, show=lambda key: tag(*TODO_WORDS[key]), export=lambda key: TODO_WORDS[key][0]),
        Column("Asked", Assignment.invited_at, show=on_day, sort=True, short=True),
    )
    default_sort = "-asked"

    def base(self) -> Select[Any]:
        return (
            select(Assignment)
            .where(Assignment.assessor_id == self.user.id)
            .join(Assignment.application)
            .join(Application.organisation)
            .join(Application.round)
            .join(Round.fund)
        )

    def url(self, values: dict[str, Any]) -> str | None:
        todo = values["what_to_do"]
        if todo == Stage.STOOD_DOWN:
            return None
        return url_for("assessment.interest" if todo == Stage.INVITED else "assessment.score", ref=values["reference"])
