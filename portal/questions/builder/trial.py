"""A form as an applicant meets it, tried by an officer: what is typed is read and judged as ever, and kept nowhere."""

from collections.abc import Iterable
from typing import Any

from flask import url_for

from portal.questions.actions import value_of
from portal.questions.around import Around
from portal.questions.builder.told import KNOWN
from portal.questions.kinds import kind_of
from portal.questions.models import Answer, AnswerSet, Section
from portal.questions.posted import Answers, Urls
from portal.questions.published import Form
from portal.questions.sheet import Sheet


class Example(Around):
    """What surrounds a form in a preview: names in the place of facts that only a bid has."""

    facts = {name: f"[{words}]" for name, words in KNOWN.items()}
    objectives = [("1", "An objective of the plan"), ("2", "Another objective of the plan")]
    hosts = [("host", "A body that may hold the money")]


class Trial(Sheet):
    """The answers that a page sent, as a sheet."""

    def __init__(self, form: Form, sent: Answers) -> None:
        self.sent = sent
        super().__init__(AnswerSet(), Example(), form=form)

    def load(self) -> None:
        self.answers, self.uploads, self.rows_of = {}, {}, {}
        self.removed, self.savers = {}, set()
        for (question_id, row), (values, _) in sorted(self.sent.items()):
            question = self.questions.get(question_id)
            if question is None or not kind_of(question).is_typed or (question.group_id is None) != (row == 0):
                continue
            if question.group_id is not None and row not in self.rows_of.setdefault(question.group_id, []):
                self.rows_of[question.group_id].append(row)
            if raw := kind_of(question).join(values):
                self.answers[question_id, row] = Answer(question_id=question_id, row=row, raw=raw, edition=0)
        for question_id, row in self.answers:
            self.answers[question_id, row].value = value_of(self.item(self.questions[question_id], row))

    def press(self, verb: str, group_id: int, row: int) -> None:
        """A button of a line: one more, or one less."""
        group = self.questions.get(group_id)
        if group is None or group.kind != "group":
            return
        rows = self.rows_of[group.id] = list(self.rows(group))
        if verb == "add_line" and not self.is_full(group):
            rows.append(max(rows, default=0) + 1)
        if verb == "remove_line" and row in rows:
            rows.remove(row)

    def elsewhere(self, section: Section) -> Iterable[tuple[str, str]]:
        """What was typed in the other sections, as hidden fields: name and value."""
        for (question_id, row), answer in self.answers.items():
            question = self.questions[question_id]
            if question.section is not section:
                key = f"{question_id}-{row}" if row else str(question_id)
                yield f"edition-{key}", "0"
                yield from ((f"answer-{key}", value) for value in self.sent[question_id, row][0] if answer.raw)


class TrialUrls(Urls):
    """Every button of a preview leads to the preview."""

    def __init__(self, section: str, **at: Any) -> None:
        super().__init__("forms", section=section, **at)

    def _to(self, view: str, **values: Any) -> str:
        group = values.get("group_id", values.get("question_id"))
        return url_for("forms.trial", **self.where, do=view, group=group, row=values.get("row"))


def first_section(form: Form, code: str | None) -> Section:
    return form.section(code) if code else form.sections[0]
