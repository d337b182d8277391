"""Uploads: checked inside and out before they are kept, and given only to those who may read what holds them."""

import zipfile
from contextlib import suppress
from io import BytesIO

import obstore
import pytest
from hypothesis import given
from hypothesis import strategies as some
from werkzeug.datastructures import FileStorage

from portal.core import files, holders
from portal.core.db import db, write
from portal.core.files import MEDIA_TYPES, check, display_name, keep
from portal.core.problems import Refused, Unavailable
from tests.cast import ADA, BEN

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
EVERY = list(MEDIA_TYPES)


def zipped(encrypted=False, **parts):
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    content = kept.getvalue()
    if encrypted:  # the flag that says so, in the directory that readers go by
        content = content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01")
        assert any(part.flag_bits & 1 for part in zipfile.ZipFile(BytesIO(content)).infolist())
    return content


DOCX = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}
XLSX = {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}
ODT = {"mimetype": MEDIA_TYPES["odt"]}


@pytest.mark.parametrize(("name", "content", "kind"), [
    ("policy.pdf", PDF, "pdf"), ("POLICY.PDF", PDF, "pdf"), ("photo.png", PNG, "png"),
    ("photo.jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "jpg"), ("a.b.docx", zipped(**DOCX), "docx"),
    ("sums.xlsx", zipped(**XLSX), "xlsx"), ("letter.odt", zipped(**ODT), "odt"),
    ("list.csv", "name,café\n".encode(), "csv"), ("note.txt", b"plain", "txt"),
    ("parts in another order.docx", zipped(**dict(reversed(DOCX.items()))), "docx"),  # which sniffers take for a plain archive
])  # fmt: skip
def test_an_honest_file_is_taken_for_what_it_is(name, content, kind):
    assert check(name, content, EVERY, 1) == kind


@pytest.mark.parametrize(("name", "content", "says"), [
    ("policy.exe", b"MZ", "Choose a pdf"),
    ("policy", PDF, "Choose a pdf"),
    ("policy.pdf.exe", PDF, "Choose a pdf"),
    ("page.html", b"<script>", "Choose a pdf"),
    ("drawing.svg", b"<svg onload='x'/>", "Choose a pdf"),
    ("policy.pdf", b"", "The file is empty"),
    ("policy.pdf", PDF + b"x" * 1024 * 1024, "smaller than 1 MB"),
    ("policy.pdf", PNG, "not a pdf file inside"),
    ("policy.pdf", b"<html>%PDF-1.7", "not a pdf file inside"),
    ("photo.png", PDF, "not a png file inside"),
    ("photo.jpg", b"GIF89a" + b"\x00" * 40, "not a jpg file inside"),
    ("letter.docx", PDF, "not a docx file inside"),
    ("letter.docx", zipped(**XLSX), "not a docx file inside"),
    ("letter.docx", zipped(**{"evil.exe": "MZ"}), "not a docx file inside"),
    ("letter.docx", zipped(**DOCX)[:-30], "not a docx file inside"),
    ("letter.docx", zipped(encrypted=True, **DOCX), "not a docx file inside"),
    ("letter.docx", zipped(**DOCX, **{"word/media/big.bin": b"\x00" * (files.LARGEST_UNPACKED + 1)}), "not a docx file inside"),
    ("letter.docx", zipped(**DOCX, **{f"part{number}": "" for number in range(files.MOST_PARTS)}), "not a docx file inside"),
    ("letter.docx", zipped(**DOCX, **{"word/vbaProject.bin": "macro"}), "not a docx file inside"),
    ("letter.docx", zipped(**DOCX, **{"word/embeddings/oleObject.EXE": "MZ"}), "not a docx file inside"),
    ("letter.docx", zipped(**DOCX, **{"nested.zip": zipped(**DOCX)}), "not a docx file inside"),
    ("letter.docx", b"MZ\x90" + zipped(**DOCX), "not a docx file inside"),
    ("sums.xlsx", zipped(**XLSX, **{"xl/vbaProject.bin": "macro"}), "not a xlsx file inside"),
    ("letter.docm", zipped(**DOCX), "Choose a pdf"),
    ("photo.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "not a png file inside"),
    ("photo.jpg", b"<html><script>alert(1)</script>", "not a jpg file inside"),
    ("policy.pdf", zipped(**DOCX) + PDF, "not a pdf file inside"),
    ("policy.pdf.", PDF, "Choose a pdf"), ("policy.pdf\u200b", PDF, "Choose a pdf"), ("policy.p\u202efd", PNG, "Choose a pdf"),
    ("letter.odt", zipped(mimetype="application/zip"), "not a odt file inside"),
    ("letter.odt", zipped(encrypted=True, **ODT), "not a odt file inside"),
    ("list.csv", "café".encode("latin-1"), "not a csv file inside"),
    ("note.txt", b"a\x00b", "not a txt file inside"),
])  # fmt: skip
def test_what_is_not_what_it_says_is_refused_with_what_to_do(name, content, says):
    with pytest.raises(Refused, match=says):
        check(name, content, EVERY, 1)


def test_what_is_two_kinds_of_file_at_once_leaves_as_the_one_it_was_taken_for(as_user, kept):
    reply = as_user(ADA).get(f"/files/{kept('both.pdf', PDF + zipped(**DOCX) + b'<script>alert(1)</script>').id}")
    assert (reply.mimetype, reply.headers["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert reply.headers["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in reply.headers["Content-Security-Policy"]


def test_an_archive_that_lies_about_its_sizes_is_not_unpacked_further(monkeypatch):
    monkeypatch.setattr(files, "LARGEST_UNPACKED", 1000)
    honest = zipped(mimetype=MEDIA_TYPES["odt"] + " " * 5000)
    lying = honest.replace((5000 + len(MEDIA_TYPES["odt"])).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    assert lying != honest
    with pytest.raises(Refused):
        check("letter.odt", lying, ["odt"], 5)


def test_only_the_kinds_that_are_asked_for_are_taken():
    with pytest.raises(Refused, match=r"^Choose a pdf or docx file$"):
        check("photo.png", PNG, ["pdf", "docx"], 1)
    with pytest.raises(Refused, match=r"^Choose a pdf file$"):
        check("photo.png", PNG, ["pdf"], 1)


@given(some.sampled_from(EVERY), some.binary(max_size=200), some.sampled_from([b"", b"PK\x03\x04", b"%PDF-", PNG[:8]]))
def test_any_bytes_are_taken_or_refused_and_never_break_the_check(kind, content, start):
    with suppress(Refused):
        assert check(f"x.{kind}", start + content, [kind], 1) == kind


@pytest.mark.parametrize(("kind", "parts"), [("odt", ODT), ("docx", DOCX)])
@given(data=some.data())
def test_a_damaged_archive_is_taken_or_refused_and_never_breaks_the_check(kind, parts, data):
    content = bytearray(zipped(**parts))
    for _ in range(3):
        content[data.draw(some.integers(0, len(content) - 1))] = data.draw(some.integers(0, 255))
    with suppress(Refused):
        assert check(f"x.{kind}", bytes(content), [kind], 1) == kind


def test_a_bomb_is_never_unpacked(monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("unpacked"))
    with pytest.raises(Refused):
        check("letter.odt", zipped(**ODT, big=b"\x00" * (files.LARGEST_UNPACKED + 1)), ["odt"], 5)


def test_a_packed_type_that_is_a_bomb_itself_is_refused(monkeypatch):
    monkeypatch.setattr(files, "LARGEST_UNPACKED", 1000)
    with pytest.raises(Refused):
        check("letter.odt", zipped(mimetype=MEDIA_TYPES["odt"] + " " * 2000), ["odt"], 5)


@pytest.mark.parametrize(("given_name", "shown"), [
    ("../../etc/passwd.pdf", "passwd.pdf"), ("C:\\Users\\ada\\policy.pdf", "policy.pdf"), ("a\x00b.pdf", "ab.pdf"),
    ("policy\u202efdp.exe", "policyfdp.exe"), ("two\r\nlines.pdf", "two lines.pdf"), ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    (".pdf", "pdf"), ("", "file"), (None, "file"), ("...", "file"), ("/", "file"), ("CON.pdf", "CON.pdf"),
    ("café & Söhne.pdf", "café & Söhne.pdf"), ("a." + "b" * 300, "a." + "b" * 10),
])  # fmt: skip
def test_the_name_of_a_file_is_cut_to_what_a_page_can_show(given_name, shown):
    assert display_name(given_name) == shown


@given(some.text(max_size=300))
def test_any_name_can_be_shown_and_sent(name):
    shown = display_name(name)
    assert 0 < len(shown) <= 111
    assert not set("/\\\r\n\x00") & set(shown)


@pytest.fixture
def kept(app, person, monkeypatch):
    """`kept("policy.pdf")`: the stored file of something that Ada holds."""
    monkeypatch.setitem(holders.FILE_HOLDERS, "tests", lambda user, _: user.email == ADA.email)

    def stored(name="policy.pdf", content=PDF):
        row = keep(FileStorage(BytesIO(content), name), EVERY, 5).as_row(person(ADA).id)
        write(db.session.add, row)
        return row

    return stored


def test_a_file_is_kept_under_a_name_that_nobody_can_guess(kept, frozen):
    first, second = kept("../policy.pdf"), kept("../policy.pdf")

    assert (first.name, first.size, first.added_at) == ("policy.pdf", len(PDF), frozen.now)
    assert first.key != second.key
    assert len(first.key) >= 32
    assert "policy" not in first.key
    assert first.sha256 == second.sha256


def test_a_file_is_served_as_a_download_that_no_browser_runs_or_keeps(as_user, kept):
    reply = as_user(ADA).get(f"/files/{kept('café “x”.pdf').id}")

    assert reply.data == PDF
    assert reply.headers["Content-Type"] == "application/pdf"
    assert reply.headers["Content-Disposition"] == "attachment; filename*=UTF-8''caf%C3%A9%20%E2%80%9Cx%E2%80%9D.pdf"
    assert reply.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Cache-Control"] == "no-store"


def test_a_file_is_nobodys_to_read_but_its_holders(as_user, kept):
    address = f"/files/{kept().id}"
    assert as_user(ADA).get(address).status_code == 200
    assert as_user(BEN).get(address).status_code == 404
    assert as_user(None).get(address).location == f"/sign-in?next={address}"


def test_a_file_that_nobody_holds_is_not_found(as_user, kept, monkeypatch):
    address = f"/files/{kept().id}"
    monkeypatch.delitem(holders.FILE_HOLDERS, "tests")
    assert as_user(ADA).get(address).status_code == 404


def test_a_file_missing_from_the_store_is_said_in_words(as_user, kept):
    row = kept()
    obstore.delete(files.store(), row.key)
    reply = as_user(ADA).get(f"/files/{row.id}")
    assert reply.status_code == 404
    assert "missing from the store" in reply.text


def test_a_store_that_is_full_asks_to_wait(app, monkeypatch):
    def full(*_):
        raise obstore.exceptions.GenericError("No space left on device")

    monkeypatch.setattr(obstore, "put", full)

    with pytest.raises(Unavailable, match="Choose it again in a few minutes"):
        keep(FileStorage(BytesIO(PDF), "policy.pdf"), EVERY, 5)


def test_a_file_is_on_the_disk_before_anybody_is_told(app, monkeypatch):
    settled = []
    monkeypatch.setattr(files.os, "fsync", lambda number: settled.append(files.os.readlink(f"/proc/self/fd/{number}")))

    key = keep(FileStorage(BytesIO(PDF), "policy.pdf"), EVERY, 5).key

    assert [path.rsplit("/", 1)[-1] for path in settled] == [key, "files"]


def test_a_refused_file_leaves_nothing_in_the_store(app, monkeypatch):
    monkeypatch.setattr(obstore, "put", lambda *_: pytest.fail("stored"))
    with pytest.raises(Refused):
        keep(FileStorage(BytesIO(PNG), "policy.pdf"), EVERY, 5)


def test_no_more_of_an_upload_is_read_than_may_be_kept(app):
    class Endless(BytesIO):
        def read(self, size=-1):
            assert 0 <= size <= 1024 * 1024 + 1
            return b"x" * size

    with pytest.raises(Refused, match="smaller than 1 MB"):
        keep(FileStorage(Endless(), "note.txt"), EVERY, 1)
