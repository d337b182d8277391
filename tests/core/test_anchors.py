"""Anchors: with one kept outside, not even the database's owner who knows the key can change history unseen."""

import json
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text, update

from portal.core import anchors, audit, jobs
from portal.core.audit import AuditHead, Event, EventDetail, record
from portal.core.db import db, write
from tests.cast import ADA


@pytest.fixture
def anchored(as_owner, app, tmp_path, monkeypatch, a_row, person):
    """The number of the first of three events, after each of which the worker has noted an anchor; two more come after."""
    place = tmp_path / "anchors.jsonl"
    monkeypatch.setattr(app.extensions["settings"], "anchor_file", str(place))
    monkeypatch.delitem(app.extensions, "anchored", raising=False)
    row, ada = a_row(), person(ADA)
    for step in range(3):
        write(record, "row.step", row, by=ada, step=step)
        anchors.note()
    for _ in range(2):
        write(record, "row.later", row, by=ada)
    return as_owner + 3


@pytest.fixture
def verified(app):
    """`verified()`: exit code and words of the command, which finds the file of anchors by itself."""

    def run(*options):
        db.session.commit()
        told = app.test_cli_runner().invoke(args=["audit", "verify", *options])
        return told.exit_code, told.output.splitlines()

    return run


def write_anew(start):
    """What somebody does who owns the database and knows the key: every digest from `start` on is a true one again."""
    before = db.session.scalar(select(Event.digest).where(Event.number == start - 1)) or ""
    for event in db.session.scalars(select(Event).where(Event.number >= start).order_by(Event.number)).all():
        event.digest = before = audit.keyed(before, event.told())
        db.session.flush()
    db.session.execute(update(AuditHead).values(digest=before))


def cut_off(first):
    """The events from `first` on, and the note of the end put where they were."""
    ids = select(Event.id).where(Event.number >= first)
    db.session.execute(delete(EventDetail).where(EventDetail.event_id.in_(ids)))
    db.session.execute(delete(Event).where(Event.number >= first))
    digest = db.session.scalar(select(Event.digest).where(Event.number == first - 1))
    db.session.execute(update(AuditHead).values(count=first - 1, digest=digest))
    db.session.commit()


def test_an_untouched_chain_meets_its_anchors(anchored, verified):
    assert verified() == (0, [f"The chain of {anchored + 4} events holds, and meets each of 3 anchors."])


def test_an_edit_is_found(anchored, verified):
    db.session.execute(update(Event).where(Event.number == anchored).values(verb="row.other"))
    assert verified() == (1, [f"Event {anchored} was changed."])


def test_a_deletion_is_found(anchored, verified):
    ids = select(Event.id).where(Event.number == anchored)
    db.session.execute(delete(EventDetail).where(EventDetail.event_id.in_(ids)))
    db.session.execute(delete(Event).where(Event.number == anchored))
    code, said = verified()
    assert (code, said[0]) == (1, f"Event {anchored} is missing.")


def test_an_insertion_with_true_digests_is_found(anchored, verified):
    for number in range(anchored + 4, anchored, -1):
        db.session.execute(update(Event).where(Event.number == number).values(number=number + 1))
    columns = 'at, verb, "case", subject, subject_id, actor_id, readers, detail_digest, digest'
    db.session.execute(
        text(f"INSERT INTO event (number, {columns}) SELECT number + 1, {columns} FROM event WHERE number = {anchored}")
    )
    db.session.execute(update(AuditHead).values(count=anchored + 5))
    write_anew(anchored + 1)

    code, (said,) = verified()
    assert code == 1
    assert said.startswith(f"The chain was written anew after event {anchored}: event {anchored + 1} is not as anchored")


def test_a_tail_cut_off_with_its_note_is_found(anchored, verified):
    cut_off(anchored + 2)
    assert audit.verify(db.session()) == []  # cleanly cut: only the anchor knows better
    code, (said,) = verified()
    assert code == 1
    assert said.startswith(f"The chain was cut off after event {anchored + 1}: event {anchored + 2} was anchored at 2026-")


@pytest.mark.parametrize("first", [0, 1, 2])
def test_a_full_rewrite_by_somebody_who_knows_the_key_is_found(anchored, verified, first):
    db.session.execute(update(Event).where(Event.number == anchored + first).values(actor_id=None))
    write_anew(1)
    db.session.commit()
    assert audit.verify(db.session()) == []  # a true chain: only the anchor knows better

    code, (said,) = verified()
    number = anchored + first
    held = number - 1 if first else 0  # the first anchor of all came with the first of the three
    assert code == 1
    assert said.startswith(f"The chain was written anew after event {held}: event {number} is not as anchored at 2026-")


def test_what_no_anchor_has_seen_yet_can_be_written_anew_unseen(anchored, verified):
    """The limit of it, and why the worker anchors every minute."""
    db.session.execute(update(Event).where(Event.number == anchored + 3).values(actor_id=None))
    write_anew(anchored + 3)
    assert verified()[0] == 0


def test_the_log_is_a_file_of_anchors_too(anchored, verified, log, app, tmp_path):
    jobs.sweep()
    place = tmp_path / "portal.log"
    place.write_text(f"plain words\n{log.text}[1]\n")
    cut_off(anchored + 4)
    code, (said,) = verified("--anchor", str(place))
    assert code == 1
    assert said.startswith(f"The chain was cut off after event {anchored + 3}: event {anchored + 4} was anchored at 2026-")


def test_the_worker_anchors_only_what_has_grown(anchored, app):
    place = app.extensions["settings"].anchor_file
    for _ in range(3):
        jobs.sweep()
    noted = [json.loads(line)["number"] for line in Path(place).read_text().splitlines()]
    assert noted == [anchored, anchored + 1, anchored + 2, anchored + 4]


def test_an_anchor_taken_by_hand_is_the_same_line(anchored, app, verified, tmp_path):
    taken = app.test_cli_runner().invoke(args=["audit", "anchor"]).output
    (tmp_path / "mine").write_text(taken)
    assert verified("--anchor", str(tmp_path / "mine")) == (
        0,
        [f"The chain of {anchored + 4} events holds, and meets each of 1 anchors."],
    )


def test_a_file_without_anchors_is_not_taken_for_a_proof(anchored, verified, tmp_path):
    (tmp_path / "empty").touch()
    assert verified("--anchor", str(tmp_path / "empty")) == (1, [f"There is no anchor in {tmp_path / 'empty'}."])
