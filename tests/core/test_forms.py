"""Forms: whatever is sent, the answer is a page that keeps what was typed and says what to enter."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some
from werkzeug.datastructures import MultiDict
from wtforms import StringField

from portal.core.forms import Checkboxes, Filled, Form, MaxWords, Radios, WholeField, clean, fields_of, read_day_parts, read_whole
from tests.core.views import ThingForm

GOOD = {"name": "A bench", "price": "£1,450", "on": ["27", "3", "2027"]}


@pytest.fixture
def send(as_user):
    browser = as_user(None)
    return lambda **changes: browser.post("/stand-ins/form", data=GOOD | changes)


def filled(app, **typed):
    with app.test_request_context("/", method="POST", data=GOOD | typed):
        form = ThingForm(meta={"csrf": False})
        form.validate()
        return form


def test_what_is_typed_well_becomes_pence_and_days(app):
    form = filled(app)
    assert (form.errors, form.price.data, form.on.data) == ({}, 145_000, date(2027, 3, 27))


@pytest.mark.parametrize("parts", [[], ["27"], ["27", "3"], ["27", "3", "2027", "9"], ["", "", ""], ["2027-03-27"], ["x"] * 9])
def test_a_date_with_any_number_of_parts_is_answered_with_the_page(send, parts):
    assert send(on=parts).status_code in (200, 422)


@given(some.lists(some.text(max_size=8), max_size=5))
def test_any_parts_of_a_day_are_a_day_none_or_refused(parts):
    with suppress(ValueError):
        assert read_day_parts(parts) is None or len(parts) == 3


@pytest.mark.parametrize(
    "parts", [["31", "2", "2027"], ["1", "13", "2027"], ["27", "3", "27"], ["-1", "3", "2027"], ["٣", "3", "2027"]]
)
def test_a_day_that_does_not_exist_is_refused_and_kept_as_typed(send, parts):
    reply = send(on=parts)

    assert reply.status_code == 422
    assert "<title>Error: A thing" in reply.text
    assert all(f'value="{part}"' in reply.text for part in parts)
    assert 'href="#on-day"' in reply.text


@pytest.mark.parametrize("price", ["abc", "-1", "=1+1", "<b>", "1.234"])
def test_an_amount_that_is_none_is_refused_and_kept_as_typed(send, price):
    reply = send(price=price)

    assert reply.status_code == 422
    assert "Enter an amount in pounds, like 1,250 or 1,250.00" in reply.text
    assert f'value="{price.replace("<", "&lt;").replace(">", "&gt;")}"' in reply.text
    assert 'href="#price"' in reply.text


def test_every_refusal_stands_in_the_order_of_the_page(app):
    form = filled(app, name="", price="x", on=["1"])
    assert [address for _, address in form.error_list()] == ["#name", "#price", "#on-day"]
    assert form.error_list()[0][0] == "Enter a name"


def test_the_refusal_of_an_action_stands_beside_its_field_or_on_top(app):
    form = filled(app)
    form.refuse("Too much", "price")
    form.refuse("Not now")
    form.refuse("Elsewhere", "nothing")
    assert form.error_list() == [("Too much", "#price"), ("Not now", "#main-content"), ("Elsewhere", "#main-content")]


@pytest.mark.parametrize(("typed", "kept"), [
    ("a\x00b", "ab"),
    ("\u202egnp.exe", "gnp.exe"),  # turns the rest of the line round
    ("\u2066x\u2069", "x"),
    ("\ufeffname", "name"),
    ("one\r\ntwo\rthree", "one\ntwo\nthree"),
    ("  e\u0301  ", "é"),
    ("half \ud83d a letter", "half  a letter"),
    ("tab\tand\x07bell", "tab\tandbell"),
    ("<b>=1+1</b> 🙂 \u200d", "<b>=1+1</b> 🙂 \u200d"),  # shown as it is: escaping is the page's work
    (None, ""),
])  # fmt: skip
def test_text_is_cleaned_of_what_hides_or_turns_it(typed, kept):
    assert clean(typed) == kept


@given(some.text(alphabet=some.characters(), max_size=60))
def test_cleaned_text_can_be_stored_and_stays_as_it_is(text):
    cleaned = clean(text)
    cleaned.encode()
    assert "\x00" not in cleaned
    assert clean(cleaned) == cleaned


def test_hostile_text_is_cleaned_in_every_field_of_every_form(app):
    form = filled(app, name="A\x00 \u202ebench", price="\u202e5\x00", on=["27\x00", "3", "2027"])
    assert (form.name.data, form.price.data, form.on.data) == ("A bench", 500, date(2027, 3, 27))


def test_a_fields_own_filters_work_in_every_form_not_only_the_first(app):
    class Shouting(Form):
        name = StringField("Name", filters=[str.upper])

    with app.test_request_context():
        typed = [Shouting(MultiDict({"name": " ada "}), meta={"csrf": False}).name.data for _ in range(2)]
    assert typed == ["ADA", "ADA"]


def test_words_are_counted_as_people_count_them(app):
    class Short(Form):
        why = StringField("Why?", validators=[Filled("Say why"), MaxWords(3)])

    with app.test_request_context():
        form = Short(MultiDict({"why": "one  two\nthree four"}), meta={"csrf": False})
        assert not form.validate()
    assert form.error_list() == [("Use 3 words or fewer: there are 4", "#why")]


@pytest.mark.parametrize(("typed", "number"), [("1,250", 1250), ("1 250", 1250), ("0", 0), ("007", 7)])
def test_counts_are_read_as_people_type_them(typed, number):
    assert read_whole(typed) == number


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "x", "٣", "9" * 13])
def test_what_is_no_count_is_refused(app, typed):
    class Counting(Form):
        visits = WholeField("How many?")

    with pytest.raises(ValueError, match="Enter a whole number, like 250"):
        read_whole(typed)
    with app.test_request_context():
        form = Counting(MultiDict({"visits": typed}), meta={"csrf": False})
        assert form.validate() == (typed == "")
        assert form.visits._value() == typed


def test_fields_with_a_common_beginning_are_found_by_the_rest_of_their_name():
    assert fields_of(MultiDict({"answer-1": "x", "answer-2": "y", "edition-1": "3"}), "answer-") == {"1": "x", "2": "y"}


@pytest.mark.parametrize(("typed", "errors"), [
    ({"one": "a", "many": ["a", "b"]}, []),
    ({}, [("Choose one", "#one"), ("Choose some", "#many")]),
    ({"one": "x\x00", "many": ["a", "=cmd\x00"]}, [("Choose from the list", "#one"), ("Choose from the list", "#many")]),
])  # fmt: skip
def test_what_is_no_choice_is_refused_in_plain_words(app, typed, errors):
    class Choosing(Form):
        one = Radios("One", choices=[("a", "A"), ("b", "B")], validators=[Filled("Choose one")])
        many = Checkboxes("Many", choices=[("a", "A"), ("b", "B")], validators=[Filled("Choose some")])

    with app.test_request_context():
        form = Choosing(MultiDict(typed), meta={"csrf": False})
        assert form.validate() == (errors == [])
        assert form.error_list() == errors
