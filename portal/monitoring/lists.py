"""Queries about returns, and the list of them."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Date, Select, and_, bindparam, case, select
from sqlalchemy.orm import joinedload, selectinload

from portal.applications.models import Application
from portal.awards.models import Award
from portal.core import clock
from portal.core.columns import Choice, Column, as_text
from portal.core.db import db
from portal.core.listing import Listing
from portal.core.page import Macros, address_of
from portal.monitoring import figures
from portal.monitoring.around import ReturnAround
from portal.monitoring.models import WITH_APPLICANT, LineSpend, MeasureReading, Return, ReturnKind, Stage
from portal.monitoring.policy import restricted_files, visible_to
from portal.people.lists import members_of
from portal.people.models import Organisation, Right, User
from portal.questions.models import Answer, Question
from portal.questions.published import form_of
from portal.questions.sheet import Sheet

ui = Macros()


def by_ref(user: User | None, ref: str) -> Return | None:
    """The return of this reference, if the person may see it, with its award and figures."""
    return db.session.scalar(
        visible_to(user)
        .where(Return.ref == ref)
        .options(
            joinedload(Return.answer_set),
            joinedload(Return.certified_by),
            joinedload(Return.figures_saved_by),
            joinedload(Return.award).joinedload(Award.fund),
            joinedload(Return.award).joinedload(Award.recipient),
            joinedload(Return.award).joinedload(Award.partnership),
            joinedload(Return.award).joinedload(Award.application).joinedload(Application.round),
            selectinload(Return.measures).joinedload(MeasureReading.measure),
            selectinload(Return.spending).joinedload(LineSpend.line),
            selectinload(Return.queries),
        )
    )


def sheet_of(return_: Return, only: Iterable[Question] = ()) -> Sheet:
    """The return's form with its answers, or only those that these questions need."""
    return Sheet(return_.answer_set, ReturnAround(return_), only)


def parts_of(return_: Return) -> list[str]:
    """What the office may ask about, by name."""
    return [section.title for section in form_of(return_.answer_set.version_id).sections] + ["Measures", "Spending", "Readings"]


def certifiers_of(return_: Return) -> list[User]:
    """Who may certify and send: the partnership's lead and the recipient's signatories."""
    award = return_.award
    leads = members_of(award.partnership_id, Right.LEAD) if award.partnership_id else []
    return [*leads, *members_of(award.recipient_id, Right.SIGNATORY, Right.LEAD)]


def returns_of(award: Award) -> Sequence[Return]:
    """The returns of an award in order, with their figures."""
    return db.session.scalars(
        select(Return)
        .where(Return.award_id == award.id)
        .options(
            selectinload(Return.measures).joinedload(MeasureReading.measure),
            selectinload(Return.spending).joinedload(LineSpend.line),
            joinedload(Return.award),
        )
        .order_by(Return.number)
    ).all()


def earlier(return_: Return) -> Return | None:
    """The last return before this one that was sent: its figures are what was reported before."""
    return db.session.scalar(
        select(Return)
        .where(Return.award_id == return_.award_id, Return.number < return_.number, Return.submitted_at.is_not(None))
        .options(selectinload(Return.measures), selectinload(Return.spending))
        .order_by(Return.number.desc())
        .limit(1)
    )


def open_before(return_: Return) -> Return | None:
    """An earlier return of the same award that is neither accepted nor waived."""
    return db.session.scalar(
        select(Return)
        .where(Return.award_id == return_.award_id, Return.number < return_.number)
        .where(Return.stage.not_in((Stage.ACCEPTED, Stage.WAIVED)))
        .order_by(Return.number)
        .limit(1)
    )


def spent(return_: Return) -> int:
    """What was spent by the end of the period, all lines together, in pence."""
    return sum(line.spent_pence or 0 for line in return_.spending)


def elapsed_percent(return_: Return) -> int:
    """How much of the grant's time lies behind at the end of the period."""
    award = return_.award
    return figures.share((return_.period_to - award.starts_on).days, (award.ends_on - award.starts_on).days)


def may_read_file(user: User, file_id: int) -> bool:
    """A file of a return is read by whoever may see the return."""
    holds = visible_to(user).join(Answer, Answer.answer_set_id == Return.answer_set_id).where(Answer.file_id == file_id)
    return db.session.scalar(holds.with_only_columns(Return.id).limit(1)) is not None


def looks_at(user: User, file_id: int) -> Return | None:
    """The return that a file came with, for those who do not act for its grant."""
    holds = select(Return).join(Answer, Answer.answer_set_id == Return.answer_set_id).where(Answer.file_id == file_id)
    return_ = db.session.scalar(holds.limit(1))
    return return_ if return_ is not None and restricted_files(user, return_) else None


IS_LATE = and_(Return.stage.in_(WITH_APPLICANT), Return.due_on < bindparam("today", callable_=clock.today, type_=Date()))
LATE = case((IS_LATE, "Overdue"), else_="")


class ReturnList(Listing):
    """The returns this person may see, the next to fall due first."""

    caption = "Returns"
    noun = ("return", "returns")
    entity = Return
    search_in = Return
    filters = (
        Choice("stage", "Stage", Return.stage, Stage),
        Choice("kind", "Kind", Return.kind, ReturnKind),
        Choice("late", "Overdue", LATE, lambda: [("Overdue", "Overdue only")], where=lambda _: IS_LATE),
    )
    columns = (
        Column("Reference", Return.ref, sort=True, short=True),
        Column("Grant", Award.title),
        Column("Recipient", Organisation.name),
        Column("Kind", Return.kind),
        Column("Stage", Return.stage, show=lambda stage: ui.stage_tag(stage), export=as_text),
        Column("Due", Return.due_on, sort=True, short=True),
        Column("Overdue", LATE, show=lambda late: ui.tag(late, "red") if late else ""),
    )
    more_columns = (
        Column("Period to", Return.period_to),
        Column("Sent", Return.submitted_at),
        Column("Accepted", Return.accepted_at),
    )
    default_sort = "due"

    def base(self) -> Select[Any]:
        return visible_to(self.user).join(Return.award).join(Award.recipient)

    def url(self, values: dict[str, Any]) -> str | None:
        return address_of("monitoring.show", ref=values["reference"])
