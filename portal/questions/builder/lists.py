"""Finding forms: the library, one wording by its address, and who uses which version."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from portal.core.db import db
from portal.people.models import SYSTEM, User
from portal.people.policy import is_staff
from portal.questions.builder import beginning, drafts
from portal.questions.builder.differences import Difference, differences
from portal.questions.builder.wordings import Wording
from portal.questions.documents import as_document
from portal.questions.models import AnswerSet, DraftEdition, FormDraft, Question, QuestionSet, QuestionVersion, Section

Use = tuple[int, str, str]  # which version, what uses it, and its address
USERS: dict[str, Callable[[Sequence[int]], Iterable[Use]]] = {}


def uses_forms(name: str, find: Callable[[Sequence[int]], Iterable[Use]]) -> None:
    """Let a package tell which of these versions it uses, and where."""
    USERS[name] = find


def uses_of(version_ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    for find in USERS.values():
        for version_id, words, address in find(version_ids):
            found.setdefault(version_id, []).append((words, address))
    return found


@dataclass(frozen=True)
class Shelf:
    """One form in the library: its newest published version, how many there are, and its draft."""

    version: QuestionVersion
    versions: int
    questions: int
    uses: list[tuple[str, str]]


def library() -> list[Shelf]:
    """Every published form, by name."""
    asked = (
        select(func.count(Question.id)).join(Section).where(Section.version_id == QuestionVersion.id, Question.group_id.is_(None))
    ).scalar_subquery()
    rows = db.session.execute(
        select(QuestionVersion, asked).join(QuestionVersion.question_set).options(contains_eager(QuestionVersion.question_set))
        .where(QuestionVersion.published_at.is_not(None)).order_by(func.lower(QuestionSet.name), QuestionVersion.number)
    ).all()  # fmt: skip
    newest = {version.set_id: (version, count) for version, count in rows}
    uses = uses_of([version.id for version, _ in rows])
    return [
        Shelf(version, sum(each.set_id == set_id for each, _ in rows), count,
              [use for each, _ in rows if each.set_id == set_id for use in uses.get(each.id, [])])
        for set_id, (version, count) in newest.items()
    ]  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A draft in the list: how it came to be, and who changed it last."""

    draft: FormDraft
    saved_by: str
    saved_at: datetime


def being_written() -> list[Written]:
    found = (
        select(FormDraft, User.name, DraftEdition.saved_at)
        .join(DraftEdition, (DraftEdition.draft_id == FormDraft.id) & (DraftEdition.number == FormDraft.edition))
        .outerjoin(User, User.id == DraftEdition.saved_by_id)
        .where(FormDraft.published_id.is_(None), FormDraft.dropped_at.is_(None))
        .options(joinedload(FormDraft.based_on))
        .order_by(DraftEdition.saved_at.desc(), FormDraft.id)
    )
    return [Written(draft, name or SYSTEM.name, at) for draft, name, at in db.session.execute(found)]


def published(key: str, number: int) -> QuestionVersion | None:
    """A version with all its questions."""
    found = (
        select(QuestionVersion)
        .join(QuestionVersion.question_set)
        .options(
            contains_eager(QuestionVersion.question_set), selectinload(QuestionVersion.sections).selectinload(Section.questions)
        )
    )
    return db.session.scalar(
        found.where(QuestionSet.key == key, QuestionVersion.number == number, QuestionVersion.published_at.is_not(None))
    )


def changes_since(answers: AnswerSet) -> list[Difference]:
    """What the form of these answers asked otherwise before it was corrected; nothing where it was not."""
    if answers.carried_from_id is None:
        return []
    found = select(QuestionVersion).where(QuestionVersion.id.in_([answers.carried_from_id, answers.version_id]))
    whole = selectinload(QuestionVersion.sections).selectinload(Section.questions)
    versions = db.session.scalars(found.options(joinedload(QuestionVersion.question_set), whole))
    known = {each.id: as_document(each) for each in versions}
    return differences(known[answers.carried_from_id], known[answers.version_id], for_applicants=True)


def wording_of(version: QuestionVersion) -> Wording:
    return Wording(as_document(version), version=version)


def versions_of(key: str) -> list[QuestionVersion]:
    """The published versions of a form, the newest first."""
    found = select(QuestionVersion).join(QuestionVersion.question_set).where(QuestionSet.key == key)
    return list(
        db.session.scalars(found.where(QuestionVersion.published_at.is_not(None)).order_by(QuestionVersion.number.desc()))
    )


def wording_at(user: Any, key: str, version: str) -> Wording | None:
    """What stands at an address: a version by its number, or the draft."""
    if version == "draft":
        return draft_at(user, key)
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
    found = published(key, number) if is_staff(user) else None
    return wording_of(found) if found else None


def version_at(user: Any, key: str, number: int) -> Wording | None:
    return wording_at(user, key, str(number))


def draft_at(user: Any, key: str) -> Wording | None:
    """The draft of a form that is being written."""
    found = beginning.being_written(key) if is_staff(user) else None
    return Wording(drafts.document_of(found), draft=found) if found else None


class Change(NamedTuple):
    """One change to a draft: what was done, by whom, when."""

    words: str
    by: str
    at: datetime
    can_be_undone: bool


def last_changes(draft: FormDraft, most: int = 8) -> list[Change]:
    """What was done last, the newest first."""
    found = select(DraftEdition.words, User.name, DraftEdition.saved_at, DraftEdition.undoes_to)
    found = found.outerjoin(User, User.id == DraftEdition.saved_by_id).where(DraftEdition.draft_id == draft.id)
    return [
        Change(words, name or SYSTEM.name, at, undoes_to is not None)
        for words, name, at, undoes_to in db.session.execute(found.order_by(DraftEdition.number.desc()).limit(most))
    ]
