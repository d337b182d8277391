"""Every kind of question takes whatever is typed, keeps it, and says in words what is wrong with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.questions.kinds import KINDS, kind_of
from portal.questions.kinds.texts import LONGEST_TEXT
from tests.questions.forms import LAID_OUT, OF_TABLES, Limits, a_question

TYPED = [kind for kind, known in KINDS.items() if known.is_typed]
SEVERAL = ("checkboxes", "objectives", "areas", "address", "person", "bank_account", "table", "grid")
AROUND = Limits()
NASTY = [
    "",
    " ",
    "\x00",
    "=cmd|' /C calc'!A0",
    "<b hx-post=/x>",
    "‮gnp.exe",
    "-1",
    "1e9",
    "٣",
    "\uff19",
    "٣/٤/٢٠٢٦",
    "\n\n",
    "\ud800",
    "£",
    "1,2,3",
    "yes\nyes",
]


@pytest.mark.parametrize("kind", TYPED)
@settings(max_examples=60, deadline=None)
@given(values=st.lists(st.text() | st.sampled_from(NASTY), max_size=5))
def test_whatever_is_typed_is_kept_or_explained(kind, values):
    question = a_question(kind)
    raw = kind_of(question).join(values)
    assert "\x00" not in raw
    raw.encode("utf-8")  # can be stored and sent
    told, shown = outcome(question, raw)
    assert told[0].isupper() if told else isinstance(shown, str)
    assert "invalid literal" not in told


def outcome(question, raw):
    """What is wrong with this text, and how it reads where nothing is."""
    try:
        value = kind_of(question).read(raw, question, AROUND)
    except ValueError as why:
        return str(why), None
    return "", kind_of(question).show(value, question, AROUND)


def as_sent_again(kind, question, raw):
    """What a page that shows this text sends back untouched."""
    if kind in ("date", "month"):
        return kind_of(question).parts(raw)
    return raw.split("\n") if kind in SEVERAL else [raw]


@pytest.mark.parametrize("kind", TYPED)
@settings(max_examples=60, deadline=None)
@given(values=st.lists(st.text() | st.sampled_from(NASTY), max_size=5))
def test_a_page_sent_back_untouched_changes_nothing(kind, values):
    question = a_question(kind)
    raw = kind_of(question).join(values)
    assert kind_of(question).join(as_sent_again(kind, question, raw)) == raw


@pytest.mark.parametrize(
    ("kind", "values", "value", "shown"),
    [
        ("short_text", [" New Drove "], "New Drove", "New Drove"),
        ("number", ["1,250"], 1250, "1,250"),
        ("money", ["£1,450.5"], 145050, "£1,450.50"),
        ("date", ["27", "3", "2027"], "2027-03-27", "27 March 2027"),
        ("date", ["27/3/2027", "", ""], "2027-03-27", "27 March 2027"),
        ("yes_no", ["yes"], "yes", "Yes"),
        ("radios", ["b"], "b", "Second"),
        ("select", ["a"], "a", "First"),
        ("checkboxes", ["a", "b"], ["a", "b"], "First, Second"),
        ("objective", ["8"], "8", "Trust: more reports"),
        ("organisation", ["fenland"], "fenland", "Fenland District Council"),
        ("declaration", ["yes"], "yes", "Confirmed"),
        ("email", ["ada@fenland-csp.example"], "ada@fenland-csp.example", "ada@fenland-csp.example"),
        ("phone", ["01632 960 001"], "01632 960 001", "01632 960 001"),
        ("postcode", ["pe158nq"], "PE15 8NQ", "PE15 8NQ"),
        ("percentage", ["12.50 %"], 1250, "12.5%"),
        ("month", ["3", "2027"], "2027-03", "March 2027"),
        ("month", ["3/2027", ""], "2027-03", "March 2027"),
        (
            "web_address",
            ["www.fenland-csp.example/a?b=c"],
            "https://www.fenland-csp.example/a?b=c",
            "https://www.fenland-csp.example/a?b=c",
        ),
        ("objectives", ["7", "8"], ["7", "8"], "Prevention: fewer thefts, Trust: more reports"),
        ("areas", ["E07000010"], ["E07000010"], "Fenland"),
        (
            "address",
            ["1 High Street", "", "March", "", "pe158nq"],
            {"line_1": "1 High Street", "town": "March", "postcode": "PE15 8NQ"},
            "1 High Street, March, PE15 8NQ",
        ),
        (
            "person",
            ["Ada Khan", "", "ada@fenland-csp.example", ""],
            {"name": "Ada Khan", "email": "ada@fenland-csp.example"},
            "Ada Khan, ada@fenland-csp.example",
        ),
        ("table", ["5", "", "", "12.50"], {"r1": {"n": 5}, "r2": {"m": 1250}}, "Row one: Count 5\nRow two: Cost £12.50"),
        (
            "grid",
            ["1", "2", "3", "4", *[""] * 4, "10"],
            {"staff": {"2026-27 Q1": 100, "2026-27 Q2": 200, "2026-27 Q3": 300, "2026-27 Q4": 400, "2027-28 Q1": 1000}},
            "Staff: £20.00",
        ),
    ],
)
def test_what_people_type_reads_as_they_mean_it(kind, values, value, shown):
    question = a_question(kind)
    raw = kind_of(question).join(values)
    assert kind_of(question).read(raw, question, AROUND) == value
    assert kind_of(question).show(value, question, AROUND) == shown


@pytest.mark.parametrize(
    ("kind", "limits", "typed", "why"),
    [
        ("short_text", {"max_chars": 5}, "Six ...", "Use 5 characters or fewer"),
        ("short_text", {"pattern": "^[A-Z0-9]{8}$", "pattern_hint": "8 letters or digits"}, "123", "Enter 8 letters"),
        ("long_text", {"words": 2}, "one two three", "Use 2 words or fewer: there are 3"),
        ("number", {"min": 1}, "0", "Enter 1 or more"),
        ("number", {"max": 9}, "10", "Enter 9 or less"),
        ("number", {}, "-", "Enter a whole number"),
        ("money", {"min_pence": 1}, "0", "Enter an amount above zero"),
        ("money", {"max_pence": 500000}, "5000.01", "Enter £5,000.00 or less"),
        ("money", {}, "-5", "Enter an amount in pounds"),
        ("radios", {"choices": [["a", "A"]]}, "z", "Choose one of the answers"),
        ("checkboxes", {"choices": [["a", "A"]], "max": 1}, "z", "Choose from the answers shown"),
        ("email", {}, "ada@", "Enter an e-mail address"),
        ("phone", {}, "12", "Enter a phone number"),
        ("postcode", {}, "PE", "Enter a postcode"),
        ("declaration", {}, "no", "Tick the box"),
        ("percentage", {}, "101", "Enter a percentage from 0 to 100"),
        ("percentage", {"min": 50}, "49.99", "from 50 to 100"),
        ("month", {}, "13/2027", "Enter a month and a year"),
        ("web_address", {}, "javascript:alert(1)", "Enter a web address"),
        ("objectives", {"max": 1}, "7\n8", "Choose 1 at the most"),
        ("areas", {}, "E99", "Choose from the answers shown"),
        ("address", {}, "1 High Street\n\n\n\nPE15 8NQ", "Fill in: Town or city"),
        ("person", {}, "Ada Khan\n\nada@\n", "Enter an e-mail address"),
        ("table", OF_TABLES["table"], "five", "Row one, Count: Enter a whole number"),
        ("grid", LAID_OUT, "-1", "Staff, Apr–Jun: Enter an amount"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_enter(kind, limits, typed, why):
    question = a_question(kind, settings=limits)
    with pytest.raises(ValueError, match=why):
        kind_of(question).read(typed, question, AROUND)


def test_wards_are_typed_where_the_portal_knows_none():
    question = a_question("areas", settings={"area_kinds": ["ward"]})
    raw = kind_of(question).join(["Parson Drove\r\nWisbech St Mary"])
    assert kind_of(question).read(raw, question, AROUND) == ["Parson Drove", "Wisbech St Mary"]


@pytest.mark.parametrize(
    ("kind", "values", "cell", "code"),
    [
        ("money", ["1,450.5"], "1450.50", "145050"),
        ("number", ["1,250"], 1250, "1250"),
        ("percentage", ["12.5"], "12.5", "1250"),
        ("date", ["27", "3", "2027"], "2027-03-27", "2027-03-27"),
        ("month", ["3", "2027"], "2027-03", "2027-03"),
        ("radios", ["b"], "Second", "b"),
        ("checkboxes", ["a", "b"], "First, Second", "a; b"),
    ],
)
def test_a_spreadsheet_gets_numbers_that_add_up_and_codes_beside_labels(kind, values, cell, code):
    question = a_question(kind)
    value = kind_of(question).read(kind_of(question).join(values), question, AROUND)
    assert (kind_of(question).export(value, question, AROUND), kind_of(question).code(value)) == (cell, code)


@pytest.mark.parametrize("kind", TYPED)
def test_an_answer_that_is_not_there_is_shown_compared_and_exported_as_nothing(kind):
    question = a_question(kind)
    assert kind_of(question).show(None, question, AROUND) in ("", "No")
    assert kind_of(question).export(None, question, AROUND) == ""
    assert kind_of(question).code(None) == ""
    assert not kind_of(question).compared(None)


def test_a_table_is_told_with_its_sums():
    question = a_question("grid")
    value = kind_of(question).read("1\n2\n\n4", question, AROUND)
    told = kind_of(question).told(value, question, AROUND)
    assert [table["heading"] for table in told] == ["2026-27", "2027-28"]
    assert told[0]["rows"][0] == ["Staff", "£1.00", "£2.00", "", "£4.00"]
    assert told[0]["foot"] == ["Total", "£1.00", "£2.00", "£0.00", "£4.00"]
    assert kind_of(question).total(value) == 700


def test_a_day_that_does_not_exist_is_told():
    question = a_question("date")
    with pytest.raises(ValueError, match="does not exist"):
        kind_of(question).read("31/2/2027", question, AROUND)


@pytest.mark.parametrize("kind", ["short_text", "long_text"])
def test_a_text_too_long_to_keep_says_that_its_end_is_missing(kind):
    question = a_question(kind, settings={})
    raw = kind_of(question).join(["x" * (LONGEST_TEXT + 500)])
    assert len(raw) == LONGEST_TEXT
    with pytest.raises(ValueError, match=r"only the first 20,000 characters are saved"):
        kind_of(question).read(raw, question, AROUND)


def test_the_cells_of_a_table_go_with_their_rows_and_columns_when_a_newer_wording_lays_it_out_anew():
    was = a_question("table")
    turned = {"rows": [["new", "New"], ["r2", "Two"], ["r1", "One"]], "columns": was.settings["columns"][::-1]}
    moved = kind_of(was).moved("5\n10.00\n\n12.50", was, a_question("table", settings=turned))
    assert moved.split("\n") == ["", "", "12.50", "", "10.00", "5"]
