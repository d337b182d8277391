"""Two who write in one bid: neither overwrites the other unseen, and both texts are there to choose from."""

import pytest

from tests.applications.forms import HTMX, answer_url, autosave, item, key, section_url, typed
from tests.cast import ADA, BEN
from tests.factories import a_draft


@pytest.fixture
def overtaken(as_user):
    """Ada and Ben opened the empty question; Ada saved first."""
    bid = a_draft(ADA)
    autosave(as_user(ADA), bid, "title", "Ada's title", edition=0)
    return bid


def test_the_slower_one_sees_both_texts_and_nothing_is_overwritten(as_user, overtaken):
    reply = autosave(as_user(BEN), overtaken, "title", "Ben's title", edition=0)
    assert reply.status_code == 409
    for words in ("Ada Khan changed this answer", "What Ada Khan wrote", "Ada&#39;s title", "What you wrote", "Ben&#39;s title"):
        assert words in reply.text
    assert item(overtaken, "title").raw == "Ada's title"


def test_typing_on_does_not_overwrite_what_has_only_been_shown(as_user, overtaken):
    client = as_user(BEN)
    first = autosave(client, overtaken, "title", "Ben's title", edition=0)
    assert f'name="edition-{key(overtaken, "title")}" value="0"' in first.text
    assert autosave(client, overtaken, "title", "Ben's longer title", edition=0).status_code == 409
    assert item(overtaken, "title").raw == "Ada's title"


def choose(client, bid, **more):
    name = key(bid, "title")
    data = {f"answer-{name}": "Ben's title", f"edition-{name}": "0"} | {f"{word}-{name}": value for word, value in more.items()}
    target = f"question-{name}" if "take" in more else f"answer-{name}"
    return client.post(answer_url(bid, "title"), data=data, headers=HTMX | {"HX-Target": target})


def test_keeping_ones_own_text_saves_it_over_the_other(as_user, overtaken):
    reply = choose(as_user(BEN), overtaken, keep="1")
    assert (reply.status_code, item(overtaken, "title").raw) == (200, "Ben's title")


def test_keeping_is_asked_again_when_the_other_text_has_changed_meanwhile(as_user, overtaken):
    autosave(as_user(ADA), overtaken, "title", "Ada's second title", edition=1)
    reply = choose(as_user(BEN), overtaken, keep="1")
    assert (reply.status_code, "second title" in reply.text) == (409, True)
    assert item(overtaken, "title").raw == "Ada's second title"


def test_using_the_other_text_puts_it_into_the_box(as_user, overtaken):
    reply = choose(as_user(BEN), overtaken, take="yes")
    assert reply.status_code == 200
    assert f'id="question-{key(overtaken, "title")}"' in reply.text
    assert 'value="Ada&#39;s title"' in reply.text
    assert item(overtaken, "title").raw == "Ada's title"


def test_without_scripts_the_page_is_saved_but_for_the_one_question(as_user, overtaken):
    client = as_user(BEN)
    data = typed(overtaken, "title", "Ben's title", edition=0) | typed(overtaken, "summary", "Ben's summary", edition=0)
    reply = client.post(section_url(overtaken, "problem"), data=data)
    assert reply.status_code == 409
    assert "Error: " in reply.text
    assert "Choose which text to keep" in reply.text
    assert 'value="Ben&#39;s title"' in reply.text  # what was typed stands in the box still
    assert item(overtaken, "summary").raw == "Ben's summary"
    assert item(overtaken, "title").raw == "Ada's title"


def test_without_scripts_each_choice_is_a_button_of_the_page(as_user, overtaken):
    client, name = as_user(BEN), key(overtaken, "title")
    data = typed(overtaken, "title", "Ben's title", edition=0)
    client.post(answer_url(overtaken, "title"), data=data | {f"take-{name}": "yes"} | typed(overtaken, "problem", "Waste"))
    assert (item(overtaken, "title").raw, item(overtaken, "problem").raw) == ("Ada's title", "Waste")
    reply = client.post(answer_url(overtaken, "title"), data=data | {f"keep-{name}": "1"})
    assert (reply.status_code, item(overtaken, "title").raw) == (303, "Ben's title")


def test_two_questions_of_one_section_are_no_conflict(as_user, overtaken):
    assert autosave(as_user(BEN), overtaken, "summary", "Ben's summary", edition=0).status_code == 200


def test_a_page_says_who_else_wrote_and_when(as_user, overtaken):
    assert "Saved by Ada Khan on 9 June 2026 at 11am" in as_user(BEN).get(section_url(overtaken, "problem")).text
    assert "Saved by" not in as_user(ADA).get(section_url(overtaken, "problem")).text
    page = as_user(BEN).get(f"/applications/{overtaken.ref}").text
    assert "Last saved by Ada Khan" in page
    assert "Ben Carter (you)" in page


def test_a_colleague_removing_the_line_one_types_in_loses_nothing(as_user):
    bid = a_draft(ADA)
    group = key(bid, "budget")
    as_user(ADA).post(f"/applications/{bid.ref}/lines/{group}/1/remove", headers=HTMX)
    reply = autosave(as_user(BEN), bid, "budget", "Skip hire", "description", 1)
    assert reply.status_code == 200
    assert "This line has been removed" in reply.text
    as_user(BEN).post(f"/applications/{bid.ref}/lines/{group}/1/restore", headers=HTMX)
    assert item(bid, "budget", "description", 1).raw == "Skip hire"
