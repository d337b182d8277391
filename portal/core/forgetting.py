"""Files that are to go: the row with the transaction that lets go of it, the content afterwards by the worker."""

import logging
from collections.abc import Iterable
from typing import Any

import obstore
from sqlalchemy import delete, select

from portal.core import jobs
from portal.core.db import db
from portal.core.files import StoredFile, store
from portal.core.jobs import Job

KIND = "forget_files"
log = logging.getLogger(__name__)


def forget(file_ids: Iterable[int], *, by: Any) -> None:
    """Delete these rows, and have the worker delete what they spoke of once that is committed."""
    numbers = list(file_ids)
    if not numbers:
        return
    keys = list(db.session.scalars(select(StoredFile.key).where(StoredFile.id.in_(numbers))))
    db.session.flush()  # so that nothing points at them any more
    db.session.execute(delete(StoredFile).where(StoredFile.id.in_(numbers)))
    jobs.ask(KIND, by=by, keys=keys)


@jobs.kind(KIND)
def delete_content(job: Job) -> None:
    """Delete from the store; what is gone already is no trouble."""
    for key in job.wishes["keys"]:
        try:
            obstore.delete(store(), key)
        except FileNotFoundError:
            log.info("a file was gone already")
