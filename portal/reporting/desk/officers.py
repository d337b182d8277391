"""What waits for grants officers, from the first checks to the last return."""

from itertools import chain
from typing import Any

from flask import url_for
from sqlalchemy import and_, func, or_, select

from portal.applications import policy as bids
from portal.applications.models import UNTITLED, Application
from portal.applications.models import Stage as BidStage
from portal.applications.workflow import LIFE as BID
from portal.assessment.models import Assignment
from portal.assessment.models import Stage as ScoreStage
from portal.awards import policy as awards
from portal.awards.models import Award
from portal.awards.workflow import LIFE as AWARD
from portal.core import clock, money
from portal.core.clock import read_day, read_moment
from portal.core.db import db
from portal.core.page import address_of
from portal.core.workflow import Stage
from portal.funds.models import Round
from portal.monitoring import policy as returns
from portal.monitoring.models import WITH_APPLICANT, Return
from portal.monitoring.workflow import LIFE as RETURN
from portal.people.models import Organisation, User
from portal.people.policy import is_officer
from portal.reporting.desk.piles import MOST, Pile, Task, Waiting

STILL_TO_COME = [stage for stage in ScoreStage if stage not in (ScoreStage.SUBMITTED, ScoreStage.STOOD_DOWN)]


def bids_at(user: User, stage: Stage) -> Any:
    """Of each bid only what its line says: a desk looks at hundreds. One stage, as the index gives those in their order."""
    return (
        bids.visible_to(user)
        .join(Application.organisation)
        .join(Application.round)
        .with_only_columns(
            Application.ref, Application.title, Application.stage, Application.submitted_at, Application.agreed_permille,
            Organisation.name.label("organisation"), Round.assessors_required, Round.kind,
        )
        .where(Application.stage == stage)
        .order_by(Application.changed_at, Application.id)
        .limit(MOST)
    )  # fmt: skip


def to_check(user: User) -> list[Pile]:
    found = db.session.execute(bids_at(user, BidStage.SUBMITTED)).all()
    return [Pile("Applications to check", arrived, found, url_for("assessment.index", stage="submitted"))]


def arrived(bid: Any) -> Task:
    href = address_of(BID.moves["admit"].endpoint or "", ref=bid.ref)
    return Task(bid.title or UNTITLED, href, f"{bid.ref}, from {bid.organisation}. Came in on {read_moment(bid.submitted_at)}.")


def counted(*stages: ScoreStage) -> Any:
    """How many assignments of a bid stand in these stages."""
    return (
        select(func.count(Assignment.id))
        .where(Assignment.application_id == Application.id, Assignment.stage.in_(stages))
        .correlate(Application)
        .scalar_subquery()
    )


def in_assessment(user: User) -> list[Pile]:
    """Bids on which an officer is next: to assign, to moderate, to recommend. The others wait for scores."""
    next_on: dict[str, list[Any]] = {"assign": [], "moderate": [], "recommend": []}
    counts = counted(ScoreStage.SUBMITTED).label("submitted"), counted(*STILL_TO_COME).label("open")
    queries = (bids_at(user, stage).add_columns(*counts) for stage in (BidStage.IN_ASSESSMENT, BidStage.IN_MODERATION))
    for bid in chain.from_iterable(map(db.session.execute, queries)):
        if step := next_step(bid):
            next_on[step].append(bid)
    return [
        Pile("Assessors to assign", scored, next_on["assign"]),
        Pile("Scores to moderate", scored, next_on["moderate"]),
        Pile("Recommendations to make", scored, next_on["recommend"]),
    ]


def scored(bid: Any) -> Task:
    needed = max(bid.assessors_required, bid.submitted + bid.open)
    scores = "By invitation" if bid.kind.is_by_invitation else f"{bid.submitted} of {needed} scores in"
    href, hint = address_of("assessment.show", ref=bid.ref), f"{bid.ref}, from {bid.organisation}."
    return Task(bid.title or UNTITLED, href, hint, scores)


def next_step(bid: Any) -> str | None:
    """What an officer does next on a bid with so many scores in and so many to come; nothing while scores are awaited."""
    if bid.agreed_permille is not None or (bid.kind.is_by_invitation and not bid.submitted + bid.open):
        return "recommend"
    if bid.submitted + bid.open < bid.assessors_required:
        return "assign"
    if bid.open:
        return None
    if bid.stage is BidStage.IN_MODERATION:
        return "moderate"
    return "moderate" if bid.submitted > 1 else "recommend"


def with_panel(user: User) -> list[Pile]:
    """Bids before the panel, those it asked about, and the reserve, which waits for money."""
    query = bids.visible_to(user).join(Application.organisation).with_only_columns(
        Application.ref, Application.title, Application.stage, Application.reserve_place,
        Organisation.name.label("organisation"),
    ).where(Application.stage.in_((BidStage.AT_PANEL, BidStage.DEFERRED, BidStage.RESERVE)))  # fmt: skip
    found = db.session.execute(
        query.order_by(Application.reserve_place, Application.changed_at, Application.id).limit(MOST)
    ).all()
    return [
        Pile("Outcomes of the panel to record", paneled, [bid for bid in found if bid.stage is BidStage.AT_PANEL]),
        Pile("Deferred bids to answer", paneled, [bid for bid in found if bid.stage is BidStage.DEFERRED]),
        Pile("In reserve", paneled, [bid for bid in found if bid.stage is BidStage.RESERVE], is_quiet=True),
    ]


def paneled(bid: Any) -> Task:
    status = f"Place {bid.reserve_place}" if bid.stage is BidStage.RESERVE else bid.stage.label
    hint = f"{bid.ref}, from {bid.organisation}."
    return Task(bid.title or UNTITLED, address_of("assessment.show", ref=bid.ref), hint, status, bid.stage.colour)


def to_start(user: User) -> list[Pile]:
    found = (
        awards.visible_to(user)
        .join(Award.recipient)
        .with_only_columns(Award.ref, Award.title, Award.pence, Award.stage, Organisation.name.label("recipient"))
        .where(Award.stage.in_(AWARD.moves["go_live"].from_stages))
        .order_by(Award.accepted_at, Award.id)
        .limit(MOST)
    )
    return [Pile("Grants to start", accepted, db.session.execute(found).all())]


def accepted(award: Any) -> Task:
    hint = f"{award.ref}, {money.show(award.pence)} to {award.recipient}."
    return Task(award.title, address_of("reporting.grant", ref=award.ref), hint, award.stage.label, award.stage.colour)


def returns_to_see(user: User) -> list[Pile]:
    """Returns that were sent, and those that ought to have been."""
    sent = RETURN.moves["accept"].from_stages
    query = (
        returns.visible_to(user)
        .join(Return.award)
        .join(Award.recipient)
        .with_only_columns(
            Return.ref, Return.kind, Return.stage, Return.due_on, Award.title, Organisation.name.label("recipient")
        )
        .where(or_(Return.stage.in_(sent), and_(Return.stage.in_(WITH_APPLICANT), Return.due_on < clock.today())))
        .order_by(Return.due_on, Return.id)
    )
    found = db.session.execute(query.limit(MOST)).all()
    return [
        Pile("Returns to review", review, [each for each in found if each.stage in sent], url_for("monitoring.index")),
        Pile("Overdue returns to chase", chase, [each for each in found if each.stage not in sent]),
    ]


def review(return_: Any) -> Task:
    href, hint = address_of("monitoring.show", ref=return_.ref), f"{return_.kind.label} from {return_.recipient}."
    return Task(return_.title, href, hint, return_.stage.label, return_.stage.colour)


def chase(return_: Any) -> Task:
    hint = f"{return_.kind.label} from {return_.recipient}, due on {read_day(return_.due_on)}."
    return Task(return_.title, address_of("monitoring.show", ref=return_.ref), hint, "Overdue", "red")


WAITING: tuple[Waiting, ...] = (
    (is_officer, to_check),
    (is_officer, in_assessment),
    (is_officer, with_panel),
    (is_officer, to_start),
    (is_officer, returns_to_see),
)
