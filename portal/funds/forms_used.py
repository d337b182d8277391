"""Which rounds ask which version of a form, for the library of forms."""

from collections.abc import Iterator, Sequence

from flask import url_for
from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from portal.core.db import db
from portal.funds.models import Round, RoundStage
from portal.questions.models import QuestionVersion

RUNNING = (RoundStage.CHECKED, RoundStage.OPEN, RoundStage.PAUSED)


def rounds_using(version_ids: Sequence[int]) -> Iterator[tuple[int, str, str]]:
    """Which version, the round, and where its form is chosen, or where a running round moves to a newer one."""
    later = aliased(QuestionVersion)
    newest = (
        select(func.max(later.number))
        .where(later.set_id == QuestionVersion.set_id, later.published_at.is_not(None))
        .scalar_subquery()
    )
    asked = Round.question_version_id.in_(version_ids)
    found = (
        select(Round, QuestionVersion.id, QuestionVersion.number < newest)
        .join(
            QuestionVersion, or_(Round.question_version_id == QuestionVersion.id, Round.return_version_id == QuestionVersion.id)
        )
        .where(or_(asked, Round.return_version_id.in_(version_ids)), QuestionVersion.id.in_(version_ids))
        .order_by(Round.id.desc())
    )
    for round_, version_id, is_old in db.session.execute(found):
        yield version_id, round_.title, address_for(round_, bool(is_old) and round_.question_version_id == version_id)


def address_for(round_: Round, is_old: bool) -> str:
    if round_.stage is RoundStage.DRAFT:
        return url_for("funds.section", code=round_.code, section="questions")
    if is_old and round_.stage in RUNNING:
        return url_for("applications.carry_form", round_code=round_.code)
    return url_for("funds.show_round", code=round_.code)
