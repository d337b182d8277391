"""Uploads: checked by name, signature and content, stored under a random key, served through who holds them."""

import logging
import os
import re
import secrets
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

import filetype
import obstore
from flask import Flask, Response, current_app, g, request
from obstore.exceptions import BaseError
from obstore.store import LocalStore, from_url
from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import FileStorage

from portal.core import clock, holders
from portal.core.access import allow, anyone_signed_in
from portal.core.audit import note_look
from portal.core.db import Base, db
from portal.core.forms import clean
from portal.core.problems import NotFound, Refused, Unavailable

OFFICE_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "csv": "text/csv",
    "txt": "text/plain",
}
RUNS = re.compile(r"(vbaproject\.bin|\.(exe|dll|com|scr|msi|js|jse|vbs|vbe|wsf|bat|cmd|ps1|jar|hta|lnk|zip))$", re.IGNORECASE)
LARGEST_UNPACKED = 100 * 1024 * 1024
MOST_PARTS = 2000
FILES_AT_ONCE = 3
log = logging.getLogger(__name__)
F = TypeVar("F", bound=Callable[..., object])


class StoredFile(Base):
    """A file that was checked and stored. What it belongs to points at it."""

    __tablename__ = "stored_file"
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    added_by_id: Mapped[int | None] = mapped_column(index=True)
    added_at: Mapped[datetime]


@dataclass(frozen=True)
class Kept:
    """A stored upload that no row points at yet: made before the transaction, which only writes the row."""

    key: str
    name: str
    media_type: str
    size: int
    sha256: str

    def as_row(self, by_id: int | None) -> StoredFile:
        return StoredFile(key=self.key, name=self.name, media_type=self.media_type, size=self.size,
                          sha256=self.sha256, added_by_id=by_id, added_at=clock.now())  # fmt: skip


def keep(upload: FileStorage, kinds: list[str], max_mb: int) -> Kept:
    """Check an upload and store its content. Raises `Refused` with what to choose instead."""
    name = display_name(upload.filename)
    content = upload.stream.read(max_mb * 1024 * 1024 + 1)
    kind = check(name, content, kinds, max_mb)
    return put(name, content, MEDIA_TYPES[kind])


def put(name: str, content: bytes, media_type: str) -> Kept:
    """Store what the portal itself has made or checked. Raises `Unavailable` when the store is full or away."""
    kept = Kept(secrets.token_urlsafe(24), name, media_type, len(content), sha256(content).hexdigest())
    try:
        obstore.put(store(), kept.key, content)
        settle(kept.key)
    except (BaseError, OSError) as error:
        log.error("file store unavailable", exc_info=error)
        raise Unavailable("We cannot store files just now. Choose it again in a few minutes.") from error
    return kept


def settle(key: str) -> None:
    """Have a file of the folder written to the disk, as the row that speaks of it will be: a power cut takes neither."""
    if isinstance(there := store(), LocalStore) and there.prefix is not None:
        for path in (Path(there.prefix) / key, Path(there.prefix)):
            number = os.open(path, os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)


def check(name: str, content: bytes, kinds: list[str], max_mb: int) -> str:
    """The kind of the file. Refuses what is empty, too large, of another kind, or not what its name says."""
    listed = ", ".join(kinds[:-1]) + f" or {kinds[-1]}" if len(kinds) > 1 else kinds[0]
    kind = name.rsplit(".", 1)[-1].lower().replace("jpeg", "jpg") if "." in name else ""
    if kind not in kinds:
        raise Refused(f"Choose a {listed} file")
    if not content:
        raise Refused("The file is empty. Choose another one")
    if len(content) > max_mb * 1024 * 1024:
        raise Refused(f"Choose a file smaller than {max_mb} MB")
    if not content_is(kind, content):
        raise Refused(f"This file is not a {kind} file inside. Save it again as {listed}")
    return kind


def content_is(kind: str, content: bytes) -> bool:
    if kind in {"txt", "csv"}:
        try:
            return "\x00" not in content.decode("utf-8")
        except UnicodeDecodeError:
            return False
    if kind in OFFICE_PARTS or kind == "odt":
        return is_office(kind, content)
    guess = filetype.guess(content)
    return guess is not None and guess.extension == kind


def is_office(kind: str, content: bytes) -> bool:
    """An Office file is a zip with known parts, none of which runs. Declared sizes are read first: a bomb is never unpacked."""
    if not content.startswith(b"PK\x03\x04"):  # an archive may follow a program in one file
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as parts:
            known = parts.infolist()
            if len(known) > MOST_PARTS or sum(part.file_size for part in known) > LARGEST_UNPACKED:
                return False
            if any(part.flag_bits & 1 or RUNS.search(part.filename) for part in known):  # encrypted, or a macro or program
                return False
            names = {part.filename for part in known}
            if kind == "odt":
                return "mimetype" in names and parts.read("mimetype").decode("ascii", "ignore").startswith(MEDIA_TYPES["odt"])
            return "[Content_Types].xml" in names and OFFICE_PARTS[kind] in names
    except Exception:  # a damaged archive fails in a dozen ways, and is no Office file in any of them
        return False


def display_name(name: str | None) -> str:
    """The last part of the name, cleaned and cut to what a page can show."""
    last = clean((name or "").replace("\\", "/")).rsplit("/", 1)[-1].replace("\n", " ").strip(". ")
    stem, dot, extension = last.rpartition(".")
    return f"{stem[:100]}{dot}{extension[:10]}" if dot else last[:100] or "file"


def store() -> obstore.store.ObjectStore:
    return current_app.extensions["file_store"]


def serve(stored: StoredFile) -> Response:
    """The file as a download that no browser runs or keeps."""
    content = bytes(obstore.get(store(), stored.key).bytes())
    response = Response(content, mimetype=stored.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.name, safe='')}"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def by_id(user: object, file_id: int) -> StoredFile | None:
    if not holders.may_read_file(user, file_id):
        return None
    return db.session.scalar(select(StoredFile).where(StoredFile.id == file_id))


def download(stored: StoredFile) -> Response:
    if (thing := holders.restricted_file(g.user, stored.id)) is not None:
        note_look(g.user, thing, f"the file “{stored.name}”")
    try:
        return serve(stored)
    except FileNotFoundError:
        raise NotFound("This file is missing from the store. Tell the grants team.") from None


def takes_files(view: F) -> F:
    """Let this view take uploads, which may be larger than any other form."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def make_room() -> None:
    """Before anything reads the form: the size that its view allows."""
    if hasattr(current_app.view_functions.get(request.endpoint or ""), "takes_files"):
        settings = current_app.extensions["settings"]
        request.max_content_length = settings.max_form_kb * 1024 + FILES_AT_ONCE * settings.max_upload_mb * 1024 * 1024


def init_app(app: Flask) -> None:
    settings = app.extensions["settings"]
    folder = settings.instance / "files"
    app.extensions["file_store"] = from_url(settings.files_url) if settings.files_url else LocalStore(folder, mkdir=True)
    app.before_request_funcs.setdefault(None, []).insert(0, make_room)
    app.add_url_rule("/files/<int:file_id>", "files", allow(anyone_signed_in, load=by_id)(download))
