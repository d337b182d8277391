"""Conditions and figures: what they show, what they cost, and that a long chain of them costs no more than it is long."""

import pytest

from portal.questions.conditions import Shown, holds
from portal.questions.models import Section
from portal.questions.published import Form
from portal.questions.sentences import of_condition, of_question
from tests.cast import ADA
from tests.questions.forms import a_form, a_question, answer, sheet_of
from tests.timing import least_seconds

SAID = {"choice": "b", "several": ["a", "c"], "amount": 5_000, "nothing": None}


@pytest.mark.parametrize(
    ("condition", "is_met"),
    [
        ({"question": "choice", "is": ["a", "b"]}, True),
        ({"question": "several", "is": ["c"]}, True),
        ({"question": "choice", "is_not": ["a"]}, True),
        ({"question": "choice", "is_not": ["b"]}, False),
        ({"question": "nothing", "is_not": ["b"]}, False),
        ({"question": "nothing", "answered": False}, True),
        ({"question": "choice", "answered": True}, True),
        ({"question": "amount", "at_least": 5_000}, True),
        ({"question": "amount", "at_least": 1, "at_most": 4_999}, False),
        ({"question": "choice", "at_least": 1}, False),
        ({"all": [{"question": "choice", "is": ["b"]}, {"question": "amount", "at_least": 9_999}]}, False),
        ({"any": [{"question": "choice", "is": ["b"]}, {"question": "amount", "at_least": 9_999}]}, True),
        ({"all": [{"any": [{"question": "choice", "is": ["z"]}, {"question": "nothing", "answered": False}]}]}, True),
    ],
)
def test_a_condition_is_met_by_the_answers_it_names(condition, is_met):
    assert holds(condition, SAID.get) is is_met


def test_a_chain_in_which_each_waits_for_two_is_judged_once_each():
    both = {f"q{n}": {"all": [{"question": f"q{n - 1}", "is": ["yes"]}, {"question": f"q{n - 2}", "is": ["yes"]}]}
            for n in range(2, 40)}  # fmt: skip
    asked = []
    shown = Shown(both, lambda code: asked.append(code) or "yes")
    assert shown("q39")
    assert len(asked) < 100


def test_a_circle_hides_and_never_hangs():
    circle = {"a": {"question": "b", "is": ["yes"]}, "b": {"question": "a", "is": ["yes"]}}
    assert not Shown(circle, lambda code: "yes")("a")


def test_the_conditions_of_a_thousand_bids_take_less_than_a_second():
    questions = [a_question("yes_no", f"q{n}", settings={}, id=n + 1) for n in range(60)]
    for n in range(1, 60, 3):
        first, second = {"question": f"q{n - 1}", "is": ["yes"]}, {"question": f"q{max(n - 3, 0)}", "is_not": ["no"]}
        questions[n].shown_when = {"all": [first, {"any": [second, {"question": "q0", "answered": True}]}]}
    form = Form([Section(code="only", title="Only", questions=questions)])
    bids = [{f"q{n}": "yes" if (n * bid) % 7 else "no" for n in range(60)} for bid in range(1000)]

    shown = [form.shown(bid) for bid in bids]
    assert least_seconds(lambda: [form.shown(bid) for bid in bids]) < 1
    assert len(shown) == 1000
    assert len({len(each) for each in shown}) > 1


@pytest.fixture
def costs(app):
    grid = {"rows": [["staff", "Staff"]], "years": ["2026-27"]}
    return a_form(
        a_question("grid", "spend", settings=grid),
        a_question("money", "cost", settings={"equals_sum_of": "spend"}),
        a_question("money", "match", settings={"at_least_share": {"of": "cost", "percent": 50}}),
        a_question("calculated", "share", settings={"reckon": "share", "of": ["match", "cost"]}),
        a_question("long_text", "why", is_required=False,
                   settings={"required_when": {"question": "share", "at_least": 9000}}),
        a_question("date", "starts_on", settings={}),
        a_question("date", "ends_on", settings={"after": "starts_on"}),
    )  # fmt: skip


def warning(sheet, code):
    return sheet.item(sheet.by_code[code]).warning


def test_rules_reckon_with_tables_and_shares(costs, person):
    ada = person(ADA)
    sheet = answer(costs, ada, spend=["100", "", "", "50.50"], cost="150", match="75.24")
    assert warning(sheet, "cost") == "This must equal the sum of your table, which is £150.50"
    assert warning(answer(costs, ada, match="74.99"), "match") == "Enter £75.00 or more"
    assert warning(answer(costs, ada, match="75", cost="150.50"), "match") == "Enter £75.25 or more"
    sheet = answer(costs, ada, starts_on=["1", "7", "2026"], ends_on=["1", "7", "2026"])
    assert warning(sheet, "ends_on") == "Enter a day after 1 July 2026"


def test_a_question_is_required_when_a_figure_calls_for_it(costs, person):
    ada = person(ADA)
    sheet = answer(costs, ada, cost="100", match="50")
    why = sheet.by_code["why"]
    assert (sheet.item(sheet.by_code["share"]).shown, sheet.item(why).is_missing) == ("50%", False)
    assert sheet.item(why).label.endswith("(optional)")
    sheet = answer(costs, ada, match="90")
    assert (sheet.item(sheet.by_code["share"]).shown, sheet.item(why).is_missing) == ("90%", True)


def test_every_rule_reads_as_a_sentence(costs):
    sheet = sheet_of(costs)
    told = {code: of_question(question, sheet.by_code) for code, question in sheet.by_code.items()}
    assert told["cost"] == ["Must equal the sum of “What is the spend?”."]
    assert told["match"] == ["Must be at least 50% of “What is the cost?”."]
    assert told["share"] == ["Worked out as “What is the match?” as a share of “What is the cost?”."]
    assert told["why"] == ["Required when “What is the share?” is 90% or more."]
    assert told["ends_on"] == ["Must be after “What is the starts_on?”."]


def test_a_condition_reads_as_a_sentence():
    known = {"a": a_question("yes_no", "a"), "b": a_question("radios", "b"), "c": a_question("money", "c")}
    one, two = {"question": "a", "is": ["yes"]}, {"question": "b", "is_not": ["a", "b"]}
    three = {"question": "c", "at_least": 100, "at_most": 500}
    assert of_condition({"all": [one, {"any": [two, three]}]}, known) == (
        "“What is the a?” is Yes and (“What is the b?” is neither First nor Second or "
        "“What is the c?” is £1.00 or more and £5.00 or less)"
    )
    assert of_condition({"question": "a", "answered": False}, known) == "“What is the a?” is not answered"
