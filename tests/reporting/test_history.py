"""History: every verb has its sentence, and nobody reads more than is theirs."""

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

import portal
from portal.core import workflow
from portal.core.audit import EVERYONE, OFFICE, record
from portal.core.db import write
from portal.reporting.history import SENTENCES, history_of
from tests import factories as acts
from tests.cast import ADA, ALEX, BEN, CLEO, DANA, GUS, OMAR, TESS, UMA

ROOT = Path(portal.__file__).parent


def recorded() -> set[str]:
    """Every verb that the code can record: those of `record(…)`, and every move of every table."""
    verbs = set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in ("record", "Telling"):
                verbs |= {each.value for each in node.args[:1] if isinstance(each, ast.Constant)}
    for found in pkgutil.walk_packages(portal.__path__, "portal."):
        if found.name.endswith(".workflow"):
            known = vars(importlib.import_module(found.name)).values()
            verbs |= {f"{life.thing}.{move}" for life in known if isinstance(life, workflow.Workflow) for move in life.moves}
    return verbs


def test_every_verb_has_a_sentence_and_every_sentence_a_verb():
    assert recorded() == set(SENTENCES)


def told(bid, person, *own: int) -> list[str]:
    return [step.title for step in history_of(bid.ref, person, set(own))]


def test_the_applicant_reads_what_concerns_them_and_not_the_rest(app, person):
    award = acts.a_live_award()
    bid = award.application
    steps = history_of(bid.ref, person(ADA), {bid.organisation_id, award.recipient_id})
    titles = [step.title for step in steps]
    assert titles[-1] == "Started the application"
    assert titles[0] == "Started the grant"
    assert any(title.startswith("Submitted the application, asking for £1,450.00") for title in titles)
    assert any(title == "Decided to award £1,450.00" for title in titles)
    text = " ".join(f"{step.title} {step.by} {step.text}" for step in steps)
    for private in ("Recommended", "scor", "moderat", "assess the application", "Tess", "Uma", "Omar", "Dana"):
        assert private not in text, private


def test_the_applicant_reads_the_names_of_their_own_people_only(app, person):
    award = acts.an_accepted_award()
    by = {step.title: step.by for step in history_of(award.ref, person(BEN), {award.partnership_id, award.recipient_id})}
    assert by["Started the application"] == "Ada Khan"
    assert by["Accepted the grant of £1,450.00"] == "Gus Peel"
    assert by["Decided to award £1,450.00"] == "the office"


def test_the_office_reads_who_did_every_step(app, person):
    award = acts.a_live_award()
    for reader in (OMAR, DANA, ALEX):
        steps = history_of(award.ref, person(reader), {award.partnership_id})
        assert {"Omar Haddad", "Tess Aldous", "Uma Rao", "Dana Whitfield", "Gus Peel", "Ada Khan"} <= {step.by for step in steps}
        assert "Recommended £1,450.00" in [step.title for step in steps]


@pytest.mark.parametrize("stranger", [CLEO, TESS, UMA])
def test_nobody_else_reads_anything(app, person, stranger):
    bid = acts.a_submitted_bid()
    assert told(bid, person(stranger), bid.organisation_id) == []


def test_what_is_for_the_office_stays_there_whatever_it_is_about(app, person):
    bid = acts.a_submitted_bid()
    write(record, "application.withdraw", bid, by=person(OMAR), readers=OFFICE, reason="CANARY")
    write(record, "application.withdraw", bid, by=person(OMAR), readers=EVERYONE, reason="told")
    assert [step.text for step in history_of(bid.ref, person(ADA), {bid.organisation_id}) if step.text] == ["told"]
    assert any("CANARY" in step.text for step in history_of(bid.ref, person(OMAR), {bid.organisation_id}))


def test_an_event_whose_words_were_erased_is_still_told(app, person):
    bid = acts.a_submitted_bid()
    write(record, "application.withdraw", bid, by=person(ADA))
    (step, *_) = history_of(bid.ref, person(ADA), {bid.organisation_id})
    assert (step.title, step.text) == ("Withdrew the application", "")


def test_braces_in_what_people_wrote_are_only_text(app, person):
    bid = acts.withdraw(acts.a_submitted_bid(), "{by} {0} %s {reason.__class__}")
    assert history_of(bid.ref, person(ADA), {bid.organisation_id})[0].text == "{by} {0} %s {reason.__class__}"


def test_returns_are_called_by_their_kind(app, person):
    return_ = acts.an_accepted_return()
    names = {("return", return_.id): "mid-point return"}
    titles = [step.title for step in history_of(return_.case, person(GUS), {return_.award.recipient_id}, names)]
    assert "Accepted the mid-point return: delivery green, spend green" in titles


def test_the_number_of_queries_does_not_grow_with_the_steps(app, person, query_count):
    short, long = acts.a_submitted_bid().ref, acts.a_live_award(CLEO).ref
    reader, counts = person(OMAR), []
    for case in (short, short, long):  # the first time for what a session reads only once
        with query_count() as queries:
            history_of(case, reader, {1})
        counts.append(len(queries))
    assert counts[1] == counts[2]
