"""What the views of a form's answers do, whoever owns the form: save a page, one answer, a line, a file."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flask import flash, g, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from portal.core.page import is_fragment_request, page
from portal.core.problems import NotFound, NotNow
from portal.people.lists import names_of
from portal.questions.actions import Overtaken
from portal.questions.carried import NoLongerAsked, question_now, values_now
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
    form_now: Callable[[], Form]
    sheet_of: Callable[[Iterable[Question]], Sheet]  # the answers that these questions need
    section_page: Callable[[str, Saved], Response]
    later: Callable[[str, Saved], str]
    too_late: Callable[[str, Places], Response]  # a sentence, and what was typed and is not saved

    def find(self, question_id: int) -> Question:
        return question_now(self.form_now(), question_id)

    def keep(self, code: str, verb: Verb, anchor: str = "") -> Response:
        """Save a page with what its button says besides, and go back to where that stood; without an anchor, go on."""
        answers, form = read_answers(request.form), self.form_now()
        if all(question_id in form.questions for question_id, _ in answers):  # else the section may be one of an earlier version
            form.section(code)
        files = read_uploads(request.files, self.find)
        try:
            saved = verb(Page(answers, files.kept))
        except NotNow as problem:
            return self.too_late(str(problem), self.unsaved())
        saved.refused.update(files.refused)
        if saved.is_of_earlier:
            return self.after_earlier(saved)
        if saved.overtaken or saved.refused:
            return self.section_page(code, saved)
        anchor = anchor or again(request.form)
        if not anchor:
            return redirect(self.later(code, saved), 303)
        return redirect(self.place(code, f"{anchor}-{saved.line}" if saved.line else anchor), 303)

    def after_earlier(self, saved: Saved) -> Response:
        """The page was of an earlier version of the form: its owner shows what changed, and what could not be kept."""
        for sentence in saved.refused.values():
            flash(sentence, "info")
        if texts := self.unsaved():
            return self.too_late("The form was corrected while you had this page open. All but the following is saved.", texts)
        flash("Saved. The form was corrected while you had that page open: go on with its new version.", "info")
        return redirect(url_for(f"{self.urls.blueprint}.show", **self.urls.where), 303)

    def answer(
        self, question_id: int, row: int, save_page: Verb, save_one: Callable[[Sequence[str], int], Stand]
    ) -> Response:  # fmt: skip
        """Save one answer as it is typed, or settle whose text stands; without scripts, with the page that it stands on."""
        if not is_fragment_request():
            return self.keep(self.home(question_id), save_page, f"question-{key_of(question_id, row)}")
        if gives_way(request.form, question_id, row):
            question = self.find(question_id)
            sheet = self.sheet_of([question])
            return page("questions/_question.html", item=sheet.item(question, row), sheet=sheet, urls=self.urls)
        key, (values, edition) = key_of(question_id, row), read_one(request.form, question_id, row)
        try:
            stand = save_one(values, edition)
        except NoLongerAsked:
            return page("questions/_earlier.html", key=key, edition=edition, is_kept=False, status=409)
        except Overtaken as problem:
            item = problem.item
            if item.key != key:  # both texts are on the page as it is now
                return page("questions/_earlier.html", key=key, edition=edition, is_kept=False, status=409)
            return page("questions/_saved.html", item=item, overtaken={item.key: problem}, names=names_of(item.savers),
                        urls=self.urls, status=409)  # fmt: skip
        if stand.key != key:
            return page("questions/_earlier.html", key=key, edition=stand.edition, is_kept=True)
        return page("questions/_kept.html", item=stand)

    def press(self, group_id: int, row: int, verb: Verb) -> Response:
        """A button of a line: htmx changes the line alone, as it sends nothing else."""
        if not is_fragment_request():
            return self.keep(self.home(group_id), verb, f"line-{key_of(group_id, row)}")
        saved = verb(Page())
        group = self.find(group_id)
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
        try:
            return self.find(question_id).section.code
        except NoLongerAsked as gone:
            return gone.question.section.code

    def place(self, code: str, anchor: str) -> str:
        return url_for(f"{self.urls.blueprint}.section", **self.urls.where, section=code, _anchor=anchor)

    def unsaved(self) -> Places:
        """What was typed and differs from what is kept, to be copied."""
        sheet = self.sheet_of(())
        found = []
        for (question_id, row), (values, _) in read_answers(request.form).items():
            try:
                item = sheet.item(question_now(sheet.form, question_id), row)
                typed = item.kind.join(values_now(sheet.form, question_id, values))
            except NoLongerAsked as gone:
                item = sheet.item_of_earlier(gone.question, row)
                typed = item.kind.join(values)
            except NotFound:
                continue  # no question of any version
            if typed != item.raw:
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
