"""A decision: who may make it, what it must say, what it leaves behind, and that it is made once."""

import pytest

from portal.applications.models import Stage
from portal.assessment.actions import reinstate
from portal.awards import actions
from portal.awards.models import Award, AwardStage, NoticeStage, Outcome
from portal.core.db import db, write
from portal.core.problems import Forbidden, NotNow, Refused
from portal.funds.models import Budget, Commitment
from portal.people.actions import involve
from portal.people.models import Appointment, Capacity, OfficeRole
from tests.cast import ADA, ALEX, CLEO, DANA, FINN, MONA, OMAR, PRIYA, TESS, VIC
from tests.factories import a_recommended_bid, a_submitted_bid, award_of

WORDS = {
    "reasons": "Less fly-tipping means less arson on the drove.",
    "conditions": "Photographs before and after.",
    "interests": "No interest was declared.",
}


def budget_of(bid):
    return db.session.query(Budget).filter_by(fund_id=bid.round.fund_id, year="2026-27").one()


def decide(bid, by, outcome=Outcome.AWARD, pence=None, **changes):
    words = WORDS | changes
    pence = bid.requested_pence if pence is None else pence
    return write(actions.decide, bid, outcome, pence, **{"budget_id": budget_of(bid).id, **words}, by=by)


def test_only_a_decision_maker_opens_the_page(as_user):
    bid = a_recommended_bid()
    for who, status in [(DANA, 200), (OMAR, 403), (PRIYA, 403), (FINN, 403), (MONA, 403), (ALEX, 403), (TESS, 403),
                        (VIC, 404), (ADA, 404), (CLEO, 404), (None, 303)]:  # fmt: skip
        client = as_user(who)
        assert client.get(f"/awards/decide/{bid.ref}").status_code == status, who
        if who is not DANA:
            assert client.post(f"/awards/decide/{bid.ref}", data={"step": "confirm"}).status_code == status, who


def test_an_award_commits_money_freezes_the_bid_and_writes_to_those_concerned(person, outbox, verbs_about):
    bid = a_recommended_bid()
    left = budget_of(bid).available_pence

    decision = decide(bid, person(DANA))

    award = award_of(bid)
    assert bid.stage is Stage.AWARDED
    assert (award.pence, award.stage, award.recipient.key) == (145_000, AwardStage.OFFERED, "fenland-district-council")
    assert sum(line.pence for line in award.lines) == award.pence
    assert [served.objective_id for served in award.objectives]
    assert budget_of(bid).available_pence == left - 145_000
    assert (decision.ref, decision.stage, decision.legal_basis) == (
        "D2026-0001",
        NoticeStage.APPROVED,
        bid.round.fund.legal_basis,
    )
    assert [(mail.template, mail.to_address) for mail in outbox()][-2:] == [
        ("awards/offered", "ada@fenland-csp.example"),
        ("awards/to_accept", "gus@fenland.example"),
    ]
    assert verbs_about(bid)[-2:] == ["decision.approve", "application.award"]


def test_a_decline_spends_nothing_and_tells_the_applicant_what_to_learn(person, outbox):
    bid = a_submitted_bid()

    decision = decide(bid, person(DANA), Outcome.DECLINE, 0, budget_id=None, feedback="Say how often it happens.")

    assert (bid.stage, decision.awarded_pence) == (Stage.DECLINED, 0)
    letter = next(mail for mail in outbox() if mail.template == "awards/declined")
    assert "Say how often it happens." in letter.body
    assert "points" not in letter.body
    assert db.session.query(Commitment).filter_by(case=bid.ref).count() == 0


REFUSALS = [
    (Outcome.AWARD, 145_001, {}, "amount"),
    (Outcome.AWARD, 144_999, {}, "amount"),
    (Outcome.AWARD, 0, {}, "amount"),
    (Outcome.PART_AWARD, 145_000, {"not_funded": "The signs."}, "amount"),
    (Outcome.PART_AWARD, -1, {"not_funded": "The signs."}, "amount"),
    (Outcome.PART_AWARD, 100_000, {}, "not_funded"),
    (Outcome.AWARD, 145_000, {"budget_id": None}, "budget"),
    (Outcome.AWARD, 145_000, {"budget_id": 999_999}, "budget"),
    (Outcome.AWARD, 145_000, {"reasons": ""}, "reasons"),
    (Outcome.AWARD, 145_000, {"interests": ""}, "no_interest"),
    (Outcome.DECLINE, 0, {}, "feedback"),
]


def test_what_the_notice_could_not_be_published_with_is_refused(person):
    bid = a_recommended_bid()
    for outcome, pence, changes, field in REFUSALS:
        with pytest.raises(Refused) as refused:
            decide(bid, person(DANA), outcome, pence, **changes)
        assert refused.value.field == field
    assert bid.stage is Stage.RECOMMENDED
    assert db.session.query(Award).filter_by(application_id=bid.id).count() == 0


def test_another_funds_budget_or_another_years_cannot_pay(person):
    bid = a_recommended_bid()
    for budget in db.session.query(Budget).filter(Budget.id != budget_of(bid).id).all():
        with pytest.raises(Refused, match="budgets shown"):
            decide(bid, person(DANA), budget_id=budget.id)


def test_who_scored_a_bid_cannot_decide_it(person, as_user):
    dana = person(DANA)
    write(db.session.add, Appointment(user_id=dana.id, role=OfficeRole.ASSESSOR, from_on=dana.appointments[0].from_on))
    bid = a_recommended_bid()
    other = a_submitted_bid(by=CLEO)
    write(involve, dana, bid.ref, Capacity.ASSESSOR)

    with pytest.raises((Forbidden, Refused)):
        decide(bid, dana)
    assert as_user(DANA).get(f"/awards/decide/{bid.ref}").status_code == 403
    assert as_user(DANA).get(f"/awards/decide/{other.ref}").status_code == 200


def test_who_decided_a_bid_cannot_score_it_later(person):
    dana = person(DANA)
    bid = a_recommended_bid()
    decide(bid, dana)
    with pytest.raises(Refused, match="score a bid and decide it"):
        write(involve, dana, bid.ref, Capacity.ASSESSOR)


def test_standing_aside_closes_the_bid_and_asks_for_another_person(as_user, person, outbox):
    bid = a_recommended_bid()
    dana = as_user(DANA)

    reply = dana.post(f"/awards/decide/{bid.ref}/stand-aside", data={"interest": "My sister runs the site."})

    assert reply.status_code == 303
    assert dana.get(f"/awards/decide/{bid.ref}").status_code == 404
    assert bid.name not in dana.get("/awards/").text
    with pytest.raises(Forbidden):
        decide(bid, person(DANA))
    letter = outbox()[-1]
    assert (letter.template, letter.to_address) == ("awards/stood_aside", "priya@opcc.example")
    assert "sister" not in letter.body


def test_standing_aside_says_why(as_user):
    bid = a_recommended_bid()
    reply = as_user(DANA).post(f"/awards/decide/{bid.ref}/stand-aside", data={"interest": " "})
    assert reply.status_code == 422
    assert "Say what your interest is" in reply.text


def test_a_bid_that_is_not_recommended_can_only_be_declined(as_user, person):
    bid = a_submitted_bid()
    page = as_user(DANA).get(f"/awards/decide/{bid.ref}")
    assert page.status_code == 200
    assert 'value="award"' not in page.text
    with pytest.raises(NotNow):
        decide(bid, person(DANA))


def test_a_second_decision_is_not_made(person):
    bid = a_recommended_bid()
    decide(bid, person(DANA))
    with pytest.raises(NotNow):
        decide(bid, person(DANA))


def test_deciding_again_after_a_reinstatement_supersedes_the_notice(person):
    bid = a_recommended_bid()
    first = decide(bid, person(DANA), Outcome.DECLINE, 0, budget_id=None, feedback="Too early.")
    write(actions.publish, first, by=person(MONA))
    write(reinstate, bid, "The evidence had been overlooked.", by=person(PRIYA))

    second = decide(bid, person(DANA), Outcome.DECLINE, 0, budget_id=None, feedback="Still too early.")

    assert first.stage is NoticeStage.SUPERSEDED
    assert (second.ref, second.replaces) == ("D2026-0002", first)
    assert first.replaced_by is second


def test_an_assessor_who_is_made_decision_maker_cannot_decide_what_they_scored(person):
    bid = a_recommended_bid()
    tess = person(TESS)
    write(db.session.add, Appointment(user_id=tess.id, role=OfficeRole.DECISION_MAKER, from_on=tess.appointments[0].from_on))
    with pytest.raises((Forbidden, Refused)):
        decide(bid, tess)


def test_it_is_too_late_to_stand_aside_once_one_has_decided(person):
    bid = a_recommended_bid()
    decide(bid, person(DANA))
    with pytest.raises(NotNow):
        write(actions.stand_aside, bid, "A friend works there.", by=person(DANA))
