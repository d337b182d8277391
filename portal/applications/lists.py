"""Queries about bids that more than one view needs."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import joinedload

from portal.applications.around import BidAround
from portal.applications.models import Application, Request, Snapshot, Stage
from portal.applications.policy import PRIVATE, WRITERS, can_start, restricted_files, tests_visible_to, visible_to
from portal.core.db import db
from portal.funds.lists import open_rounds
from portal.funds.models import Commitment, Fund, Round, RoundInvitation
from portal.funds.policy import may_apply, rounds_open_to
from portal.funds.round_lists import rounds_inviting
from portal.people.models import Organisation, User
from portal.questions.models import Answer, Question
from portal.questions.published import Form, form_of
from portal.questions.sheet import Sheet


def by_ref(user: User | None, ref: str) -> Application | None:
    """The bid of this reference, if the person may see it, with its round, fund and organisations."""
    seen = tests_visible_to(user) if ref.startswith("TEST-") else visible_to(user)
    return db.session.scalar(
        seen.where(Application.ref == ref).options(
            joinedload(Application.round).joinedload(Round.fund),
            joinedload(Application.organisation),
            joinedload(Application.accountable_body),
            joinedload(Application.answer_set),
        )
    )


def draft_by_ref(user: User | None, ref: str) -> Application | None:
    """The same with no more than saving one answer needs before the bid is locked and read."""
    return db.session.scalar(visible_to(user).where(Application.ref == ref).options(joinedload(Application.answer_set)))


def by_round(user: User | None, round_code: str) -> Round | None:
    """The round of this code, once it has opened; one by invitation only for those who were invited."""
    return db.session.scalar(
        rounds_open_to(user).where(Round.code == round_code).options(joinedload(Round.fund), joinedload(Round.question_version))
    )


def writes_for(user: User, round_: Round) -> list[Organisation]:
    """The organisations in whose name this person may bid in this round."""
    ids = {held.organisation_id for held in user.memberships if held.is_current and held.right in WRITERS}
    found = db.session.scalars(select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.name))
    return [each for each in found if may_bid(each, round_)]


def may_bid(organisation: Organisation, round_: Round) -> bool:
    """Invited where the round is by invitation; taken forward where it follows another; else of a kind that it takes."""
    if round_.kind.is_by_invitation:
        invited = select(RoundInvitation.id).where(
            RoundInvitation.round_id == round_.id, RoundInvitation.organisation_id == organisation.id
        )
        return db.session.scalar(invited.limit(1)) is not None
    if round_.follows_id is not None and forwarded(organisation, round_) is None:
        return False
    return may_apply(round_, organisation)


def forwarded(organisation: Organisation, round_: Round) -> Application | None:
    """The bid that this organisation had taken forward into the round, and has not followed up yet."""
    followed = select(Application.follows_id).where(
        Application.round_id == round_.id, Application.follows_id.is_not(None), Application.stage != Stage.WITHDRAWN
    )
    return db.session.scalar(
        select(Application)
        .where(Application.round_id == round_.follows_id, Application.organisation_id == organisation.id)
        .where(Application.taken_forward_at.is_not(None), Application.id.not_in(followed))
        .order_by(Application.id)
        .limit(1)
    )


def rounds_for(user: User) -> list[Round]:
    """The open rounds in which this person may start a bid."""
    if not can_start(user):
        return []
    return [round_ for round_ in [*open_rounds(), *rounds_inviting(user.organisation_ids)] if writes_for(user, round_)]


def drafts_in(round_: Round, user: User) -> Sequence[Application]:
    """The bids in this round that the person could go on with."""
    return db.session.scalars(
        visible_to(user).where(Application.round_id == round_.id, Application.stage.in_(PRIVATE)).order_by(Application.id)
    ).all()


def tests_of(round_: Round, user: User) -> Sequence[Application]:
    """The bids with which the form of a round was tried."""
    return db.session.scalars(
        tests_visible_to(user).where(Application.round_id == round_.id).order_by(Application.id.desc()).limit(20)
    ).all()


def promised_in(round_: Round) -> int:
    """What the bids of a round hold of the fund's budgets."""
    refs = select(Application.ref).where(Application.round_id == round_.id)
    held = select(func.coalesce(func.sum(Commitment.pence), 0)).where(Commitment.case.in_(refs), Commitment.released_at.is_(None))
    return db.session.scalar(held) or 0


def left_in_pot(round_: Round) -> int | None:
    """What a round can still promise of what there is in it; None where nothing but the budget limits it."""
    return None if round_.pot_pence is None else round_.pot_pence - promised_in(round_)


def begun_by(user: User, round_: Round) -> Sequence[Application]:
    """The bids that this person has started in this round, the first one first."""
    mine = select(Application).where(Application.round_id == round_.id, Application.lead_id == user.id)
    return db.session.scalars(mine.order_by(Application.id)).all()


def sheet_of(application: Application, only: Iterable[Question] = ()) -> Sheet:
    """The bid's form with its answers, or only those that these questions need; and what surrounds it."""
    return Sheet(application.answer_set, BidAround(application), only)


def form_for(application: Application) -> Form:
    """The questions of this bid's round, as they were when it was started."""
    return form_of(application.answer_set.version_id)


def open_request(application: Application) -> Request | None:
    """What the office has asked for and not yet been answered; only a bid that was given back can have such."""
    if application.stage is not Stage.RETURNED:
        return None
    return db.session.scalar(
        select(Request)
        .where(Request.application_id == application.id, Request.answered_at.is_(None))
        .order_by(Request.id.desc())
        .limit(1)
    )


def opened_sections(application: Application) -> list[str]:
    """The codes of the sections that the office has asked about."""
    asked = open_request(application)
    return asked.section_codes if asked else []


def latest_snapshot(application: Application) -> Snapshot | None:
    return db.session.scalar(
        select(Snapshot).where(Snapshot.application_id == application.id).order_by(Snapshot.number.desc()).limit(1)
    )


def snapshots_of(application: Application) -> Sequence[Snapshot]:
    """Each time the bid was handed in, the first one first."""
    taken = select(Snapshot).where(Snapshot.application_id == application.id)
    return db.session.scalars(taken.order_by(Snapshot.number)).all()


def may_read_file(user: User, file_id: int) -> bool:
    """A file of an answer is read by whoever may see the bid."""
    holds = (
        visible_to(user)
        .join(Answer, Answer.answer_set_id == Application.answer_set_id)
        .where(Answer.file_id == file_id)
        .with_only_columns(Application.id)
    )
    return db.session.scalar(holds.limit(1)) is not None


def looks_at(user: User, file_id: int) -> Application | None:
    """The bid that a file answers, for those who do not act for its applicant."""
    holds = select(Application).join(Answer, Answer.answer_set_id == Application.answer_set_id)
    application = db.session.scalar(holds.where(Answer.file_id == file_id).limit(1))
    return application if application is not None and restricted_files(user, application) else None


def in_fund(slug: str) -> ColumnElement[bool]:
    """The bids of a fund by its few rounds, of which the database knows how many bids each has."""
    return Application.round_id.in_(db.session.scalars(select(Round.id).join(Round.fund).where(Fund.slug == slug)).all())
