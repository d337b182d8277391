"""The bids that became grants, each with what was reported on it so far."""

from collections.abc import Iterator
from datetime import timedelta

from portal.core.db import write
from portal.demonstration import acts
from portal.demonstration.cast import ADA, CLEO, HAL, ISLA, NINA, SAM
from portal.demonstration.plots import accepted, bid, days_later, live, offered, reported
from portal.demonstration.telling import Story, on
from portal.monitoring import actions as monitoring
from portal.plan.models import Rag


def grants_made() -> Iterator[Story]:
    yield from (
        new_drove(), bikes_at_ely(), days_in_wisbech(), bikes_in_petersfield(), alleys_in_millfield(), villages(), bretton_park(),
        youth_fusion(), cathedral_square(),
        live(bid("farm-watch", SAM, 157), (5, 4, 4, 4, 4, 3), 4),  # its mid-point return is due and not begun
        live(bid("cambourne-youth", SAM, 82), (4, 4, 3, 4, 2, 4), (4, 3, 3, 4, 2, 3), 320000,
             not_funded="One of the three youth workers, and the kitchen.",
             conditions="Tell us by the first evening who leads on safeguarding at each session."),
        accepted(bid("romsey-lighting", ISLA, 26), (4, 5, 4, 4, 3, 4), 4),
        offered(bid("st-neots-park", HAL, 18), 4, (4, 4, 4, 3, 4, 4)),
        offered(bid("linton-river", SAM, 20), (4, 4, 3, 3, 3, 4), (3, 4, 3, 3, 3, 3), 290000,
                not_funded="One of the two cameras, and the lights.",
                conditions="Put up signs that say who runs the camera before it is switched on."),
    )  # fmt: skip


def new_drove() -> Story:
    """The first of them: fly-tipping at New Drove, with a question about an invoice on the way."""
    award = yield from live(
        bid("new-drove", ADA, 292), (5, 4, 4, 4, 5, 4), (4, 4, 4, 4, 5, 3),
        reasons="Clearing the lane and keeping it clear answers what residents name first, and helps to secure crime and disorder"
        " reduction: a place that is watched and cared for draws less dumping and less other crime.",
        conditions="Send a photograph of the cleared lane with the mid-point return. Look for the origin of all new waste.",
    )  # fmt: skip
    return_ = yield from reported(
        award, after_days=10, reached=108, spent=128, delivery=Rag.GREEN, spend=Rag.AMBER,
        reason="All waste was taken away in three weeks, and both barriers stand. One new load in the last month, down from six."
        " Most of the money was needed at the beginning.",
    )  # fmt: skip
    yield days_later(return_, 14)
    acts.query(return_, "Which invoices make up the removal so far, and is more to come?", "Removal and disposal")
    yield days_later(return_, 17, "16:10")
    acts.answer_query(return_, "Two invoices, both paid. The removal is finished, so no more will come.")
    acts.file_return(return_)
    yield days_later(return_, 19)
    acts.accept_return(
        return_, spend=Rag.GREEN, reason="The removal had to be paid for at the start, as planned. The lane is clear; well done."
    )


def bikes_at_ely() -> Story:
    """Slow at half-time, good at the end: the only one with both returns accepted."""
    award = yield from live(bid("ely-bikes", CLEO, 282), 4, (4, 4, 3, 4, 4, 4))
    midpoint = yield from reported(
        award, reached=74, spent=82, delivery=Rag.AMBER, spend=Rag.AMBER,
        reason="The stands came six weeks late, so marking days were held without them. We have added three days in autumn.",
    )  # fmt: skip
    yield days_later(midpoint, 13)
    acts.accept_return(midpoint)
    final = yield from reported(
        award, 2, after_days=12, reached=101, spent=98, delivery=Rag.GREEN, spend=Rag.GREEN,
        reason="All stands are in use, 612 bikes are marked, and thefts have halved.",
    )  # fmt: skip
    yield days_later(final, 16)
    acts.accept_return(final)


def days_in_wisbech() -> Story:
    """The officer reads it as worse than the applicant does, and says why."""
    award = yield from live(bid("wisbech-days", ADA, 242), (4, 4, 4, 3, 3, 3), 4)
    return_ = yield from reported(
        award, reached=45, spent=92, delivery=Rag.AMBER, spend=Rag.GREEN,
        reason="Four of nine days were held. The outreach worker left in the second month and has not been replaced.",
    )  # fmt: skip
    yield days_later(return_, 15)
    acts.accept_return(
        return_, delivery=Rag.RED, spend=Rag.GREEN,
        reason="Reports have hardly fallen, and without outreach the days only move people on. We meet soon to mend this.",
    )  # fmt: skip


def bikes_in_petersfield() -> Story:
    award = yield from live(bid("bike-marking", ISLA, 217), (4, 5, 4, 4, 4, 4), 4)
    return_ = yield from reported(
        award, reached=80, spent=88, delivery=Rag.AMBER, spend=Rag.GREEN,
        reason="Marking is ahead; anchors are behind because landlords answer slowly. The council now writes to them.",
    )  # fmt: skip
    yield days_later(return_, 14)
    acts.accept_return(return_)


def alleys_in_millfield() -> Story:
    """Its return is overdue, which the gate will say of Peterborough's next bid."""
    award = yield from live(bid("millfield-tips", NINA, 212), (5, 5, 4, 4, 4, 4), (4, 5, 4, 4, 4, 4))
    midpoint = acts.returns_of(award)[0]
    yield on(midpoint.due_on + timedelta(days=1), "00:05")
    write(monitoring.count_overdue)


def villages() -> Story:
    award = yield from live(bid("speedwatch", HAL, 187), 4, (4, 3, 4, 4, 4, 4))
    return_ = yield from reported(
        award, reached=95, spent=118, delivery=Rag.GREEN, spend=Rag.AMBER,
        reason="Seventy-four sessions were held. Training cost more than planned because more people came.",
    )  # fmt: skip
    yield days_later(return_, 14)
    acts.query(return_, "Will the training line stay within what was agreed, and if not, which line pays?", "Training")


def bretton_park() -> Story:
    award = yield from live(bid("bretton-park", NINA, 187), (5, 4, 4, 4, 4, 4), (5, 4, 4, 4, 4, 4))
    return_ = yield from reported(
        award, reached=104, spent=101, reason="Reports have fallen by more than half, and nine young riders are in the workshop."
    )
    yield days_later(return_, 13)
    acts.accept_return(return_)


def youth_fusion() -> Story:
    award = yield from live(bid("youth-fusion", CLEO, 169), (4, 4, 4, 4, 3, 4), 4)
    yield from reported(
        award,
        reached=97,
        spent=104,
        reason="Two of three evenings were held, with 290 young people. The third comes next month.",
    )


def cathedral_square() -> Story:
    """Its return has been begun and lies there."""
    award = yield from live(bid("cathedral-square", NINA, 165), 4, (4, 3, 4, 4, 4, 3))
    midpoint = acts.returns_of(award)[0]
    yield days_later(midpoint, 4)
    acts.start_return(midpoint)
