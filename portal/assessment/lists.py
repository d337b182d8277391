"""Queries about assessments, and the list of them."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload, selectinload

from portal.applications.models import Application
from portal.applications.models import Stage as BidStage
from portal.applications.policy import visible_to as bids_visible_to
from portal.assessment import scoring
from portal.assessment.models import Assignment, GateResult, Moderated, Stage
from portal.assessment.policy import bids_read_by, visible_to
from portal.core.db import db
from portal.core.listing import Choice, Column, Listing
from portal.funds.models import Fund, Round
from portal.people.models import Organisation, User
from portal.questions.models import Answer


def bid_by_ref(user: User | None, ref: str) -> Application | None:
    """A bid as the office reads it: every submitted one, or an assessor's own. Not for applicants, whose page is another."""
    if user is None:
        return None
    seen = bids_visible_to(user).where(Application.submitted_at.is_not(None)) if user.sees_all_cases else bids_read_by(user)
    return db.session.scalar(
        seen.where(Application.ref == ref).options(
            joinedload(Application.round).joinedload(Round.fund),
            joinedload(Application.round).selectinload(Round.criteria),
            joinedload(Application.round).selectinload(Round.gate_checks),
            joinedload(Application.organisation).joinedload(Organisation.area),
            joinedload(Application.accountable_body),
            joinedload(Application.answer_set),
        )
    )


def own_assignment(user: User | None, ref: str) -> Assignment | None:
    """The person's own assignment on this bid, conflicted or not: the page of interests and scores."""
    if user is None:
        return None
    return db.session.scalar(
        select(Assignment)
        .join(Assignment.application)
        .where(Assignment.assessor_id == user.id, Application.ref == ref)
        .options(
            selectinload(Assignment.scores),
            joinedload(Assignment.application).joinedload(Application.round).selectinload(Round.criteria),
            joinedload(Assignment.application).joinedload(Application.round).joinedload(Round.fund),
            joinedload(Assignment.application).joinedload(Application.organisation),
        )
    )


def assignment_by_id(user: User | None, ref: str, assignment_id: int) -> Assignment | None:
    """An assignment through its bid."""
    return db.session.scalar(
        visible_to(user).join(Assignment.application).where(Application.ref == ref, Assignment.id == assignment_id)
    )


def assignments_of(application: Application) -> list[Assignment]:
    """The assignments of a bid with assessors and scores, in the order they were made."""
    return list(
        db.session.scalars(
            select(Assignment)
            .where(Assignment.application_id == application.id)
            .options(joinedload(Assignment.assessor), selectinload(Assignment.scores))
            .order_by(Assignment.id)
        ).unique()
    )


def gate_results(application: Application) -> Sequence[GateResult]:
    return db.session.scalars(
        select(GateResult).where(GateResult.application_id == application.id).order_by(GateResult.check_id)
    ).all()


def moderated_of(application: Application) -> Sequence[Moderated]:
    return db.session.scalars(select(Moderated).where(Moderated.application_id == application.id)).all()


def weights(application: Application) -> dict[int, int]:
    return {criterion.id: criterion.weight for criterion in application.round.criteria}


def points_given(assignments: Sequence[Assignment]) -> list[dict[int, int]]:
    """Criterion → points of each submitted assignment."""
    return [
        {score.criterion_id: score.points for score in each.scores if score.points is not None}
        for each in assignments
        if each.stage is Stage.SUBMITTED
    ]


def points_differ(application: Application, criterion_id: int, agreed: int) -> bool:
    """True when somebody scored this criterion otherwise than agreed: then a note must say how it was settled."""
    return any(points.get(criterion_id) != agreed for points in points_given(assignments_of(application)))


def bands_of(round_: Round) -> list[scoring.Band]:
    return [scoring.Band(band["from_percent"], band["name"], band["recommends"]) for band in round_.bands]


def may_read_file(user: User, file_id: int) -> bool:
    """An assessor reads the files of the bids they may open."""
    holds = bids_read_by(user).join(Answer, Answer.answer_set_id == Application.answer_set_id).where(Answer.file_id == file_id)
    return db.session.scalar(holds.with_only_columns(Application.id).limit(1)) is not None


class AssessmentList(Listing):
    """Bids on their way to a decision, as officers work through them."""

    caption = "Bids in assessment"
    noun = ("bid", "bids")
    entity = Application
    search = (Application.ref, Application.title, Organisation.name)
    filters = (Choice("stage", "Stage", Application.stage, BidStage),)
    columns = (
        Column("Reference", Application.ref, sort=True),
        Column("Title", Application.title),
        Column("Applicant", Organisation.name),
        Column("Fund", Fund.name),
        Column("Stage", Application.stage),
        Column("Agreed score", Application.agreed_permille, show=scoring.show, numeric=True),
        Column("Submitted", Application.submitted_at),
        Column("Changed", Application.changed_at, sort=True),
    )
    default_sort = "changed"

    def base(self) -> Select[Any]:
        waiting = (
            BidStage.SUBMITTED,
            BidStage.RETURNED,
            BidStage.IN_ASSESSMENT,
            BidStage.IN_MODERATION,
            BidStage.RECOMMENDED,
        )
        return (
            bids_visible_to(self.user)
            .where(or_(Application.stage.in_(waiting)))
            .join(Application.organisation)
            .join(Application.round)
            .join(Round.fund)
        )

    def url(self, values: dict[str, Any]) -> str | None:
        return url_for("assessment.show", ref=values["reference"])


class AssignmentList(Listing):
    """One's own assignments. The bid's title is hidden until interests are declared, and for good after a conflict."""

    caption = "Bids to assess"
    noun = ("bid", "bids")
    entity = Assignment
    search = (Application.ref, Organisation.name)
    filters = (Choice("stage", "Stage", Assignment.stage, Stage),)
    columns = (
        Column("Reference", Application.ref, sort=True),
        Column("Applicant", Organisation.name),
        Column("Fund", Fund.name),
        Column("Stage", Assignment.stage),
        Column("Asked", Assignment.invited_at, sort=True),
    )
    default_sort = "-asked"

    def base(self) -> Select[Any]:
        return (
            select(Assignment)
            .where(Assignment.assessor_id == self.user.id)
            .join(Assignment.application)
            .join(Application.organisation)
            .join(Application.round)
            .join(Round.fund)
        )

    def url(self, values: dict[str, Any]) -> str | None:
        stage = values["stage"]
        if stage is Stage.INVITED:
            return url_for("assessment.interest", ref=values["reference"])
        return None if stage is Stage.STOOD_DOWN else url_for("assessment.score", ref=values["reference"])
