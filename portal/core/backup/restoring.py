"""Putting a backup back: onto an empty machine only, and compared afterwards with what the backup says of itself."""

import zipfile
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import flask_migrate
import obstore
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from portal.core import audit
from portal.core.audit import AuditHead
from portal.core.backup import dumps
from portal.core.backup.archive import DATABASE, FILES, Manifest, counts, fingerprints, opened
from portal.core.db import db
from portal.core.files import StoredFile, store
from portal.core.problems import Refused


def restore(place: Path) -> tuple[Manifest, list[str]]:
    """Put everything back, or refuse before anything is changed; what was held, and a sentence for each thing not as it was."""
    with opened(place) as (archive, manifest):
        refuse_unfit(manifest)
        refuse_what_is_in_use()
        put_back(archive, manifest)
    faults = differing_counts(manifest)
    flask_migrate.upgrade()  # nothing, where the backup was made by this version
    return manifest, faults + differing_history(manifest) + differing_files(manifest)


def refuse_unfit(manifest: Manifest) -> None:
    """Another kind of database, a later version, or other keys."""
    here = db.engine.dialect.name
    if manifest.dialect != here:
        raise Refused(f"The backup is of {manifest.dialect} and this portal is on {here}. Change PORTAL_DATABASE_URL.")
    migrations = current_app.extensions["migrate"].migrate.get_config()
    try:
        ScriptDirectory.from_config(migrations).get_revision(manifest.revision)
    except CommandError:
        raise Refused(f"The backup was made by a later version of the portal ({manifest.revision}). Install that one.") from None
    for name, known in fingerprints().items():
        if manifest.keys[name] != known:
            raise Refused(
                f"The backup was made with another {name}: its fingerprint was {manifest.keys[name]}, here it is {known}. "
                "Set the right one from your safe; nothing was changed."
            )


def refuse_what_is_in_use() -> None:
    if inspect(db.engine).get_table_names():
        raise Refused("There are tables in this database already. A backup goes onto an empty one; nothing was changed.")
    if any(len(some) for some in obstore.list(store())):
        raise Refused("There are files in this store already. A backup goes into an empty one; nothing was changed.")


def put_back(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Files first: a database that names them is then never without them."""
    for name in manifest.parts:
        if name.startswith(FILES):
            obstore.put(store(), name.removeprefix(FILES), archive.read(name))
    with TemporaryDirectory(dir=current_app.instance_path) as folder:
        dumps.load(db.engine, Path(archive.extract(DATABASE, folder)))


def differing_counts(manifest: Manifest) -> list[str]:
    with db.engine.connect() as connection:
        now = counts(connection)
    return [
        f"Table {name} has {now.get(name, 0)} rows and had {count}."
        for name, count in manifest.tables.items()
        if now.get(name) != count
    ]


def differing_history(manifest: Manifest) -> list[str]:
    with Session(db.engine) as session:
        faults = audit.verify(session)
        head = session.get(AuditHead, 1)
    if (head.count if head else 0, head.digest if head else "") != (manifest.events, manifest.chain):
        faults.append(f"The chain does not end with event {manifest.events} as it did.")
    return faults


def differing_files(manifest: Manifest) -> list[str]:
    """Reads every file back from the store."""
    with Session(db.engine) as session:
        rows = session.execute(select(StoredFile.id, StoredFile.key, StoredFile.sha256)).all()
    return [
        f"File {row.id} is not in the store as it was uploaded."
        for row in rows
        if row.key not in manifest.lost and not is_stored(row.key, row.sha256)
    ]


def is_stored(key: str, digest: str) -> bool:
    try:
        return sha256(bytes(obstore.get(store(), key).bytes())).hexdigest() == digest
    except FileNotFoundError:
        return False
