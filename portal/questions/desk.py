"""What the views of a form's answers do, whoever owns the form: save a page, one answer, a line, a file."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flask import g, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from portal.core.page import is_fragment_request, page
from portal.core.problems import NotNow
from portal.people.lists import names_of
from portal.questions.actions import Overtaken
from portal.questions.item import Stand
from portal.questions.models import Question
from portal.questions.pages import Page, Saved
from portal.questions.posted import Urls, gives_way, key_of, read_answers, read_one, read_uploads
from portal.questions.published import Form
from portal.questions.sheet import Sheet

Verb = Callable[[Page], Saved]
Places = list[tuple[str, str]]


@dataclass(frozen=True)
class Desk:
    """Where one form is filled in: its owner says what it is, how a section looks, and where to go from there."""

    urls: Urls
    form: Form
    sheet_of: Callable[[Iterable[Question]], Sheet]  # the answers that these questions need
    section_page: Callable[[str, Saved], Response]
    later: Callable[[str, Saved], str]
    too_late: Callable[[str, Places], Response]  # a sentence, and what was typed and is not saved

    def keep(self, code: str, verb: Verb, anchor: str = "") -> Response:
        """Save a page with what its button says besides, and go back to where that stood; without an anchor, go on."""
        files = read_uploads(request.files, self.form.section(code).questions)
        try:
            saved = verb(Page(read_answers(request.form), files.kept))
        except NotNow as problem:
            return self.too_late(str(problem), self.unsaved())
        saved.refused.update(files.refused)
        if saved.overtaken or saved.refused:
            return self.section_page(code, saved)
        anchor = anchor or again(request.form)
        if not anchor:
            return redirect(self.later(code, saved), 303)
        return redirect(self.place(code, f"{anchor}-{saved.line}" if saved.line else anchor), 303)

    def answer(
        self, question_id: int, row: int, save_page: Verb, save_one: Callable[[Sequence[str], int], Stand]
    ) -> Response:  # fmt: skip
        """Save one answer as it is typed, or settle whose text stands; without scripts, with the page that it stands on."""
        if not is_fragment_request():
            return self.keep(self.home(question_id), save_page, f"question-{key_of(question_id, row)}")
        question = self.form.question(question_id)
        if gives_way(request.form, question_id, row):
            sheet = self.sheet_of([question])
            return page("questions/_question.html", item=sheet.item(question, row), sheet=sheet, urls=self.urls)
        try:
            stand = save_one(*read_one(request.form, question_id, row))
        except Overtaken as problem:
            item = problem.item
            return page("questions/_saved.html", item=item, overtaken={item.key: problem}, names=names_of(item.savers),
                        urls=self.urls, status=409)  # fmt: skip
        return page("questions/_kept.html", item=stand)

    def press(self, group_id: int, row: int, verb: Verb) -> Response:
        """A button of a line: htmx changes the line alone, as it sends nothing else."""
        if not is_fragment_request():
            return self.keep(self.home(group_id), verb, f"line-{key_of(group_id, row)}")
        saved = verb(Page())
        group = self.form.question(group_id)
        sheet, number = self.sheet_of([group]), row or saved.line
        return page("questions/_changed.html", sheet=sheet, group=group, row=number, new=bool(saved.line), oob=True,
                    stands=number in sheet.rows(group), urls=self.urls)  # fmt: skip

    def attach(self, question_id: int, save_page: Verb) -> Response:
        """The file comes with the page that it was chosen on."""
        chosen = any(upload.filename for upload in request.files.getlist(f"file-{question_id}"))

        def verb(sent: Page) -> Saved:
            saved = save_page(sent)
            return saved if chosen else saved.refuse(question_id, "Choose a file first")

        return self.keep(self.home(question_id), verb, f"question-{question_id}")

    def home(self, question_id: int) -> str:
        """The section in which a question stands."""
        return self.form.question(question_id).section.code

    def place(self, code: str, anchor: str) -> str:
        return url_for(f"{self.urls.blueprint}.section", **self.urls.where, section=code, _anchor=anchor)

    def unsaved(self) -> Places:
        """What was typed and differs from what is kept, to be copied."""
        sheet = self.sheet_of(())
        found = []
        for (question_id, row), (values, _) in read_answers(request.form).items():
            if (question := sheet.questions.get(question_id)) is not None:
                item = sheet.item(question, row)
                if (typed := item.kind.join(values)) != item.raw:
                    found.append((item.label, item.show(typed)))
        return found


def again(form: MultiDict[str, str]) -> str:
    """The question at which a page is read again once it is saved, such as a figure that is worked out from it."""
    key = form.get("again", "")
    return f"question-{key}" if re.fullmatch(r"\d{1,9}(-\d{1,6})?", key, re.ASCII) else ""


def errors_of(saved: Saved) -> Places:
    """The head of a section's page: whose text is to stand, and what could not be added."""
    clashes = [(f"Choose which text to keep: {each.item.question.label}", f"#question-{key}")
               for key, each in saved.overtaken.items()]  # fmt: skip
    return clashes + [(sentence, f"#question-{key}") for key, sentence in saved.refused.items()]


def colleagues_in(sheet: Sheet) -> dict[int, str]:
    """Who else has written here, by name."""
    return names_of(sheet.savers - {g.user.id})
