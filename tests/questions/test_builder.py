"""The form builder: what an officer chooses becomes a form, and nothing that others wrote is lost on the way."""

import json
from io import BytesIO

import pytest

from portal.core.db import db, write
from portal.core.problems import NotNow, Refused
from portal.questions.builder import beginning, drafts
from portal.questions.builder.drafts import Overtaken
from portal.questions.builder.parts import Place
from portal.questions.documents import as_document, faults_in
from portal.questions.models import FormDraft
from tests.cast import OMAR, PRIYA, user_of
from tests.questions.drafting import FIRST, HOME, a_draft, add, codes, now, save, waiting


def test_an_officer_builds_a_form_by_choosing_and_corrects_it_in_a_second_version(app, as_user):
    omar = as_user(OMAR)
    assert omar.post(f"{HOME}/new", data={"name": "Community sport"}).status_code == 303
    home = f"{HOME}/community_sport/draft"

    def sends(path, **fields):
        edition = beginning.being_written("community_sport").edition
        reply = omar.post(f"{home}/{path}", data={"edition": edition, **fields})
        assert reply.status_code == 303, (path, reply.status_code, reply.text[-3000:])
        return omar.get(home).text

    adding = f"sections/{FIRST}/questions/add"
    page = sends(f"{adding}/short_text", label="What is the project called?", set_max_chars="80", holds=["required", "public"],
                 writes_to="title")  # fmt: skip
    assert "1. What is the project called?" in page
    assert "most characters: 80" in page
    assert "fills in the title of the bid" in page
    sends(f"{adding}/radios", label="Who is it for?", set_choices="Young people\nOlder people\n", holds=["required"])
    sends(f"{adding}/long_text", label="Which young people?", set_words="150", holds=["required"])
    sends(f"{adding}/money", label="What do you ask for?", set_min_pence="100", set_max_pence="5,000", holds=["required"])
    sends(f"{adding}/group", label="Your budget", set_min_rows="1", set_row_name="cost")
    sends("questions/your_budget/columns/add/money", label="Cost", holds=["required"])
    sends(f"{adding}/table", label="Sessions", set_rows="Spring\nSummer", column_1="Sessions", kind_1="number", column_2="Where",
          kind_2="select", choices_2="Indoors; Outdoors")  # fmt: skip
    page = sends("questions/which_young_people/asked?of=who_is_it_for", test="is", values=["young_people"])
    assert "Asked when “Who is it for?” is Young people." in page
    page = sends("questions/what_do_you_ask_for/rules", rule_equals_sum_of="your_budget.cost")
    assert "Must equal the sum of “Your budget” (cost)." in page
    sends("questions/which_young_people/required?of=who_is_it_for", test="answered")
    sends("details", name="Community sport", minutes="20")

    assert omar.post(f"{home}/publish", data={"edition": "1"}).status_code == 409, "it was changed since"
    draft = beginning.being_written("community_sport")
    document = now(draft)
    assert faults_in(document) == []
    assert omar.post(f"{home}/publish", data={"edition": draft.edition}).location == f"{HOME}/community_sport/1"
    first = as_document(beginning.newest_of("community_sport"))
    assert {**first, "sections": [section["title"] for section in first["sections"]]} == {
        **document, "sections": ["About your project"],
    }  # fmt: skip
    assert omar.get(home).status_code == 404
    assert omar.post(f"{HOME}/community_sport/1/correct").location == home
    sends("questions/which_young_people", label="Which young people?", set_words="100", holds=["required"])
    assert "Most words: 150 before, 100 now." in omar.get(f"{home}/publish").text
    assert as_document(beginning.newest_of("community_sport")) == first, "what is published stays"


def test_what_others_use_is_neither_taken_out_nor_moved_before_it(app, as_user):
    draft = waiting()
    with pytest.raises(Refused, match=r"“Will others pay too.” is used by “How much will others pay.”"):
        write(drafts.remove, draft, Place(question="will_others_pay_too"), by=user_of(OMAR))
    reply = as_user(OMAR).post(f"{HOME}/community_sport/draft/questions/how_much_will_others_pay/up")
    assert reply.status_code == 422
    assert "waits for “Will others pay too?”, which comes after it" in reply.text
    with pytest.raises(Refused, match="no such answer as “yes”"):
        save(draft, "will_others_pay_too", {"kind": "radios", "settings": {"choices": [["maybe", "Maybe"]]}})
    assert codes(draft) == ["will_others_pay_too", "how_much_will_others_pay", "what_is_the_project_called"]


def test_a_copied_section_looks_at_its_own_questions(app):
    draft = waiting()
    made = write(drafts.duplicate, draft, Place(section=FIRST), by=user_of(OMAR))
    copy = next(each for each in now(draft)["sections"] if each["code"] == made.section)
    assert copy["questions"][1]["shown_when"] == {"question": "will_others_pay_too_2", "is": ["yes"]}
    assert [asked["number"] for section in now(draft)["sections"] for asked in section["questions"]] == list("123456")


def test_the_last_changes_are_undone_one_by_one_and_never_a_colleagues_unseen(app):
    draft = waiting()
    before = now(draft)
    add(draft, "date", "When does it begin?")
    write(drafts.move, draft, Place(question="when_does_it_begin"), up=True, by=user_of(PRIYA))
    with pytest.raises(Overtaken):
        write(drafts.undo, draft, 5, by=user_of(OMAR))
    for _ in range(2):
        write(drafts.undo, draft, db.session.get(FormDraft, draft.id).edition, by=user_of(OMAR))
    assert now(draft) == before
    for _ in range(4):
        write(drafts.undo, draft, db.session.get(FormDraft, draft.id).edition, by=user_of(OMAR))
    with pytest.raises(NotNow, match="nothing left"):
        write(drafts.undo, draft, db.session.get(FormDraft, draft.id).edition, by=user_of(OMAR))


def test_two_officers_lose_nothing_and_meet_only_over_the_same_words(app, as_user):
    draft = waiting()
    seen = db.session.get(FormDraft, draft.id).edition
    save(draft, "how_much_will_others_pay", {"label": "What will others pay?"}, PRIYA, seen)
    save(draft, "what_is_the_project_called", {"label": "Its name?"}, OMAR, seen)
    reply = as_user(OMAR).post(
        f"{HOME}/community_sport/draft/questions/how_much_will_others_pay", data={"label": "Mine", "edition": seen}
    )
    assert reply.status_code == 409
    assert "What will others pay?" in reply.text, "theirs"
    assert 'value="Mine"' in reply.text
    assert [asked["label"] for asked in now(draft)["sections"][0]["questions"]][1:] == ["What will others pay?", "Its name?"]


def test_one_draft_of_a_form_at_a_time(app):
    newest = beginning.newest_of("safer_communities_form")
    assert write(beginning.correct, newest, by=user_of(OMAR)).id == write(beginning.correct, newest, by=user_of(PRIYA)).id


def test_a_file_is_brought_in_whole_or_not_at_all_and_goes_out_as_it_came(app, as_user):
    omar = as_user(OMAR)
    document = as_document(beginning.newest_of("safer_communities_form"))

    def brings(changed):
        file = (BytesIO(changed if isinstance(changed, bytes) else json.dumps(changed).encode()), "form.json")
        return omar.post(f"{HOME}/bring", data={"file": file}, content_type="multipart/form-data")

    twice = {**document, "key": "twice", "sections": document["sections"] * 2}
    for faulty, place in ((twice, "This code is used twice"), (b"{", "It is no JSON: line 1"), (b"[1]", "one JSON object"),
                          (b'"' + b"x" * 2**21 + b'"', "too large")):  # fmt: skip
        reply = brings(faulty)
        assert reply.status_code == 422
        assert place in reply.text
    assert beginning.being_written("twice") is None
    assert brings({**document, "key": "came"}).location == f"{HOME}/came/draft"
    assert omar.get(f"{HOME}/came/draft/form.json").json == {**document, "key": "came", "version": 1}
    assert brings({**document, "key": "came", "name": "Came again"}).status_code == 303
    assert "Came again" in omar.get(f"{HOME}/came/draft").text


def test_a_question_copied_from_another_form_leaves_behind_what_this_form_does_not_ask(app, as_user):
    draft = a_draft()
    other = as_document(beginning.newest_of("safer_communities_form"))
    waits = next(asked for section in other["sections"] for asked in section["questions"] if asked["shown_when"])
    reply = as_user(OMAR).post(f"{HOME}/community_sport/draft/copy", data={
        "from": "safer_communities_form/1", "section": FIRST, "question_code": waits["code"]})  # fmt: skip
    assert reply.status_code == 303
    (copied,) = now(draft)["sections"][0]["questions"]
    assert copied["label"] == waits["label"]
    assert not copied.get("shown_when")
    section = other["sections"][0]["code"]
    made, _ = write(drafts.take, draft, other, Place(section=section), Place(), by=user_of(OMAR))
    assert faults_in(now(draft)) == []
    assert made.section == section
