"""Saving: what was typed is kept, colleagues never overwrite each other unseen, and files are checked."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from portal.core.db import db, write
from portal.core.files import Kept
from portal.core.problems import NotFound, NotNow
from portal.questions import actions
from portal.questions.kinds import KINDS, kind_of
from portal.questions.models import AnswerEdition
from tests.cast import ADA, BEN
from tests.questions.forms import a_form, a_question, answer, sheet_of
from tests.questions.test_kinds import NASTY, TYPED


@pytest.fixture
def ada(person):
    return person(ADA)


@pytest.fixture
def ben(person):
    return person(BEN)


@pytest.fixture
def form(app):
    return a_form(
        a_question("short_text", "title", settings={}),
        a_question("money", "amount", settings={}),
        a_question("shown", "applicant", settings={"of": "applicant"}, is_required=False),
        a_question("file", "policy", settings={"max_files": 1}, is_required=False),
        a_question("group", "lines", settings={"min_rows": 1, "max_rows": 2}, is_required=False),
        groups={"lines": [a_question("short_text", "cell", settings={}, is_required=False)]},
    )


def save(form, code, text, edition, by, row=0):
    def run():
        sheet = sheet_of(form)
        question = next(each for each in sheet.questions.values() if each.code == code)
        item = actions.save(sheet, question, row, [text], edition=edition, by=by)
        return item.edition

    return write(run)


def raw(form, code, row=0):
    sheet = sheet_of(form)
    return sheet.item(next(each for each in sheet.questions.values() if each.code == code), row).raw


@pytest.mark.parametrize("kind", [each for each in TYPED if each != "bank_account"])  # not held as it was typed
def test_any_text_survives_the_way_there_and_back(app, ada, kind):
    form = a_form(a_question(kind, "only"))

    @settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(values=st.lists(st.text(max_size=40) | st.sampled_from(NASTY), max_size=3))
    def save_and_read_back(values):
        sheet = answer(form, ada, only=values)
        item = sheet.item(sheet.by_code["only"])
        assert item.raw == kind_of(item.question).join(values)
        assert isinstance(item.shown, str)
        assert (item.value is None) == (not item.raw or item.warning is not None) or item.value is not None
        assert sheet.snapshot()

    save_and_read_back()


def test_the_text_is_kept_when_it_cannot_be_read_and_has_no_value_until_it_can(form, ada):
    sheet = answer(form, ada, amount="about 500")
    assert (raw(form, "amount"), sheet.value("amount")) == ("about 500", None)
    assert answer(form, ada, amount="500").value("amount") == 50000


def test_each_save_is_an_edition_and_the_old_ones_are_kept(form, ada):
    assert [save(form, "title", "One", 0, ada), save(form, "title", "Two", 1, ada)] == [1, 2]
    assert db.session.scalars(select(AnswerEdition.raw)).all() == ["One"]


def test_the_same_text_again_is_no_new_edition(form, ada):
    save(form, "title", "One", 0, ada)
    assert save(form, "title", " One ", 0, ada) == 1


def test_a_colleague_who_was_faster_is_not_overwritten(form, ada, ben):
    save(form, "title", "Ada's", 0, ada)
    with pytest.raises(actions.Overtaken) as problem:
        save(form, "title", "Ben's", 0, ben)
    assert (problem.value.mine, problem.value.item.raw) == ("Ben's", "Ada's")
    assert raw(form, "title") == "Ada's"


def test_two_who_type_the_same_do_not_collide(form, ada, ben):
    save(form, "title", "The same", 0, ada)
    assert save(form, "title", "The same", 0, ben) == 1


def test_ones_own_save_whose_answer_was_lost_on_the_way_is_no_conflict(form, ada):
    save(form, "title", "New", 0, ada)
    assert save(form, "title", "New Drove", 0, ada) == 2


def test_a_colleague_between_two_saves_of_ones_own_is_one(form, ada, ben):
    save(form, "title", "Ada's", 0, ada)
    save(form, "title", "Ben's", 1, ben)
    save(form, "title", "Ada's second", 2, ada)
    with pytest.raises(actions.Overtaken):
        save(form, "title", "From a tab left open", 1, ada)


def test_a_page_is_saved_but_for_what_a_colleague_changed(form, ada, ben):
    save(form, "title", "Ada's", 0, ada)

    def run():
        sheet = sheet_of(form)
        ids = {code: question.id for code, question in sheet.by_code.items()}
        page = {(ids["title"], 0): (["Ben's"], 0), (ids["amount"], 0): (["12"], 0)}
        return [each.item.key for each in actions.save_all(sheet, page, by=ben)], str(ids["title"])

    overtaken, key = write(run)
    assert overtaken == [key]
    assert (raw(form, "title"), raw(form, "amount")) == ("Ada's", "12")


@pytest.mark.parametrize(("code", "row"), [("applicant", 0), ("policy", 0), ("lines", 0), ("title", 1), ("cell", 0), ("cell", 7)])
def test_what_cannot_be_typed_there_is_not_found(form, ada, code, row):
    with pytest.raises(NotFound):
        save(form, code, "x", 0, ada, row=row)


def test_what_is_typed_into_a_line_just_taken_out_is_kept_for_undoing(form, ada):
    save(form, "cell", "Skip", 0, ada, row=1)
    write(lambda: actions.remove_row(sheet_of(form), sheet_of(form).by_code["lines"], 1, by=ada))
    save(form, "cell", "Skip hire", 1, ada, row=1)
    sheet = sheet_of(form)
    cell = sheet.columns[sheet.by_code["lines"].id][0]
    assert "has been removed" in sheet.item(cell, 1).warning
    write(lambda: actions.restore_row(sheet_of(form), sheet_of(form).by_code["lines"], 1, by=ada))
    assert raw(form, "cell", 1) == "Skip hire"


def test_files_up_to_the_most(form, ada):
    def attach():
        sheet = sheet_of(form)
        return actions.attach(sheet, sheet.by_code["policy"], Kept("key", "policy.pdf", "application/pdf", 9, "0" * 64), by=ada)

    write(attach)
    with pytest.raises(NotNow, match="There can be 1 file at the most"):
        write(attach)
    sheet = sheet_of(form)
    assert sheet.item(sheet.by_code["policy"]).shown == "policy.pdf"
    write(lambda: actions.detach(sheet_of(form), sheet_of(form).by_code["policy"], 1, by=ada))
    sheet = sheet_of(form)
    assert sheet.item(sheet.by_code["policy"]).answers == []


def test_a_text_question_takes_no_file_and_no_line(form, ada):
    sheet = sheet_of(form)
    with pytest.raises(NotFound):
        actions.attach(sheet, sheet.by_code["title"], Kept("k", "x.pdf", "application/pdf", 9, "0" * 64), by=ada)
    with pytest.raises(NotFound):
        actions.add_row(sheet, sheet.by_code["title"], by=ada)


def test_every_kind_is_tried_here():
    assert set(TYPED) | {"file", "shown", "group", "guidance", "calculated"} == set(KINDS)
