"""What happened to the bids, chained as the portal chains it: the same digests, many events at a time."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.core.audit import EVERYONE, AuditHead, Event, EventDetail, Reader, keyed, said_in
from portal.core.search import words_of
from portal.demonstration.bulk.rows import Rows


class Chain:
    """The events of one transaction, in the order in which they happened."""

    def __init__(self) -> None:
        self.told: list[tuple[datetime, dict[str, Any], dict[str, Any]]] = []

    def tell(
        self, at: datetime, verb: str, case: str, subject_id: int, by: int | None, readers: Reader = EVERYONE, **facts: Any
    ) -> None:  # fmt: skip
        event = {"at": at, "verb": verb, "case": case, "subject": verb.split(".")[0], "subject_id": subject_id, "actor_id": by,
                 "readers": int(readers)}  # fmt: skip
        self.told.append((at, event, facts))

    def seal(self, session: Session, rows: Rows) -> None:
        """Number the events and link each to the one before; the end of the chain moves with them."""
        head = session.scalars(select(AuditHead).where(AuditHead.id == 1).with_for_update()).one()
        for _, event, facts in sorted(self.told, key=lambda each: each[0]):
            event |= {"number": head.count + 1, "detail_digest": keyed("detail", facts)}
            event["digest"] = keyed(head.digest, Event.told(SimpleNamespace(**event)))  # type: ignore[arg-type]
            words = " ".join(words_of(*said_in(facts)))
            rows.add(EventDetail, event_id=rows.add(Event, **event), facts=facts, words=words)
            head.count, head.digest = event["number"], event["digest"]
