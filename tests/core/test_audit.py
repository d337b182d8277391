"""History: whatever is done to the chain of events behind the portal's back is found."""

import pytest
from sqlalchemy import delete, event, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.audit import AuditHead, Event, EventDetail, record
from portal.core.db import db, write
from tests.cast import ADA


def verify():
    db.session.commit()
    return audit.verify(db.session())


def meddle(statement):
    db.session.execute(statement)
    return verify()


def test_an_untouched_chain_verifies(told):
    assert verify() == []


@pytest.mark.parametrize("statement", [update(Event).values(verb="row.other"), delete(Event)])
def test_the_database_itself_refuses_to_change_events(told, statement):
    with pytest.raises(DBAPIError, match="events are never changed or deleted"):
        db.session.execute(statement)


def test_a_changed_event_is_found(as_owner):
    assert meddle(update(Event).where(Event.number == as_owner).values(verb="row.other")) == [f"Event {as_owner} was changed."]


@pytest.mark.parametrize("name", ["at", "case", "subject", "subject_id", "actor_id", "readers", "detail_digest"])
def test_every_column_of_an_event_is_covered(as_owner, frozen, name):
    other = {"at": frozen.now.replace(year=2020), "subject_id": 0, "actor_id": None, "readers": 0}.get(name, "other")
    assert f"Event {as_owner} was changed." in meddle(update(Event).where(Event.number == as_owner).values({name: other}))


def test_changed_words_are_found(told):
    event_id = db.session.scalar(select(Event.id).where(Event.number == told))
    faults = meddle(update(EventDetail).where(EventDetail.event_id == event_id).values(facts={"step": 9}))
    assert faults == [f"The words of event {told} were changed."]


def test_a_deleted_event_is_found(as_owner):
    event_id = db.session.scalar(select(Event.id).where(Event.number == as_owner + 1))
    db.session.execute(delete(EventDetail).where(EventDetail.event_id == event_id))
    assert meddle(delete(Event).where(Event.number == as_owner + 1)) == [f"Event {as_owner + 1} is missing."]


def test_the_last_events_cannot_be_cut_off_unseen(as_owner):
    last = db.session.scalar(select(Event.id).where(Event.number == as_owner + 2))
    db.session.execute(delete(EventDetail).where(EventDetail.event_id == last))
    assert meddle(delete(Event).where(Event.id == last)) == [f"Event {as_owner + 2} is missing."]


def copied(number, after):
    """A statement that puts a copy of an event to another place."""
    columns = 'at, verb, "case", subject, subject_id, actor_id, readers, detail_digest, digest'
    return text(f"INSERT INTO event (number, {columns}) SELECT {after}, {columns} FROM event WHERE number = {number}")


def test_an_event_slipped_in_at_the_end_is_found(as_owner):
    assert meddle(copied(as_owner, as_owner + 3))[0] == f"Event {as_owner + 3} was changed."


def test_an_event_slipped_in_before_the_first_is_found(as_owner):
    assert meddle(copied(as_owner, 0)) == ["Event 0 was slipped in."]


def test_an_event_slipped_in_between_is_found(as_owner):
    for number in (as_owner + 2, as_owner + 1):  # makes room: numbers are unique
        db.session.execute(update(Event).where(Event.number == number).values(number=number + 1))
    assert meddle(copied(as_owner, as_owner + 1))[0] == f"Event {as_owner + 1} was changed."


def test_a_chain_written_anew_without_the_key_is_found(as_owner, app, monkeypatch):
    monkeypatch.setattr(app.extensions["settings"], "audit_key", "another key, that only an intruder has")
    forged = audit.keyed("", ["forged"])
    monkeypatch.undo()
    assert meddle(update(Event).where(Event.number == as_owner).values(digest=forged)) != []


def test_a_head_that_is_gone_is_found(as_owner):
    assert meddle(delete(AuditHead))[0].startswith("The end of the chain is noted as event 0")
    assert meddle(insert(AuditHead).values(id=1, count=as_owner + 2, digest="")) == [
        "The note of the end of the chain was changed."
    ]


def test_erasing_a_persons_words_keeps_the_chain_whole(told):
    assert meddle(delete(EventDetail)) == []


def test_all_events_of_one_write_stand_in_their_order(a_row, person, verbs_about):
    row, ada = a_row(), person(ADA)

    def act():
        for verb in ("row.first", "row.second", "row.third"):
            record(verb, row, by=ada)

    write(act)

    assert verbs_about(row) == ["row.first", "row.second", "row.third"]
    assert verify() == []


def test_what_is_told_during_the_walk_is_no_fault(told, a_row, person):
    row, ada, during = a_row(), person(ADA), []

    def tell_one_more(_connection, _cursor, statement, *_rest):
        if "FROM audit_head" in statement and not during:
            during.append(statement)
            with Session(db.engine) as other:
                other.info["tellings"] = [audit.Telling("row.step", row, ada, audit.EVERYONE, {})]
                audit.seal(other)
                other.commit()

    engine = db.engine
    event.listen(engine, "before_cursor_execute", tell_one_more)
    try:
        assert verify() == []
    finally:
        event.remove(engine, "before_cursor_execute", tell_one_more)
    assert during
    assert verify() == []


def test_the_command_says_that_the_chain_holds_and_fails_when_it_does_not(as_owner, app):
    holds = app.test_cli_runner().invoke(args=["audit", "verify"])
    db.session.execute(update(Event).where(Event.number == as_owner).values(verb="row.other"))
    db.session.commit()
    broken = app.test_cli_runner().invoke(args=["audit", "verify"])

    assert (holds.exit_code, holds.output) == (0, f"The chain of {as_owner + 2} events holds, and was compared with no anchor.\n")
    assert (broken.exit_code, broken.output) == (1, f"Event {as_owner} was changed.\n")
