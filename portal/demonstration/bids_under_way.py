"""The bids that are not grants, or not yet: one or more at every stage before the award, and at every other end."""

from collections.abc import Iterator
from datetime import timedelta

from portal.awards import actions as awards
from portal.core.db import write
from portal.demonstration import acts
from portal.demonstration.cast import ADA, BEN, CLEO, HAL, ISLA, MAYA, NINA, OLLY, SAM, TESS, UMA, VIC
from portal.demonstration.plots import admitted, begun, bid, half_written, offered, recommended, scored, submitted
from portal.demonstration.telling import Story, on


def bids_under_way() -> Iterator[Story]:
    yield from (
        film_declined(), common_withdrawn(), motorbikes_lapsed(), study_ineligible(),
        recommended(bid("haddenham-speed", CLEO, 17), (5, 4, 4, 4, 4, 3), 4),
        recommended(bid("witchford-tips", CLEO, 15), 4, (3, 4, 4, 3, 4, 4)),
        car_meets_in_moderation(), vic_steps_back(), one_score_in(), river_returned(),
        admitted(bid("arbury", ISLA, 11)),
        submitted(bid("mill-road", ISLA, 6)),
        submitted(bid("werrington-crossing", NINA, 7)),
        submitted(bid("boxing", MAYA, 10, "YCF26")),
        half_written(bid("wisbech-market", BEN, 5), "partnership", "contacts", "problem"),
        allotment_after_the_bank(),
        begun(bid("", SAM, 4)),
    )  # fmt: skip


def allotment_after_the_bank() -> Story:
    """One signature was too few for the questions before the form; two days later the bank has added the second."""
    it = bid("allotment", OLLY, 4, "YCF26")
    yield on(it.began_on - timedelta(days=2), "17:40")
    acts.answer_eligibility("YCF26", by=OLLY, wrong=[2])
    yield from half_written(it, "organisation", "contacts", "problem")


def film_declined() -> Story:
    it = bid("newmarket-road", ISLA, 120)
    application = yield from recommended(it, (1, 1, 3, 2, 1, 2), (2, 1, 3, 1, 2, 2), 0)
    yield it.on(9, "12:20")
    decision = acts.decline(
        application,
        reasons="The application does not show how a film would lead to fewer bikes being stolen, and gives no figures.",
        feedback="Bike theft there is real: police figures would help you. We liked that students take part. Tell us what people"
        " will do differently, how you would know, and what a smaller first step would cost. You may apply again at any time.",
    )
    yield it.on(12, "15:20")
    acts.publish(decision)


def common_withdrawn() -> Story:
    it = bid("coldhams", ISLA, 95)
    application = yield from submitted(it)
    yield it.on(5, "16:45")
    acts.withdraw(application, "The parks team has found the money in its own budget.")


def motorbikes_lapsed() -> Story:
    """An offer that nobody accepted in time."""
    award = yield from offered(bid("ramsey", HAL, 75))
    yield on((award.accept_by_on or award.ends_on) + timedelta(days=1), "00:05")
    write(awards.lapse_overdue)


def study_ineligible() -> Story:
    it = bid("oxmoor", HAL, 60)
    application = yield from submitted(it)
    yield it.on(4, "11:40")
    acts.refuse_entry(application, "nothing_excluded", "Academic research is on the fund's list of what it does not pay for.")


def car_meets_in_moderation() -> Story:
    """Two assessors who see it very differently."""
    it = bid("car-meets", NINA, 19)
    application = yield from scored(it, (5, 5, 4, 4, 4, 3), (3, 4, 2, 2, 2, 3))
    yield it.on(8, "11:15")
    acts.begin_moderation(application)


def vic_steps_back() -> Story:
    """An assessor with a conflict: another takes his place, and one score is in."""
    it = bid("chatteris-bikes", ADA, 16)
    application, (tess, vic) = yield from admitted(it, (TESS, VIC))
    yield it.on(5, "09:05")
    acts.declare(vic, "My brother is the manager of the leisure centre.")
    yield it.on(5, "10:40")
    acts.declare(tess)
    uma = acts.assign(application, UMA)
    yield it.on(6, "15:25")
    acts.score(tess, (4, 4, 4, 3, 4, 3))
    yield it.on(7, "09:15")
    acts.declare(uma)


def one_score_in() -> Story:
    """The other assessor has begun: three of six criteria."""
    it = bid("melbourn-speed", SAM, 14)
    _, (tess, uma) = yield from admitted(it)
    yield it.on(5, "11:20")
    acts.declare(tess)
    acts.declare(uma)
    yield it.on(6, "10:10")
    acts.score(tess, (4, 4, 3, 3, 4, 4))
    yield it.on(6, "16:30")
    acts.score(uma, (3, 4, 3), hand_in=False)


def river_returned() -> Story:
    it = bid("godmanchester", HAL, 12)
    application = yield from submitted(it)
    yield it.on(4, "09:50")
    acts.ask(
        application,
        "Thank you for this. Please give a number for complaints now and one to reach, so that we can see whether it worked;"
        " and say what else shows the problem besides complaints.",
        ("problem", "results"),
    )
