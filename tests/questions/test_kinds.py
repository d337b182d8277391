"""Every kind of question takes whatever is typed, keeps it, and says in words what is wrong with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.questions.kinds import KINDS, kind_of
from portal.questions.kinds.texts import LONGEST_TEXT
from tests.questions.forms import Limits, a_question

TYPED = [kind for kind, known in KINDS.items() if known.is_typed]
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
    if kind == "date":
        return kind_of(question).parts(raw)
    return raw.split("\n") if kind == "checkboxes" else [raw]


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
        ("short_text", {"pattern": "^[0-9]{8}$", "pattern_hint": "8 digits"}, "123", "Enter 8 digits"),
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
    ],
)
def test_what_cannot_be_read_is_told_with_what_to_enter(kind, limits, typed, why):
    question = a_question(kind, settings=limits)
    with pytest.raises(ValueError, match=why):
        kind_of(question).read(typed, question, AROUND)


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
