"""The drill: all that the portal knows is put back on an empty machine, as it was at one instant."""

import zipfile

import obstore

from portal.core import audit, files
from portal.core.audit import record
from portal.core.backup import dumps, restoring
from portal.core.db import db, write
from portal.core.files import StoredFile
from tests.cast import ADA
from tests.core.backup.conftest import CONTENT
from tests.core.backup.everything import everything
from tests.factories import a_submitted_bid


def test_the_drill(run, empty_machine, as_user, upload):
    ref, key = a_submitted_bid(ADA).ref, upload.key
    before = everything()

    code, said = run("backup")
    assert (code, "fingerprint" in said) == (0, True)
    with empty_machine():
        code, said = run("restore")
        assert code == 0
        assert said.startswith("Put back and compared: ")
        assert f"in {len(before)} tables" in said
        assert everything() == before
        assert audit.verify(db.session()) == []
        assert bytes(obstore.get(files.store(), key).bytes()) == CONTENT
        assert as_user(ADA).get(f"/applications/{ref}").status_code == 200


def test_what_people_write_meanwhile_is_in_it_whole_or_not_at_all(run, empty_machine, upload, person, monkeypatch):
    real, ada = dumps.dump, person(ADA)

    def write_one() -> None:
        kept = files.put("late.txt", b"late", "text/plain").as_row(None)
        write(lambda: (db.session.add(kept), record("file.add", kept, by=ada)))

    def dump_while_writing(*args):
        write_one()
        real(*args)
        write_one()

    monkeypatch.setattr(dumps, "dump", dump_while_writing)
    before = everything()
    assert run("backup")[0] == 0
    assert everything() != before
    with empty_machine():
        assert run("restore")[0] == 0
        assert everything() == before


def test_no_key_is_in_it_and_nobody_else_may_read_it(app, run, upload, tmp_path):
    run("backup")
    place, settings = tmp_path / "backup.zip", app.extensions["settings"]
    with zipfile.ZipFile(place) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    for key in (settings.audit_key, settings.secret_key, settings.csrf_key, settings.password_salt):
        assert key.encode() not in content
    assert place.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_lost_is_said_and_keeps_nothing_else_from_safety(run, empty_machine, upload):
    obstore.delete(files.store(), key := upload.key)
    code, said = run("backup")
    assert (code, key in said) == (1, True)
    with empty_machine():
        code, said = run("restore")
        assert (code, "1 files were lost before" in said) == (0, True)


def test_what_is_not_as_it_was_after_putting_back_is_said(run, empty_machine, upload, monkeypatch):
    file_id, load = upload.id, dumps.load
    run("backup")

    def load_badly(*args):
        load(*args)
        obstore.put(files.store(), db.session.get(StoredFile, file_id).key, b"something else")
        write(lambda: record("row.more", None, by=None))

    monkeypatch.setattr(restoring.dumps, "load", load_badly)
    with empty_machine():
        code, said = run("restore")
    assert code == 1
    assert f"File {file_id} is not in the store as it was uploaded." in said
    assert "Table event has" in said
    assert "The chain does not end with event" in said
