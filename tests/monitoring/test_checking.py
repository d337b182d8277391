"""What the office does with a return: reads it, accepts it with its own readings, asks, or does without it."""

import pytest

from portal.core.db import write
from portal.core.problems import Forbidden, NotNow, Refused
from portal.monitoring import actions
from portal.monitoring.models import Stage
from portal.people.lists import standing_now
from portal.plan.models import Direction, Rag
from tests.cast import ADA, ALEX, CLEO, DANA, FINN, GUS, OMAR, PRIYA, TESS
from tests.factories import (
    a_draft_return,
    a_due_return,
    a_submitted_return,
    accept_return,
    answer_query,
    file_return,
    fill_return,
    query,
    returns_of,
    start_return,
)


def reported(award):
    return sum(part.spent_pence for part in award.funding)


def test_only_a_grants_officer_reviews(as_user):
    return_ = a_submitted_return()
    url = f"/returns/{return_.ref}/review"
    for who, status in [(ADA, 403), (GUS, 403), (DANA, 403), (FINN, 403), (ALEX, 403), (CLEO, 404), (TESS, 404), (None, 303),
                        (OMAR, 200), (PRIYA, 200)]:  # fmt: skip
        assert as_user(who).get(url).status_code == status, who
        if status != 200:
            assert as_user(who).post(url, data={"move": "accept"}).status_code == status, who
    page = as_user(OMAR).get(url).text
    for wanted in ("Time gone", "50%", "Figures suggest", "Counted on the last day of the period.", return_.rag_reason):
        assert wanted in page, wanted


def test_accepting_puts_readings_direction_and_spend_on_the_award(as_user, outbox):
    return_ = a_submitted_return()
    award = return_.award
    spent = sum(line.spent_pence for line in return_.spending)

    reply = as_user(OMAR).post(f"/returns/{return_.ref}/review", data={"move": "accept", "delivery": "green", "spend": "green"})

    assert (reply.status_code, return_.stage) == (303, Stage.ACCEPTED)
    assert (award.delivery_rag, award.spend_rag, award.direction) == (Rag.GREEN, Rag.GREEN, Direction.NEW)
    assert (award.rag_reason, reported(award)) == (return_.rag_reason, spent)
    assert (return_.agreed_delivery, return_.agreed_reason) == (Rag.GREEN, "")
    assert outbox()[-1].template == "monitoring/accepted"
    assert as_user(OMAR).post(f"/returns/{return_.ref}/review", data={"move": "accept"}).status_code == 303  # a second click


def test_another_reading_than_the_applicants_needs_a_reason(as_user):
    return_ = a_submitted_return()
    omar, url = as_user(OMAR), f"/returns/{return_.ref}/review"

    silent = omar.post(url, data={"move": "accept", "delivery": "red", "spend": "green", "reason": ""})
    assert silent.status_code == 422
    assert 'href="#reason"' in silent.text
    for bad in ({"delivery": "purple", "spend": "green"}, {"delivery": "", "spend": ""}):
        assert omar.post(url, data={"move": "accept", **bad, "reason": "x"}).status_code == 422, bad
    assert return_.stage is Stage.SUBMITTED


def test_the_offices_reading_stands_beside_the_applicants(as_user):
    return_ = a_submitted_return()
    accept_return(return_, delivery=Rag.AMBER, reason="The second measure has hardly moved.")
    page = as_user(ADA).get(f"/returns/{return_.ref}").text
    assert "Delivery, as the office reads it" in page
    assert "The second measure has hardly moved." in page
    assert return_.award.rag_reason == "The second measure has hardly moved."


def test_direction_of_travel_is_the_change_since_the_return_before(app):
    first = a_submitted_return()
    award = accept_return(first, delivery=Rag.AMBER, reason="Slow.").award
    last = fill_return(start_return(returns_of(award)[1]), spent=100)
    file_return(last)
    accept_return(last)
    assert (award.delivery_rag, award.direction) == (Rag.GREEN, Direction.IMPROVING)
    assert reported(award) == award.pence


def test_returns_are_accepted_in_order(as_user):
    first = a_submitted_return()
    last = fill_return(start_return(returns_of(first.award)[1]))
    file_return(last)

    with pytest.raises(NotNow, match=f"Accept or waive {first.ref} first"):
        accept_return(last)
    assert (
        as_user(OMAR)
        .post(f"/returns/{last.ref}/review", data={"move": "accept", "delivery": "green", "spend": "green"})
        .status_code
        == 409
    )
    accept_return(first)
    assert accept_return(last).stage is Stage.ACCEPTED


def test_asking_sends_the_return_back_with_time_to_answer(as_user, outbox, frozen):
    return_ = a_submitted_return()
    omar, url = as_user(OMAR), f"/returns/{return_.ref}/review"
    for bad, place in [({"about": "", "question": "Why?"}, "about"), ({"about": "Spending", "question": " "}, "question"),
                       ({"about": "<b>", "question": "Why?"}, "about")]:  # fmt: skip
        refused = omar.post(url, data={"move": "query", **bad})
        assert refused.status_code == 422
        assert f'href="#{place}"' in refused.text
    frozen.at(frozen.now.replace(year=2027))

    assert as_user(OMAR).post(url, data={"move": "query", "about": "Spending", "question": "Which invoices?"}).status_code == 303

    assert (return_.stage, (return_.due_on - frozen.now.date()).days) == (Stage.QUERIED, 14)
    assert not return_.is_overdue
    letter = outbox()[-1]
    assert (letter.template, letter.to_address) == ("monitoring/queried", "ben@fenland-csp.example")
    assert "Which invoices?" in letter.body


def test_a_queried_return_may_change_and_come_back(as_user):
    return_ = query(a_submitted_return())
    fill_return(return_, spent=80)
    answer_query(return_)
    file_return(return_)
    assert accept_return(return_).stage is Stage.ACCEPTED
    assert reported(return_.award) == sum(line.spent_pence for line in return_.spending)


def test_only_the_head_of_commissioning_waives_and_only_what_is_not_begun(as_user, outbox):
    return_ = a_due_return()
    url = f"/returns/{return_.ref}/waive"
    for who, status in [(OMAR, 403), (ADA, 403), (GUS, 403), (FINN, 403), (CLEO, 404), (None, 303)]:
        assert as_user(who).get(url).status_code == status, who
        assert as_user(who).post(url, data={"reason": "x"}).status_code == status, who
    priya = as_user(PRIYA)
    assert priya.get(url).status_code == 200
    assert priya.post(url, data={"reason": ""}).status_code == 422
    assert priya.post(url, data={"reason": "The site was cleared in a week."}).status_code == 303
    assert (return_.stage, return_.waived_reason) == (Stage.WAIVED, "The site was cleared in a week.")
    assert outbox()[-1].template == "monitoring/waived"
    assert "The site was cleared in a week." in as_user(ADA).get(f"/returns/{return_.ref}").text


def test_verbs_refuse_what_their_pages_do_not_offer(person):
    return_ = a_submitted_return()
    with pytest.raises(Forbidden):
        query(return_, by=ADA)
    with pytest.raises(Forbidden):
        accept_return(return_, by=DANA)
    with pytest.raises(NotNow):
        write(actions.waive, return_, "x", by=person(PRIYA))
    with pytest.raises(Refused):
        write(actions.query, return_, "Spending", "", by=person(OMAR))


def test_overdue_returns_count_against_the_partnership_until_they_are_sent(frozen, person, outbox):
    return_ = a_draft_return()
    owner = return_.award.partnership_id
    frozen.at(frozen.now.replace(year=return_.due_on.year, month=return_.due_on.month, day=return_.due_on.day))
    assert write(actions.count_overdue) == 0
    frozen.move(days=1)

    assert write(actions.count_overdue) == 1
    assert write(actions.count_overdue) == 0
    assert standing_now(owner).overdue_returns == 1
    assert {mail.template for mail in outbox()[-2:]} == {"monitoring/overdue"}

    file_return(fill_return(return_))
    assert standing_now(owner).overdue_returns == 0
    assert write(actions.count_overdue) == 0


def test_waiving_settles_an_overdue_return(frozen, person):
    return_ = a_due_return()
    frozen.move(days=400)
    write(actions.count_overdue)
    before = standing_now(return_.award.partnership_id).overdue_returns
    write(actions.waive, return_, "Not needed.", by=person(PRIYA))
    assert standing_now(return_.award.partnership_id).overdue_returns == before - 1
