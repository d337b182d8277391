"""What people were told, and whether the database and its chain of events say the same."""

import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from sqlalchemy import select

from portal.applications.models import Application, Snapshot
from portal.applications.models import Stage as BidStage
from portal.core.audit import Event, verify
from portal.core.db import db
from portal.core.jobs import Job
from portal.core.outbox import Mail
from portal.questions.models import Answer, AnswerEdition

Place = tuple[str, int]  # a bid's reference, a question


@dataclass
class Ledger:
    """Written by all people at once, read at the end. Every text that is ever sent is another."""

    saved: list[tuple[Place, str]] = field(default_factory=list)
    submitted: list[str] = field(default_factory=list)
    jobs: list[int] = field(default_factory=list)
    requests: int = 0
    kinds: Counter[str] = field(default_factory=Counter)  # answers that were neither of the two, by what they were
    moments: list[float] = field(default_factory=list)  # when somebody was told something
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def asked(self) -> None:
        with self._lock:
            self.requests += 1

    def tell_saved(self, place: Place, text: str) -> None:
        with self._lock:
            self.saved.append((place, text))
            self.moments.append(time.monotonic())

    def tell_submitted(self, ref: str) -> None:
        with self._lock:
            self.submitted.append(ref)
            self.moments.append(time.monotonic())

    def tell_job(self, number: int) -> None:
        with self._lock:
            self.jobs.append(number)
            self.moments.append(time.monotonic())

    def meet(self, kind: str) -> None:
        with self._lock:
            self.kinds[kind] += 1

    def seconds_until_told(self, since: float) -> float | None:
        """How long after this moment somebody was told again that something is saved. None: never."""
        return next((moment - since for moment in self.moments if moment > since), None)


@dataclass
class Verdict:
    """What the checker found; a sentence for each thing lost, doubled, or told by halves."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def count(self, times: int, sentence: str) -> None:
        if times == 0:
            self.lost.append(sentence)
        elif times > 1:
            self.doubled.append(f"{sentence} ({times} times)")


def compare(ledger: Ledger) -> Verdict:
    """Ask the database for everything that people were told, in an application context on it."""
    verdict = Verdict(broken=verify(db.session()))
    check_saved(ledger, verdict)
    check_submitted(ledger, verdict)
    there = list(db.session.scalars(select(Job.id)))
    for number in ledger.jobs:
        verdict.count(there.count(number), f"the wish for workbook {number}")
    return verdict


def check_saved(ledger: Ledger, verdict: Verdict) -> None:
    """Each text stands once, as the answer or in its history; and the one told last was followed by none told earlier."""
    kept: dict[Place, list[tuple[int, str]]] = defaultdict(list)
    answers = select(Application.ref, Answer.question_id, Answer.edition, Answer.raw).join(
        Answer, Answer.answer_set_id == Application.answer_set_id
    )
    editions = (
        select(Application.ref, Answer.question_id, AnswerEdition.edition, AnswerEdition.raw)
        .join(Answer, Answer.answer_set_id == Application.answer_set_id)
        .join(AnswerEdition, AnswerEdition.answer_id == Answer.id)
    )
    for ref, question_id, edition, raw in (*db.session.execute(answers), *db.session.execute(editions)):
        kept[ref, question_id].append((edition, raw))
    order: dict[Place, list[str]] = defaultdict(list)
    for place, text in ledger.saved:
        order[place].append(text)
    for place, told in order.items():
        there = [raw for _, raw in sorted(kept[place])]
        for text in told:
            verdict.count(there.count(text), f"“{text}” in {place[0]}")
        if [text for text in there if text in set(told)] != told and not verdict.lost:
            verdict.lost.append(f"the order of what was saved in {place[0]}")


def check_submitted(ledger: Ledger, verdict: Verdict) -> None:
    """Told or not: what is submitted is submitted whole and once. What was told is."""
    stages = {row.ref: row.stage for row in db.session.execute(select(Application.ref, Application.stage))}
    snapshots = Counter(db.session.scalars(select(Application.ref).join(Snapshot, Snapshot.application_id == Application.id)))
    events = Counter(db.session.scalars(select(Event.case).where(Event.verb == "application.submit")))
    mails = Counter((row.case, row.template) for row in db.session.execute(select(Mail.case, Mail.template)))
    for ref in ledger.submitted:
        if stages.get(ref) is not BidStage.SUBMITTED:
            verdict.lost.append(f"the submission of {ref}")
    for ref in [ref for ref, stage in stages.items() if stage is BidStage.SUBMITTED]:
        verdict.count(snapshots[ref], f"the snapshot of {ref}")
        verdict.count(events[ref], f"the event of {ref}")
        for template in ("applications/received", "applications/arrived"):
            verdict.count(mails[ref, template], f"the mail {template} of {ref}")
    halves = (set(snapshots) | set(events)) - {ref for ref, stage in stages.items() if stage is BidStage.SUBMITTED}
    verdict.broken += [f"{ref} was submitted by half" for ref in halves]
