"""What waits for those who decide and those who publish."""

from flask import url_for

from portal.applications.models import Application
from portal.applications.workflow import LIFE as BID
from portal.awards.lists import to_decide, to_publish
from portal.awards.models import Decision
from portal.core import money
from portal.people.models import User
from portal.people.policy import is_decision_maker, is_monitoring_officer
from portal.reporting.desk.piles import Pile, Task, Waiting

MOST = 20  # read by the queries of `awards`


def decisions(user: User) -> list[Pile]:
    return [Pile("Applications to decide", decision, to_decide(user), url_for("awards.index"), most=MOST)]


def decision(bid: Application) -> Task:
    href = url_for(BID.moves["award"].endpoint or "", ref=bid.ref)
    hint = f"{bid.ref}, from {bid.organisation}. Asks for {money.show(bid.requested_pence)}."
    return Task(bid.name, href, hint, f"{money.show(bid.recommended_pence)} recommended")


def notices(user: User) -> list[Pile]:
    return [Pile("Notices to publish", notice, to_publish(user), url_for("awards.decisions", notice="approved"), most=MOST)]


def notice(decision: Decision) -> Task:
    href = url_for("awards.notice", ref=decision.ref)
    return Task(decision.application.name, href, f"{decision.ref}, {decision.outcome.label.lower()}.", "To publish", "yellow")


WAITING: tuple[Waiting, ...] = ((is_decision_maker, decisions), (is_monitoring_officer, notices))
