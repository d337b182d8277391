"""Tables of question sets and answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, UniqueConstraint, and_, column
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.core.db import Base, ref_to

BEING_WRITTEN = and_(column("published_id").is_(None), column("dropped_at").is_(None))


class QuestionSet(Base):
    """A form, such as the Safer Communities application."""

    __tablename__ = "question_set"
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]


class QuestionVersion(Base):
    """One published wording of a form. Answers stay with the version they were given to."""

    __tablename__ = "question_version"
    __table_args__ = (UniqueConstraint("set_id", "number"),)
    set_id: Mapped[int] = ref_to("question_set.id")
    number: Mapped[int]
    minutes: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None]
    question_set: Mapped[QuestionSet] = relationship()
    sections: Mapped[list["Section"]] = relationship(back_populates="version", order_by="Section.position")


class Section(Base):
    """A page of questions."""

    __tablename__ = "section"
    __table_args__ = (UniqueConstraint("version_id", "code"),)
    version_id: Mapped[int] = ref_to("question_version.id")
    position: Mapped[int]
    code: Mapped[str]
    title: Mapped[str]
    guidance: Mapped[str] = mapped_column(default="")
    version: Mapped[QuestionVersion] = relationship(back_populates="sections")
    questions: Mapped[list["Question"]] = relationship(back_populates="section", order_by="Question.position")

    def __str__(self) -> str:
        return self.title


class Question(Base):
    """One question, or one column of a repeating group (`group_id`). `settings` belong to its kind, see `kinds.py`."""

    __tablename__ = "question"
    __table_args__ = (UniqueConstraint("section_id", "group_id", "code"),)
    section_id: Mapped[int] = ref_to("section.id")
    group_id: Mapped[int | None] = ref_to("question.id")
    position: Mapped[int]
    number: Mapped[str] = mapped_column(default="")
    code: Mapped[str]
    kind: Mapped[str]
    label: Mapped[str]
    hint: Mapped[str] = mapped_column(default="")
    guidance: Mapped[str] = mapped_column(default="")
    example: Mapped[str] = mapped_column(default="")
    is_required: Mapped[bool] = mapped_column(default=True)
    settings: Mapped[dict[str, Any]]
    writes_to: Mapped[str | None]
    filled_from: Mapped[str | None]  # what it is filled in with when a bid begins, see filling.py
    shown_when: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    is_shown_to_assessors: Mapped[bool] = mapped_column(default=True)
    is_public: Mapped[bool] = mapped_column(default=False)
    is_personal: Mapped[bool] = mapped_column(default=False)
    section: Mapped[Section] = relationship(back_populates="questions")


class AnswerSet(Base):
    """The answers of one bid or one return to one version of a form."""

    __tablename__ = "answer_set"
    version_id: Mapped[int] = ref_to("question_version.id")
    carried_from_id: Mapped[int | None] = ref_to("question_version.id")  # the version it answered before its form was corrected
    version: Mapped[QuestionVersion] = relationship(foreign_keys=version_id)
    carried_from: Mapped[QuestionVersion | None] = relationship(foreign_keys=carried_from_id)
    answers: Mapped[list["Answer"]] = relationship(back_populates="answer_set")


class Answer(Base):
    """What was typed in answer to one question; in a group, in one of its rows.

    `raw` is kept always. `value` is what it reads as, None until it does: pence and counts as
    integers, days as ISO text, several choices as a list. `edition` grows by one with each save.
    """

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("answer_set_id", "question_id", "row", name="one_answer_each"),
        CheckConstraint("row >= 0", name="row_not_negative"),
    )
    answer_set_id: Mapped[int] = ref_to("answer_set.id")
    question_id: Mapped[int] = ref_to("question.id")
    row: Mapped[int] = mapped_column(default=0)
    raw: Mapped[str] = mapped_column(default="")
    value: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    file_id: Mapped[int | None] = ref_to("stored_file.id")
    filled_from: Mapped[str | None]  # in words, until somebody changes what was filled in beforehand
    edition: Mapped[int] = mapped_column(default=1)
    saved_by_id: Mapped[int] = ref_to("user.id")
    saved_at: Mapped[datetime]
    answer_set: Mapped[AnswerSet] = relationship(back_populates="answers")
    question: Mapped[Question] = relationship()


class AnswerEdition(Base):
    """What an answer said before it was saved again: the autosave's own history."""

    __tablename__ = "answer_edition"
    answer_id: Mapped[int] = ref_to("answer.id")
    edition: Mapped[int]
    raw: Mapped[str]
    saved_by_id: Mapped[int] = ref_to("user.id")
    saved_at: Mapped[datetime]


class GroupRow(Base):
    """A row of a repeating group. Its number never comes again, so that a late save cannot land in another row."""

    __tablename__ = "group_row"
    __table_args__ = (UniqueConstraint("answer_set_id", "question_id", "row"),)
    answer_set_id: Mapped[int] = ref_to("answer_set.id")
    question_id: Mapped[int] = ref_to("question.id")
    row: Mapped[int]
    removed_at: Mapped[datetime | None]


class FormDraft(Base):
    """A form that officers are writing, from nothing or from a version. There is one at a time for each form."""

    __tablename__ = "form_draft"
    __table_args__ = (
        Index("one_draft_of_a_form", "key", unique=True, sqlite_where=BEING_WRITTEN, postgresql_where=BEING_WRITTEN),
    )
    key: Mapped[str]
    name: Mapped[str]
    edition: Mapped[int] = mapped_column(default=0)
    based_on_id: Mapped[int | None] = ref_to("question_version.id")
    published_id: Mapped[int | None] = ref_to("question_version.id")
    dropped_at: Mapped[datetime | None]
    based_on: Mapped[QuestionVersion | None] = relationship(foreign_keys=based_on_id)
    editions: Mapped[list["DraftEdition"]] = relationship(back_populates="draft", order_by="DraftEdition.number")

    def __str__(self) -> str:
        return self.name


class DraftEdition(Base):
    """What a draft was after one change, as a whole document; so the last changes can be undone and compared."""

    __tablename__ = "draft_edition"
    __table_args__ = (UniqueConstraint("draft_id", "number"),)
    draft_id: Mapped[int] = ref_to("form_draft.id")
    number: Mapped[int]
    document: Mapped[dict[str, Any]]
    words: Mapped[str]
    undoes_to: Mapped[int | None]
    saved_by_id: Mapped[int | None] = ref_to("user.id")  # nobody's where a command brought it in
    saved_at: Mapped[datetime]
    draft: Mapped[FormDraft] = relationship(back_populates="editions")
