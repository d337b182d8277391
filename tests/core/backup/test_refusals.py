"""What is wrong with an archive or a machine is found before anything is changed, and said."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect

from portal.core import files
from portal.core.backup import dumps
from portal.core.db import db
from tests.core.backup.everything import everything, is_untouched

NOTHING_CHANGED = "othing was changed"


def damaged(place: Path) -> Iterator[str]:
    """Spoils the archive in one way after the other, by name."""
    whole = place.read_bytes()
    third = len(whole) // 3  # within the database, and not between two files, where zip has bytes that nobody reads
    for name, content in {
        "empty": b"", "cut in half": whole[: len(whole) // 2], "last bytes missing": whole[:-100],
        "one byte changed": whole[:third] + bytes([whole[third] ^ 1]) + whole[third + 1 :],
    }.items():  # fmt: skip
        place.write_bytes(content)
        yield name
    place.write_bytes(whole)
    for name in zipfile.ZipFile(place).namelist():
        without(place, name, whole)
        yield f"without {name}"


def without(place: Path, name: str, whole: bytes) -> None:
    place.write_bytes(whole)
    with zipfile.ZipFile(place) as archive:
        kept = {each: archive.read(each) for each in archive.namelist() if each != name}
    with zipfile.ZipFile(place, "w") as archive:
        for each, content in kept.items():
            archive.writestr(each, content)


def test_a_damaged_archive_is_refused_before_anything_is_changed(run, empty_machine, upload, tmp_path):
    run("backup")
    with empty_machine():
        for name in damaged(tmp_path / "backup.zip"):
            code, said = run("restore")
            assert (code, NOTHING_CHANGED in said, is_untouched()) == (1, True, True), name


def test_other_keys_another_database_or_a_later_version_are_refused(app, run, empty_machine, tmp_path, monkeypatch):
    run("backup")
    place = tmp_path / "backup.zip"
    with zipfile.ZipFile(place) as archive:
        manifest, database = json.loads(archive.read("manifest.json")), archive.read("database")
    for changes, reason in (
        ({"keys": manifest["keys"] | {"PORTAL_AUDIT_KEY": "0123456789abcdef"}}, "another PORTAL_AUDIT_KEY"),
        ({"keys": manifest["keys"] | {"PORTAL_PASSWORD_SALT": "0123456789abcdef"}}, "another PORTAL_PASSWORD_SALT"),
        ({"dialect": "other"}, "Change PORTAL_DATABASE_URL"),
        ({"revision": "a_later_one"}, "later version"),
    ):
        with zipfile.ZipFile(place, "w") as archive:
            archive.writestr("database", database)
            archive.writestr("manifest.json", json.dumps(manifest | changes))
        with empty_machine():
            code, said = run("restore")
            assert (code, reason in said, is_untouched()) == (1, True, True), said


def test_a_machine_in_use_is_refused(app, run, empty_machine, upload):
    run("backup")
    before = everything()
    assert "tables in this database already" in run("restore")[1]
    assert everything() == before
    with empty_machine():
        files.put("somebody's.txt", b"x", "text/plain")
        code, said = run("restore")
        assert (code, "files in this store already" in said) == (1, True)
        assert inspect(db.engine).get_table_names() == []


def test_a_backup_is_never_written_over_another_and_leaves_nothing_half_made(app, run, tmp_path, monkeypatch, frozen):
    run("backup")
    there = (tmp_path / "backup.zip").read_bytes()
    assert "is there already" in run("backup")[1]
    assert "no folder" in run("backup", tmp_path / "nowhere" / "x.zip")[1]
    assert (tmp_path / "backup.zip").read_bytes() == there

    (tmp_path / "folder").mkdir()
    assert run("backup", tmp_path / "folder")[0] == 0
    assert [each.name for each in (tmp_path / "folder").iterdir()] == [f"portal-{frozen.now:%Y%m%dT%H%M%SZ}.zip"]

    monkeypatch.setattr(dumps, "dump", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(AssertionError):
        run("backup", tmp_path / "full.zip")
    assert [*tmp_path.glob("full*")] == []


@pytest.mark.parametrize("app", ["postgres"], indirect=True)
def test_without_the_programs_of_postgresql_the_command_says_so(app, run, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    code, said = run("backup")
    assert (code, said.startswith("pg_dump is not there.")) == (1, True)
