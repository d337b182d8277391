"""What waits for those who bid, sign and report."""

from flask import url_for
from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager

from portal.applications import policy as bids
from portal.applications.models import Application
from portal.applications.models import Stage as BidStage
from portal.applications.workflow import BEFORE_DECISION
from portal.applications.workflow import LIFE as BID
from portal.awards import policy as awards
from portal.awards.models import Award
from portal.awards.workflow import LIFE as AWARD
from portal.core import clock, money
from portal.core.clock import DAY, read_day, read_moment
from portal.core.db import db
from portal.funds.models import Round, RoundStage
from portal.monitoring import policy as returns
from portal.monitoring.models import WITH_APPLICANT, Return
from portal.monitoring.models import Stage as ReturnStage
from portal.people.models import Right, User
from portal.reporting.desk.piles import MOST, Pile, Task, Waiting, by_day

AHEAD = 45 * DAY  # a return shows on the desk this long before it is due
WRITERS = (Right.LEAD, Right.CONTRIBUTOR)


def organisations(user: User, *rights: Right) -> list[int]:
    return [held.organisation_id for held in user.memberships if held.is_current and held.right in rights]


def writes(user: User) -> bool:
    return bool(organisations(user, *WRITERS))


def signs(user: User) -> bool:
    return bool(organisations(user, Right.SIGNATORY))


def reports(user: User) -> bool:
    return writes(user) or signs(user)


def own_bids(user: User) -> list[Pile]:
    """What can still be handed in, what we have asked about, and what is with the office."""
    own = Application.organisation_id.in_(organisations(user, *WRITERS))
    query = (
        bids.visible_to(user)
        .where(own, Application.stage.in_(BID.moves["submit"].from_stages | BEFORE_DECISION))
        .join(Application.round)
        .options(contains_eager(Application.round).joinedload(Round.fund))
        .order_by(Round.closes_at, Application.id)
    )
    found = db.session.scalars(query.limit(MOST)).all()
    drafts = [bid for bid in found if bid.is_open and bid.stage is not BidStage.RETURNED]
    return [
        Pile("Questions to answer", question, [bid for bid in found if bid.stage is BidStage.RETURNED]),
        Pile("Applications to finish", draft, drafts, url_for("applications.index", stage=BidStage.DRAFT)),
        Pile("With the office", sent, [bid for bid in found if not bid.is_open], is_quiet=True),
    ]


def draft(bid: Application) -> Task:
    round_, href = bid.round, url_for("applications.show", ref=bid.ref)
    if round_.stage is RoundStage.PAUSED:
        return Task(bid.name, href, f"{bid.ref}. The round is paused.", "Paused", "yellow")
    if not bid.is_in_time:
        return Task(bid.name, href, f"{bid.ref}. The round has closed.", "Closed", "grey")
    if (closes_at := bid.closes_at) is None:
        return Task(bid.name, href, f"{bid.ref}, {round_.fund}.", "Draft", "light-blue")
    hint = f"{bid.ref}, {round_.fund}. The round closes on {read_moment(closes_at)}."
    return Task(bid.name, href, hint, *by_day(clock.day_of(closes_at)))


def question(bid: Application) -> Task:
    hint = f"{bid.ref}. We asked you to change something."
    return Task(bid.name, url_for("applications.show", ref=bid.ref), hint, "Your answer", "yellow")


def sent(bid: Application) -> Task:
    hint = f"{bid.ref}. Sent on {read_moment(bid.submitted_at)}."
    return Task(bid.name, url_for("reporting.grant", ref=bid.ref), hint, "With us")


def offers(user: User) -> list[Pile]:
    query = (
        awards.visible_to(user)
        .where(Award.recipient_id.in_(organisations(user, Right.SIGNATORY)))
        .where(Award.stage.in_(AWARD.moves["accept"].from_stages))
        .order_by(Award.accept_by_on, Award.id)
    )
    return [Pile("Offers to accept", offer, db.session.scalars(query.limit(MOST)).all())]


def offer(award: Award) -> Task:
    hint, href = f"{award.ref}, {money.show(award.pence)}", url_for("awards.accept", ref=award.ref)
    if award.accept_by_on is None:
        return Task(award.title, href, f"{hint}.", award.stage.label, award.stage.colour)
    return Task(award.title, href, f"{hint}. Accept by {read_day(award.accept_by_on)}.", *by_day(award.accept_by_on))


def own_returns(user: User) -> list[Pile]:
    """Returns that are queried, overdue or due before long."""
    own = organisations(user, *WRITERS, Right.SIGNATORY)
    granted = select(Award.id).where(or_(Award.recipient_id.in_(own), Award.partnership_id.in_(own)))
    query = (
        returns.visible_to(user)
        .where(Return.award_id.in_(granted), Return.stage.in_(WITH_APPLICANT))
        .where(or_(Return.stage == ReturnStage.QUERIED, Return.due_on <= clock.today() + AHEAD))
        .join(Return.award)
        .options(contains_eager(Return.award))
        .order_by(Return.due_on, Return.id)
    )
    found = db.session.scalars(query.limit(MOST)).all()
    return [Pile("Returns to send", report, found, url_for("monitoring.index"))]


def report(return_: Return) -> Task:
    hint = f"{return_.kind.label} for {return_.award.ref}, due on {read_day(return_.due_on)}."
    is_asked = return_.stage is ReturnStage.QUERIED
    words, colour = ("Your answer", "yellow") if is_asked else by_day(return_.due_on)
    return Task(return_.award.title, url_for("monitoring.show", ref=return_.ref), hint, words, colour)


WAITING: tuple[Waiting, ...] = ((signs, offers), (reports, own_returns), (writes, own_bids))
