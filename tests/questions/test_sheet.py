"""A form with its answers: what is shown, what is missing, which rules are broken, what is kept for good."""

import pytest

from portal.core.db import write
from portal.questions import actions
from tests.cast import ADA
from tests.questions.forms import a_form, a_question, answer, sheet_of


@pytest.fixture
def ada(person):
    return person(ADA)


def warning(sheet, code, row=0):
    question = next(question for question in sheet.questions.values() if question.code == code)
    return sheet.item(question, row).warning


def problems(sheet):
    return [sentence for section in sheet.sections for _, sentence in sheet.problems(section)]


LINES = {"min_rows": 1, "max_rows": 3, "row_name": "budget line", "total_of": "from_grant"}


@pytest.fixture
def budget(app):
    """A start and an end, and a budget whose lines the amount must equal."""
    return a_form(
        a_question("date", "starts_on", settings={"not_before_today": True}),
        a_question("date", "ends_on", settings={"not_before": "starts_on", "longest_from": "starts_on"}),
        a_question("group", "budget", settings=LINES),
        a_question("money", "requested", settings={"at_most_cap": True, "equals_sum_of": "budget.from_grant"}),
        groups={"budget": [
            a_question("money", "total", settings={"row_sum_of": ["from_grant", "match"]}),
            a_question("money", "from_grant", settings={}),
            a_question("money", "match", settings={}, is_required=False),
        ]},
    )  # fmt: skip


def test_an_amount_must_equal_its_lines(budget, ada):
    answer(budget, ada, row=1, from_grant="1,450", total="1450")
    assert warning(answer(budget, ada, requested="1450"), "requested") is None
    assert "together they ask for £1,450.00" in warning(answer(budget, ada, requested="1450.01"), "requested")


def test_a_penny_over_the_cap_is_told(budget, ada):
    answer(budget, ada, row=1, from_grant="5000.01")
    assert warning(answer(budget, ada, requested="5000.01"), "requested") == "This round gives at most £5,000.00"
    answer(budget, ada, row=1, from_grant="5000")
    assert warning(answer(budget, ada, requested="5000"), "requested") is None


def test_the_parts_of_a_line_must_add_up(budget, ada):
    sheet = answer(budget, ada, row=1, from_grant="100", match="50", total="149")
    assert warning(sheet, "total", 1) == "The parts add up to £150.00: make them equal the total of the line"


def test_days_must_come_in_order_and_not_too_far_apart(budget, ada):
    sheet = answer(budget, ada, starts_on=["1", "7", "2026"], ends_on=["30", "6", "2026"])
    assert warning(sheet, "ends_on") == "Enter 1 July 2026 or a later day"
    assert "What is the ends_on? Enter 1 July 2026 or a later day" in problems(sheet)
    sheet = answer(budget, ada, ends_on=["2", "7", "2027"])
    assert warning(sheet, "ends_on") == "A project may last 12 months: enter 1 July 2027 or earlier"
    assert warning(answer(budget, ada, starts_on=["8", "6", "2026"]), "starts_on") == "Enter today or a later day"
    assert warning(answer(budget, ada, starts_on=["9", "6", "2026"]), "starts_on") is None


def test_texts_that_must_differ_and_texts_that_are_published(app, ada):
    form = a_form(
        a_question("short_text", "title", settings={"no_emails": True}),
        a_question("long_text", "summary", settings={"differs_from": "title"}),
    )
    sheet = answer(form, ada, title="Ask ada@fenland-csp.example", summary="ask  ADA@fenland-csp.example")
    assert "Leave out e-mail addresses" in warning(sheet, "title")
    assert "must differ" in warning(sheet, "summary")


@pytest.fixture
def follow_ups(app):
    """A follows from nothing, B from A, C from B."""
    return a_form(
        a_question("yes_no", "a", settings={}),
        a_question("yes_no", "b", settings={}, shown_when={"question": "a", "is": ["yes"]}),
        a_question("short_text", "c", settings={}, shown_when={"question": "b", "is": ["yes"]}),
    )


def test_a_question_that_is_hidden_is_not_missing(follow_ups, ada):
    sheet = answer(follow_ups, ada, a="no")
    assert problems(sheet) == []
    assert [item.question.code for item in sheet.top_items(sheet.sections[0])] == ["a"]
    assert [item.question.code for item in sheet.asked_items(sheet.sections[0])] == ["a", "b", "c"]


def test_what_follows_from_a_hidden_question_is_hidden_too_and_its_answer_kept(follow_ups, ada):
    sheet = answer(follow_ups, ada, a="yes", b="yes", c="Because")
    assert [item.question.code for item in sheet.top_items(sheet.sections[0])] == ["a", "b", "c"]
    sheet = answer(follow_ups, ada, a="no")
    assert [item.question.code for item in sheet.top_items(sheet.sections[0])] == ["a"]
    assert [item["code"] for item in sheet.snapshot()[0]["items"]] == ["a"]
    sheet = answer(follow_ups, ada, a="yes")
    assert sheet.value("c") == "Because"


def test_a_section_goes_from_untouched_to_complete(follow_ups, ada):
    assert sheet_of(follow_ups).status(sheet_of(follow_ups).sections[0]) == "not_started"
    sheet = answer(follow_ups, ada, a="yes")
    assert sheet.status(sheet.sections[0]) == "started"
    sheet = answer(follow_ups, ada, b="no")
    assert sheet.status(sheet.sections[0]) == "complete"
    assert sheet.is_complete


def test_a_group_begins_with_the_rows_it_must_have(budget, ada):
    sheet = sheet_of(budget)
    group = sheet.by_code["budget"]
    assert sheet.rows(group) == [1]
    assert len(sheet.lines(group)[0]) == 3


def test_lines_are_added_up_to_the_most_and_never_share_a_number(budget, ada):
    def change():
        sheet = sheet_of(budget)
        group = sheet.by_code["budget"]
        added = [actions.add_row(sheet, group, by=ada), actions.add_row(sheet, group, by=ada)]
        actions.remove_row(sheet, group, added[-1], by=ada)
        return [*added, actions.add_row(sheet, group, by=ada), sheet.rows(group)]

    assert write(change) == [2, 3, 4, [1, 2, 4]]
    with pytest.raises(actions.NotNow, match="There can be 3"):
        write(lambda: actions.add_row(sheet_of(budget), sheet_of(budget).by_code["budget"], by=ada))


def test_a_line_taken_out_counts_no_more_until_it_is_put_back(budget, ada):
    answer(budget, ada, row=1, from_grant="100")
    write(lambda: actions.remove_row(sheet_of(budget), sheet_of(budget).by_code["budget"], 1, by=ada))
    sheet = sheet_of(budget)
    assert sheet.total("budget", "from_grant") == 0
    assert "Add at least 1 budget line" in problems(sheet)
    assert sheet.slots(sheet.by_code["budget"]) == [(1, False)]
    write(lambda: actions.restore_row(sheet_of(budget), sheet_of(budget).by_code["budget"], 1, by=ada))
    assert sheet_of(budget).total("budget", "from_grant") == 10000


def test_the_way_back_is_shown_for_a_day(budget, ada, frozen):
    answer(budget, ada, row=1, from_grant="100")
    write(lambda: actions.remove_row(sheet_of(budget), sheet_of(budget).by_code["budget"], 1, by=ada))
    frozen.move(hours=23)
    assert sheet_of(budget).slots(sheet_of(budget).by_code["budget"]) == [(1, False)]
    frozen.move(hours=2)
    assert sheet_of(budget).slots(sheet_of(budget).by_code["budget"]) == []


def test_a_snapshot_says_everything_as_it_reads(budget, ada):
    answer(budget, ada, row=1, from_grant="100", total="abc")
    sheet = answer(budget, ada, starts_on=["1", "7", "2026"], requested="100")
    items = {item["code"]: item for item in sheet.snapshot()[0]["items"]}
    assert items["starts_on"]["shown"] == "1 July 2026"
    assert items["budget"]["rows"] == [["abc", "£100.00", ""]]
    assert items["requested"]["shown"] == "£100.00"
    assert items["ends_on"]["shown"] == ""


def test_reading_only_what_a_question_needs_judges_it_alike(budget, ada):
    answer(budget, ada, row=1, from_grant="100")
    whole = answer(budget, ada, requested="99")
    part = type(whole)(budget, whole.around, [whole.by_code["requested"]])
    assert warning(part, "requested") == warning(whole, "requested") is not None
    assert (whole.by_code["starts_on"].id, 0) not in part.answers
