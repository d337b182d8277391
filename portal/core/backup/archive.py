"""The archive of a backup: its parts and the manifest that counts them."""

import hashlib
import hmac
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, func, inspect, select, text

from portal.core.db import Base
from portal.core.problems import Refused

MANIFEST, DATABASE, FILES = "manifest.json", "database", "files/"
DAMAGED = "This is no whole backup: the file is cut short or damaged. Nothing was changed. Take another one."


@dataclass
class Manifest:
    """What a backup holds, by which it is compared when it has been put back."""

    made_at: str
    dialect: str
    revision: str  # of the tables: which migration was the last
    tables: dict[str, int]
    events: int
    chain: str  # digest of the last event
    keys: dict[str, str]
    parts: dict[str, str] = field(default_factory=dict)  # name in the archive: sha256
    lost: list[str] = field(default_factory=list)  # keys of files that the store no longer had as they were uploaded

    @property
    def rows(self) -> int:
        return sum(self.tables.values())

    @property
    def files(self) -> int:
        return len(self.parts) - 1

    def as_json(self) -> str:
        return json.dumps(asdict(self), indent=1)


def fingerprints() -> dict[str, str]:
    """The keys without which the data is worth nothing, in a form that tells them apart and gives nothing away."""
    settings = current_app.extensions["settings"]
    keys = {"PORTAL_AUDIT_KEY": settings.audit_key, "PORTAL_PASSWORD_SALT": settings.password_salt or settings.secret_key}
    return {name: hmac.digest(key.encode(), b"fingerprint", "sha256").hex()[:16] for name, key in keys.items()}


def counts(connection: Connection) -> dict[str, int]:
    """The rows of each table of the portal that is there."""
    there = set(inspect(connection).get_table_names())
    return {
        name: connection.scalar(select(func.count()).select_from(table)) or 0
        for name, table in sorted(Base.metadata.tables.items())
        if name in there
    }


def revision(connection: Connection) -> str:
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


@contextmanager
def opened(place: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The archive and its manifest. Refuses what is not whole, part by part, before anything is done with it."""
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(place))
            manifest = Manifest(**json.loads(archive.read(MANIFEST)))
            is_whole = all(digest_of(archive, name) == digest for name, digest in manifest.parts.items())
        except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, TypeError, ValueError) as error:
            raise Refused(DAMAGED) from error
        if not is_whole:
            raise Refused(DAMAGED)
        yield archive, manifest


def digest_of(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as part:
        return hashlib.file_digest(part, "sha256").hexdigest()  # type: ignore[arg-type]
