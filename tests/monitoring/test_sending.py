"""Sending a return: whole, certified by who may, and its questions from the office answered first."""

import re

import pytest

from portal.core.db import db, write
from portal.core.problems import Incomplete, NotNow
from portal.monitoring import actions
from portal.monitoring.models import Stage
from tests.cast import ADA, ALEX, BEN, CLEO, FINN, GUS, NED, OMAR, ROSA
from tests.factories import (
    a_draft_return,
    a_filled_return,
    a_queried_return,
    accept_return,
    answer_query,
    file_return,
    fill_return,
    query,
    returns_of,
    start_return,
)

CERTIFIED = {"certified": "y", "early_reason": "The work is finished and paid for."}


def test_an_empty_return_is_refused_with_a_way_to_everything_that_is_missing(as_user):
    return_ = a_draft_return()
    url = f"/returns/{return_.ref}/check"

    reply = as_user(ADA).post(url, data=CERTIFIED)

    assert reply.status_code == 422
    for place in ("/sections/progress?check=yes#question-", f"/figures?check=yes#measure-{return_.measures[0].measure_id}",
                  f"/figures?check=yes#line-{return_.spending[0].line_id}", "/figures?check=yes#rag_reason"):  # fmt: skip
        assert place in reply.text, place
    page = as_user(ADA).get(f"/returns/{return_.ref}/figures?check=yes").text
    for place in re.findall(rf"/returns/{return_.ref}/figures\?check=yes#([\w-]+)", reply.text):
        assert f'id="{place}"' in page, place
    assert return_.stage is Stage.DRAFT


def test_certifying_needs_the_tick(as_user):
    return_ = a_filled_return()
    reply = as_user(ADA).post(f"/returns/{return_.ref}/check", data={})
    assert reply.status_code == 422
    assert 'href="#certified"' in reply.text


def test_a_return_sent_before_its_period_ends_says_why_nothing_more_will_change(as_user, frozen):
    return_ = a_filled_return()
    url = f"/returns/{return_.ref}/check"
    ada = as_user(ADA)
    assert "wait until that day" in ada.get(url).text
    reply = ada.post(url, data={"certified": "y"})
    assert (reply.status_code, 'href="#early_reason"' in reply.text, return_.stage) == (422, True, Stage.DRAFT)
    assert ada.post(url, data=CERTIFIED).status_code == 303
    assert "The work is finished and paid for." in as_user(OMAR).get(f"/returns/{return_.ref}/review").text
    answer_query(query(return_))
    frozen.move(days=400)
    ada = as_user(ADA)
    assert "wait until that day" not in ada.get(url).text
    assert ada.post(url, data={"certified": "y"}).status_code == 303
    assert return_.early_reason == ""


def test_the_lead_or_the_signatory_certifies_and_nobody_else(as_user, outbox):
    return_ = a_filled_return()
    url = f"/returns/{return_.ref}/check"
    for who, status in [(BEN, 403), (ROSA, 403), (OMAR, 403), (FINN, 403), (ALEX, 403), (CLEO, 404), (NED, 404), (None, 303)]:
        assert as_user(who).post(url, data=CERTIFIED).status_code == status, who
    page = as_user(BEN).get(url).text
    assert "Certify and send</button>" not in re.sub(r"\s+<", "<", page)
    assert "Ada Khan or Gus Peel" in page
    assert return_.stage is Stage.DRAFT

    gus = as_user(GUS)
    assert gus.post(url, data=CERTIFIED).status_code == 303
    assert (return_.stage, return_.certified_by.name) == (Stage.SUBMITTED, "Gus Peel")
    assert gus.post(url, data=CERTIFIED).location == f"/returns/{return_.ref}"  # a second click
    assert [mail.template for mail in outbox()][-3:] == ["monitoring/received", "monitoring/received", "monitoring/arrived"]


def wrong(return_):
    with pytest.raises(Incomplete) as found:
        file_return(return_)
    return [sentence for sentence, _ in found.value.missing]


def test_spending_more_than_agreed_needs_a_word(person):
    return_ = a_filled_return()
    line = return_.spending[0]

    def spend(comment):
        write(actions.save_figures, return_, {}, {line.line_id: (line.line.pence + 1, comment)}, return_.delivery_rag,
              return_.spend_rag, return_.rag_reason, edition=None, by=person(ADA))  # fmt: skip

    spend("")
    assert wrong(return_) == [f"Say why more was spent than agreed: {line.line.description}"]
    spend("The skip cost more.")
    assert file_return(return_).stage is Stage.SUBMITTED


def test_less_than_was_reported_before_is_refused(person, frozen):
    first = a_filled_return()
    file_return(first)
    accept_return(first)
    last = start_return(returns_of(first.award)[1])
    fill_return(last, spent=100)
    line, before = last.spending[0], first.spending[0].spent_pence

    write(actions.save_figures, last, {}, {line.line_id: (before - 1, "")}, last.delivery_rag, last.spend_rag, "x",
          edition=None, by=person(ADA))  # fmt: skip

    assert "you reported £" in wrong(last)[0]
    write(actions.save_figures, last, {}, {line.line_id: (before, "")}, last.delivery_rag, last.spend_rag, "x",
          edition=None, by=person(ADA))  # fmt: skip
    assert file_return(last).stage is Stage.SUBMITTED


def test_a_question_of_the_office_is_answered_before_the_return_goes_back(as_user):
    return_ = a_queried_return()
    question = return_.queries[0]
    ada, url = as_user(ADA), f"/returns/{return_.ref}"
    assert question.question in ada.get(url).text

    early = ada.post(f"{url}/check", data=CERTIFIED)
    assert early.status_code == 422
    assert f"{url}#query-{question.id}" in early.text

    empty = ada.post(f"{url}/answers", data={f"query-{question.id}": " "})
    assert empty.status_code == 422
    assert "Write your answer" in empty.text
    for who, status in [(OMAR, 403), (ROSA, 403), (CLEO, 404), (None, 303)]:
        assert as_user(who).post(f"{url}/answers", data={f"query-{question.id}": "x"}).status_code == status, who

    assert as_user(BEN).post(f"{url}/answers", data={f"query-{question.id}": "One invoice."}).status_code == 303
    assert ada.post(f"{url}/check", data=CERTIFIED).status_code == 303
    assert (return_.stage, question.answer) == (Stage.SUBMITTED, "One invoice.")
    assert "One invoice." in as_user(OMAR).get(f"{url}/review").text


def test_an_answer_that_the_office_has_read_is_not_rewritten(person):
    return_ = a_queried_return()
    answer_query(return_, "One invoice.")
    file_return(return_)
    query(return_, "And the second?")
    first, second = return_.queries

    write(actions.answer_queries, return_, {first.id: "Changed", second.id: "None."}, by=person(ADA))

    assert (first.answer, second.answer) == ("One invoice.", "None.")


def test_answers_to_other_returns_questions_are_passed_over(as_user):
    return_, other = a_queried_return(), a_queried_return(by=CLEO, project="ely-bikes")
    theirs = other.queries[0]
    reply = as_user(ADA).post(
        f"/returns/{return_.ref}/answers", data={f"query-{theirs.id}": "x", "query-\u0665": "x", "query-": "x"}
    )
    assert reply.status_code == 422
    assert theirs.answer == ""


def test_sending_twice_is_refused(person):
    return_ = a_filled_return()
    file_return(return_)
    with pytest.raises(NotNow):
        file_return(return_)
    db.session.rollback()
    assert return_.stage is Stage.SUBMITTED
