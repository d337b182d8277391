"""Stages and moves: one table decides what a page offers, what a route allows and what is recorded."""

from contextlib import suppress

import pytest
from sqlalchemy import select

from portal.core.audit import Event
from portal.core.db import db, write
from portal.core.problems import Forbidden, NotNow
from portal.people.models import SYSTEM
from tests.cast import ADA, BEN, OMAR
from tests.core.rows import LIFE, Stage


def make(row, name, by, **facts):
    write(LIFE.advance, row, name, by=by, **facts)


def test_a_move_sets_the_stage_and_its_instant_and_tells_the_history(a_row, person, frozen, verbs_about):
    row = a_row()

    make(row, "send", person(ADA), copies=2)

    assert (row.stage, row.sent_at) == (Stage.SENT, frozen.now)
    assert verbs_about(row) == ["row.send"]
    event = db.session.scalar(select(Event).where(Event.verb == "row.send"))
    assert (event.actor_id, event.at, event.subject_id) == (person(ADA).id, frozen.now, row.id)


def test_a_move_that_leads_nowhere_keeps_the_stage(a_row, person, verbs_about):
    row = a_row()
    make(row, "note", person(OMAR))
    assert row.stage is Stage.DRAFT
    assert verbs_about(row) == ["row.note"]


def test_the_wrong_stage_is_refused_with_a_sentence_even_to_the_system(a_row, verbs_about):
    row = a_row()
    with pytest.raises(NotNow, match=rf"{row} is draft, so this cannot be done now: finish it\."):
        make(row, "finish", SYSTEM)
    assert row.stage is Stage.DRAFT
    assert verbs_about(row) == []


def test_the_wrong_person_is_refused_with_who_may(a_row, person):
    row = a_row()
    with pytest.raises(Forbidden, match="Only its owner can send it"):
        make(row, "send", person(BEN))
    with pytest.raises(Forbidden, match="Ben Carter may not do this: note it"):
        make(row, "note", person(BEN))


def test_the_system_may_make_any_move_of_the_table(a_row):
    row = a_row()
    make(row, "send", SYSTEM)
    assert row.stage is Stage.SENT


@pytest.mark.parametrize(("who", "stage", "offered"), [
    (ADA, Stage.DRAFT, ["send"]),
    (ADA, Stage.SENT, []),
    (OMAR, Stage.SENT, ["finish"]),
    (OMAR, Stage.DRAFT, []),  # `note` has no address, so no button
    (BEN, Stage.DRAFT, []),
])  # fmt: skip
def test_a_page_offers_exactly_what_can_be_done(a_row, person, who, stage, offered):
    row = a_row(stage=stage)

    moves = LIFE.open_to(person(who), row)

    assert [move.name for move in moves] == offered
    assert all(LIFE.can(person(who), row, move.name) for move in moves)


def test_what_follows_a_move_is_part_of_it(a_row, person, monkeypatch, verbs_about):
    row, seen = a_row(), []

    def follower(thing, *, by):
        seen.append((thing.stage, by.name))
        raise NotNow("The follower refuses.")

    monkeypatch.setitem(LIFE.followers, "send", [])
    LIFE.after("send", follower)
    LIFE.after("send", follower)  # registering twice changes nothing

    with suppress(NotNow):
        make(row, "send", person(ADA))

    assert seen == [(Stage.SENT, "Ada Khan")]
    assert row.stage is Stage.DRAFT
    assert verbs_about(row) == []


def test_of_two_moves_at_the_same_moment_the_second_finds_the_stage_changed(a_row, person):
    row = a_row()
    first, second = person(ADA), person(ADA)

    make(row, "send", first)

    with pytest.raises(NotNow):
        make(row, "send", second)
