"""A grant's file: what a person may read of one case, from the bid to the last return."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.applications import lists as applications
from portal.applications.models import Application, ApplicationObjective, Snapshot
from portal.applications.policy import stage_for
from portal.awards import lists as awards
from portal.awards.models import Award, AwardLine, AwardMeasure, Decision
from portal.core.db import db
from portal.core.files import StoredFile
from portal.monitoring import lists as monitoring
from portal.monitoring.models import Return
from portal.monitoring.models import Stage as ReturnStage
from portal.people.models import Organisation, User
from portal.plan.models import Direction, Objective, Rag, direction_between
from portal.questions.models import Answer
from portal.reporting.history import Names, Step, history_of


@dataclass(frozen=True)
class Milestone:
    """A stage that has been reached, or is still to come."""

    label: str
    at: datetime | None


@dataclass(frozen=True)
class Progress:
    """One return of the grant as its file shows it: with figures once it was sent, or to those whose it is."""

    return_: Return
    shows_figures: bool
    direction: Direction | None

    @property
    def delivery(self) -> Rag | None:
        """As the office read it, else as the return says."""
        return (self.return_.agreed_delivery or self.return_.delivery_rag) if self.shows_figures else None

    @property
    def spend(self) -> Rag | None:
        return (self.return_.agreed_spend or self.return_.spend_rag) if self.shows_figures else None

    @property
    def spent_pence(self) -> int | None:
        return monitoring.spent(self.return_) if self.shows_figures and self.return_.draft_at is not None else None


class CaseFile:
    """A bid, the award that came of it, or both. Each part is there only if the person may see it."""

    def __init__(self, user: User, application: Application | None, award: Award | None) -> None:
        self.user, self.application, self.award = user, application, award

    @property
    def main(self) -> Any:
        """What stands for the case now: the award once there is one, else the bid."""
        return self.award or self.application

    @property
    def stage(self) -> Any:
        """As this person may know it."""
        return self.award.stage if self.award else stage_for(self.user, self.main)

    @property
    def title(self) -> str:
        return self.main.title or "Untitled bid"

    @cached_property
    def own(self) -> set[int]:
        """The organisations whose case this is: who applied, who receives, and the partnership it is for."""
        parts = [self.application.organisation_id] if self.application else []
        if self.award:
            parts += [self.award.recipient_id, self.award.partnership_id or 0]
        return set(parts)

    @property
    def is_own(self) -> bool:
        return bool(self.own & set(self.user.organisation_ids))

    @property
    def partnership(self) -> Organisation | None:
        return self.main.partnership if self.award else self.main.organisation

    @property
    def recipient(self) -> Organisation | None:
        return self.main.recipient if self.award else self.main.accountable_body

    @property
    def days(self) -> tuple[date | None, date | None]:
        return self.main.starts_on, self.main.ends_on

    @cached_property
    def milestones(self) -> list[Milestone]:
        """The way of a grant, as far as it has gone and as far as it is to go."""
        bid, award = self.application, self.award
        steps = []
        if bid is not None:
            steps += [Milestone("Submitted", bid.submitted_at), Milestone("Passed to assessors", bid.in_assessment_at)]
            for label, at in (("Refused", bid.ineligible_at), ("Withdrawn", bid.withdrawn_at), ("Declined", bid.declined_at)):
                if at is not None and bid.is_ended:
                    return [*(step for step in steps if step.at), Milestone(label, at)]
            steps.append(Milestone("Decided", bid.awarded_at))
        if award is not None and award.lapsed_at is not None:
            return [*steps, Milestone("Offered", award.offered_at), Milestone("Lapsed", award.lapsed_at)]
        if award is not None and award.is_history:
            return [Milestone("Awarded", award.offered_at), Milestone("Closed", award.closed_at)]
        late = (award.accepted_at, award.live_at, award.closed_at) if award else (None, None, None)
        labels = ("Accepted", "Live", "Closed")
        return steps + [Milestone(label, at) for label, at in zip(labels, late, strict=True)]

    @cached_property
    def objectives(self) -> Sequence[Objective]:
        """The main objective first; as the award has them, else as the bid names them."""
        if self.award is not None:
            return [served.objective for served in self.award.objectives]
        named = (
            select(ApplicationObjective)
            .where(ApplicationObjective.application_id == self.main.id)
            .options(joinedload(ApplicationObjective.objective).joinedload(Objective.theme))
            .order_by(ApplicationObjective.id)
        )
        return [served.objective for served in db.session.scalars(named)]

    @cached_property
    def snapshot(self) -> Snapshot | None:
        """The bid as it was handed in."""
        return applications.latest_snapshot(self.application) if self.application else None

    @property
    def decision(self) -> Decision | None:
        if self.award is not None:
            return self.award.decision
        return self.declined

    @cached_property
    def declined(self) -> Decision | None:
        if self.application is None or self.application.declined_at is None:
            return None
        made = select(Decision).where(Decision.application_id == self.application.id).order_by(Decision.id.desc())
        return db.session.scalar(made.options(joinedload(Decision.decided_by)).limit(1))

    @cached_property
    def returns(self) -> list[Progress]:
        """The returns in order, each with its spend and its direction since the accepted one before."""
        if self.award is None:
            return []
        found: list[Progress] = []
        before: Rag | None = None
        for return_ in monitoring.returns_of(self.award):
            way = direction_between(before, return_.agreed_delivery) if return_.agreed_delivery else None
            before = return_.agreed_delivery or before
            found.append(Progress(return_, self.is_own or return_.submitted_at is not None, way))
        return found

    @cached_property
    def reported(self) -> Return | None:
        """The last accepted return: its figures are the award's."""
        accepted = [each.return_ for each in self.returns if each.return_.stage is ReturnStage.ACCEPTED]
        return accepted[-1] if accepted else None

    @property
    def spent_pence(self) -> int:
        return sum(part.spent_pence for part in self.award.funding) if self.award else 0

    @property
    def lines(self) -> list[tuple[AwardLine, int | None]]:
        """The budget lines with what the last accepted return says was spent on each."""
        spent = {line.line_id: line.spent_pence for line in self.reported.spending} if self.reported else {}
        return [(line, spent.get(line.id)) for line in self.award.lines] if self.award else []

    @property
    def measures(self) -> list[tuple[AwardMeasure, int | None]]:
        reached = {each.measure_id: each.achieved for each in self.reported.measures} if self.reported else {}
        return [(measure, reached.get(measure.id)) for measure in self.award.measures] if self.award else []

    @cached_property
    def documents(self) -> Sequence[tuple[StoredFile, bool]]:
        """The files of the bid and of the returns that the person may see, each with whether it came with the bid."""
        bid = self.application.answer_set_id if self.application else 0
        sets = [bid, *(each.return_.answer_set_id for each in self.returns if each.shows_figures)]
        found = (
            select(StoredFile, Answer.answer_set_id == bid)
            .join(Answer, Answer.file_id == StoredFile.id)
            .where(Answer.answer_set_id.in_(sets))
            .order_by(Answer.answer_set_id, StoredFile.id)
        )
        return [(row[0], bool(row[1])) for row in db.session.execute(found)]

    @cached_property
    def history(self) -> list[Step]:
        names: Names = {("return", each.return_.id): each.return_.kind.label.lower() for each in self.returns}
        return history_of(self.main.ref, self.user, self.own, names)


def by_ref(user: User | None, ref: str) -> CaseFile | None:
    """The file of a bid or an award, if the person may see either. A test has none."""
    application, award = applications.by_ref(user, ref), awards.by_ref(user, ref)
    if user is None or (application is None and award is None) or (application is not None and application.is_test):
        return None
    return CaseFile(user, application, award)
