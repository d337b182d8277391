"""One synthetic bid: its life told step by step as rows, each step at a later instant."""

import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any

from portal.applications.models import Application, ApplicationObjective, Snapshot
from portal.applications.models import Request as Asked
from portal.applications.models import Stage as S
from portal.assessment.models import Assignment, GateResult, Moderated, Score
from portal.assessment.models import Stage as AssignmentStage
from portal.core import money
from portal.core.audit import OFFICE
from portal.core.clock import day_of
from portal.core.outbox import Mail
from portal.core.search import words_of
from portal.demonstration.bulk.chain import Chain
from portal.demonstration.bulk.ground import Ground
from portal.demonstration.bulk.rows import Rows
from portal.people.actions import APART
from portal.people.models import Capacity, Involvement
from portal.questions.models import Answer, AnswerSet

TOPICS = ("fly-tipping", "bike theft", "street racing", "nuisance fires", "graffiti", "hare coursing", "shop theft", "speeding")
PLACES = (
    "Mill Lane",
    "Station Road",
    "the rec",
    "Church Green",
    "the quay",
    "Long Drove",
    "Market Hill",
    "the underpass",
    "Fen End",
)
SUMMARY = "Invented to measure with: volunteers and officers work together on {topic} at {place}."
PROBLEM = "Invented: residents report {topic} at {place} again and again, mostly on dark evenings, and ask for help."
POINTS = 3, 4  # what the two assessors give on every criterion, and what is agreed


class Bid:
    """A bid that grows from draft to its stage."""

    def __init__(self, rows: Rows, chain: Chain, ground: Ground, number: int, began_at: datetime) -> None:
        self.rows, self.chain, self.ground, self.number, self.at = rows, chain, ground, number, began_at
        self.round = ground.rounds[number % len(ground.rounds)]
        self.body = ground.bodies[number * 7 % len(ground.bodies)]
        self.round.last_number += 1
        self.ref = f"{self.round.code}-{self.round.last_number:04d}"
        self.id = rows.number(Application)
        self.stage, self.stamps = S.DRAFT, dict.fromkeys(STAMPS)
        self.agreed: int | None = None
        self.recommended: int | None = None
        self.start()

    # What it says

    @property
    def scene(self) -> dict[str, str]:
        return {"topic": TOPICS[self.number % len(TOPICS)], "place": PLACES[self.number % len(PLACES)]}

    @property
    def title(self) -> str:
        return "Synthetic bid {}: {topic} at {place}".format(self.number, **self.scene)

    @property
    def pence(self) -> int:
        return 60_000 + self.number * 37 % 400 * 1_000

    @property
    def starts_on(self) -> date:
        return day_of(self.began_at + timedelta(days=45))

    @property
    def ends_on(self) -> date:
        return self.starts_on + timedelta(days=180)

    @property
    def served(self) -> list[int]:
        """The objectives it names: one, and every fourth bid two."""
        known = self.ground.objective_ids
        main = self.number % len(known)
        return [known[main], known[main - 1]] if self.number % 4 == 0 else [known[main]]

    def words(self, *more: str) -> str:
        """What searches find it by, or what came of it."""
        return " ".join(words_of(self.ref, self.title, self.body.name, *more))

    def answers(self) -> dict[str, tuple[str, Any]]:
        """What was typed and what it reads as, by the question's code."""
        return {
            "title": (self.title, self.title),
            "problem": (PROBLEM.format(**self.scene),) * 2,
            "requested": (money.plain(self.pence), self.pence),
        }

    # Its steps

    def tell(self, verb: str, by: int | None, **facts: Any) -> None:
        self.chain.tell(self.at, f"application.{verb}", self.ref, self.id, by, **facts)

    def pass_time(self, **time: float) -> None:
        self.at += timedelta(**time)

    def go_to(self, stage: S) -> None:
        self.stage = stage
        if f"{stage}_at" in self.stamps:
            self.stamps[f"{stage}_at"] = self.at

    def involve(self, user_id: int, capacity: Capacity) -> None:
        self.rows.add(Involvement, case=self.ref, user_id=user_id, capacity=capacity, apart=APART.get(capacity))

    def start(self) -> None:
        self.began_at = self.at
        self.answer_set_id = self.rows.add(AnswerSet, version_id=self.round.question_version_id)
        given = self.answers()
        for question in self.ground.questions:
            raw, value = given[question.code]
            self.rows.add(Answer, answer_set_id=self.answer_set_id, question_id=question.id, row=0, raw=raw, value=value,
                          edition=1, saved_by_id=self.body.lead_id, saved_at=self.at)  # fmt: skip
        for objective_id in self.served:
            self.rows.add(ApplicationObjective, application_id=self.id, objective_id=objective_id, how="Invented.")
        self.involve(self.body.lead_id, Capacity.APPLICANT)
        self.tell("start", self.body.lead_id)

    def submit(self) -> None:
        self.pass_time(days=5)
        self.go_to(S.SUBMITTED)
        content = self.content()
        digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
        self.rows.add(Snapshot, application_id=self.id, number=1, taken_at=self.at, content=content, digest=digest)
        self.tell("submit", self.body.lead_id, requested_pence=self.pence)
        self.rows.add(Mail, template="applications/received", to_name="Synthetic lead", to_address=self.body.lead_email,
                      subject=f"We have your application {self.ref}", body="Invented.", case=self.ref, written_at=self.at,
                      sent_at=self.at)  # fmt: skip

    def content(self) -> list[dict[str, Any]]:
        """The bid as it was handed in: the few questions that were answered."""
        given = self.answers()
        items = [
            {"question": question.id, "number": question.number, "code": question.code, "label": question.label,
             "kind": question.kind, "assessors": question.is_shown_to_assessors, "personal": question.is_personal,
             "shown": given[question.code][0]}
            for question in self.ground.questions
        ]  # fmt: skip
        return [{"section": "The project", "code": "problem", "items": items}]

    def withdraw(self) -> None:
        self.pass_time(days=1)
        self.go_to(S.WITHDRAWN)
        self.tell("withdraw", self.body.lead_id, reason="Invented.")

    def ask(self) -> None:
        self.pass_time(days=1)
        self.go_to(S.RETURNED)
        self.rows.add(Asked, application_id=self.id, reason="Invented.", section_codes=["problem"], asked_at=self.at,
                      asked_by_id=self.ground.officer_id)  # fmt: skip
        self.tell("return", self.ground.officer_id, reason="Invented.", sections=["problem"])

    def check(self, passed: bool) -> None:
        self.pass_time(days=1)
        for check in self.round.gate_checks:
            self.rows.add(GateResult, application_id=self.id, check_id=check.id, passed=passed, note="",
                          by_id=self.ground.officer_id, at=self.at)  # fmt: skip

    def refuse(self) -> None:
        self.check(passed=False)
        self.go_to(S.INELIGIBLE)
        self.tell("refuse_entry", self.ground.officer_id, reasons="Invented.")

    def admit(self) -> None:
        self.check(passed=True)
        self.go_to(S.IN_ASSESSMENT)
        self.tell("admit", self.ground.officer_id)

    def assign(self, stage: AssignmentStage) -> None:
        """Two assessors; where they have submitted, with their points."""
        assessors, invited_at = self.ground.assessor_ids, self.at
        done_at = invited_at + timedelta(days=3) if stage is AssignmentStage.SUBMITTED else None
        for which, points in enumerate(POINTS):
            assessor_id = assessors[(self.number + which * 3) % len(assessors)]
            self.involve(assessor_id, Capacity.ASSESSOR)
            assignment_id = self.rows.add(Assignment, application_id=self.id, assessor_id=assessor_id, stage=stage,
                                          invited_at=invited_at, declared_at=done_at, submitted_at=done_at)  # fmt: skip
            if done_at is not None:
                for criterion in self.round.criteria:
                    self.rows.add(Score, assignment_id=assignment_id, criterion_id=criterion.id, points=points,
                                  justification="Invented.", saved_at=done_at)  # fmt: skip
        self.at = done_at or self.at

    def moderate(self) -> None:
        self.pass_time(days=1)
        self.go_to(S.IN_MODERATION)
        self.agreed = POINTS[1] * 200
        for criterion in self.round.criteria:
            self.rows.add(Moderated, application_id=self.id, criterion_id=criterion.id, points=POINTS[1], note="Invented.",
                          by_id=self.ground.officer_id, at=self.at)  # fmt: skip

    def recommend(self) -> None:
        self.pass_time(days=1)
        self.go_to(S.RECOMMENDED)
        self.recommended = self.pence
        self.chain.tell(self.at, "application.recommend", self.ref, self.id, self.ground.officer_id, OFFICE,
                        recommended_pence=self.pence, reasons="Invented.")  # fmt: skip

    # Itself

    def finish(self) -> None:
        """The bid's own row, as all these steps have left it."""
        is_private = self.stage is S.DRAFT
        self.rows.add(
            Application, id=self.id, ref=self.ref, round_id=self.round.id, organisation_id=self.body.id,
            accountable_body_id=self.body.id, lead_id=self.body.lead_id, answer_set_id=self.answer_set_id, stage=self.stage,
            title=self.title, summary=SUMMARY.format(**self.scene), requested_pence=self.pence, starts_on=self.starts_on,
            ends_on=self.ends_on, started_at=self.began_at, changed_at=self.at, agreed_permille=self.agreed,
            recommended_pence=self.recommended, recommendation="" if is_private else "Invented.", words=self.words(),
            **self.stamps,
        )  # fmt: skip


STAMPS = ("submitted_at", "in_assessment_at", "recommended_at", "awarded_at", "declined_at", "withdrawn_at", "ineligible_at")
