"""Reading a form: which answers it holds, over which editions, whatever else is in it."""

from werkzeug.datastructures import MultiDict

from portal.questions.posted import as_number, gives_way, read_answers


def test_a_form_holds_the_answers_whose_edition_it_brings():
    form = MultiDict(
        [("answer-17", "New Drove"), ("edition-17", "3"), ("answer-20-2", "a"), ("edition-20-2", "0"), ("answer-5", "x")]
    )
    assert read_answers(form) == {(17, 0): (["New Drove"], 3), (20, 2): (["a"], 0)}


def test_an_unticked_box_is_an_empty_answer():
    assert read_answers(MultiDict([("edition-17", "1")])) == {(17, 0): ([], 1)}


def test_several_boxes_come_together_and_in_order():
    form = MultiDict([("answer-9", "27"), ("answer-9", "3"), ("answer-9", "2027"), ("edition-9", "0")])
    assert read_answers(form)[9, 0] == (["27", "3", "2027"], 0)


def test_keeping_my_text_means_over_the_edition_that_was_shown_beside_it():
    form = MultiDict([("answer-9", "mine"), ("edition-9", "1"), ("keep-9", "4")])
    assert read_answers(form) == {(9, 0): (["mine"], 4)}


def test_a_text_that_gives_way_is_not_sent():
    form = MultiDict([("answer-9", "mine"), ("edition-9", "1"), ("take-9", "yes")])
    assert gives_way(form, 9, 0)
    assert read_answers(form) == {}


def test_an_edition_that_is_none_counts_as_never_seen():
    assert [as_number(text) for text in (None, "", "-1", "x", "1.5", "9" * 5000, "٣")] == [0] * 7
    assert as_number("12") == 12


def test_names_that_only_look_like_ours_are_passed_over():
    names = [
        "edition-",
        "edition-x",
        "edition-1-",
        "edition-1-2-3",
        "edition-" + "9" * 99,
        "xedition-1",
        "edition-1 ",
        "edition-٣",
    ]
    assert read_answers(MultiDict([(name, "1") for name in names])) == {}
