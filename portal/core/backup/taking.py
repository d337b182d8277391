"""Taking a backup: as of one instant, while people go on writing."""

import zipfile
from hashlib import file_digest, sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import obstore
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core import clock
from portal.core.audit import AuditHead
from portal.core.backup import dumps
from portal.core.backup.archive import DATABASE, FILES, MANIFEST, Manifest, counts, fingerprints, revision
from portal.core.db import as_of_now, db
from portal.core.files import StoredFile, store
from portal.core.problems import Refused

FASTEST = 1  # level of compression


def take(place: Path) -> tuple[Path, Manifest]:
    """Write a backup and say what it holds. A folder gets a file named after the time; what is there is never written over."""
    if place.is_dir():
        place /= f"portal-{clock.now():%Y%m%dT%H%M%SZ}.zip"
    if place.exists():
        raise Refused(f"{place} is there already. Choose another name.")
    if not place.parent.is_dir():
        raise Refused(f"There is no folder {place.parent}. Make it first.")
    part = place.with_name(f"{place.name}.part")  # takes its name when it is whole
    part.touch(mode=0o600)
    try:
        manifest = fill(part)
        return part.rename(place), manifest
    finally:
        part.unlink(missing_ok=True)


def fill(part: Path) -> Manifest:
    """The database first: the files it names were stored before it named them, under keys that are never used again."""
    with TemporaryDirectory(dir=part.parent) as folder, Session(db.engine) as session:
        as_of_now(session)
        manifest, copy = look(session), Path(folder) / DATABASE
        files = session.execute(select(StoredFile.key, StoredFile.sha256)).all()
        dumps.dump(session, copy)
        session.rollback()
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=FASTEST) as archive:
            archive.write(copy, DATABASE)
            manifest.parts[DATABASE] = sha256_of(copy)
            for key, digest in files:
                add_file(archive, manifest, key, digest)
            archive.writestr(MANIFEST, manifest.as_json())
    return manifest


def sha256_of(copy: Path) -> str:
    with copy.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def look(session: Session) -> Manifest:
    """The counts of this instant."""
    connection, head = session.connection(), session.get(AuditHead, 1)
    return Manifest(
        made_at=clock.now().isoformat(timespec="seconds"),
        dialect=connection.dialect.name,
        revision=revision(connection),
        tables=counts(connection),
        events=head.count if head else 0,
        chain=head.digest if head else "",
        keys=fingerprints(),
    )


def add_file(archive: zipfile.ZipFile, manifest: Manifest, key: str, digest: str) -> None:
    """One upload; one that is not there as it was uploaded is noted, and does not keep the others from safety."""
    try:
        content = bytes(obstore.get(store(), key).bytes())
    except FileNotFoundError:
        content = b""
    if sha256(content).hexdigest() != digest:
        manifest.lost.append(key)
        return
    archive.writestr(FILES + key, content)
    manifest.parts[FILES + key] = digest
