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
from portal.questions.kinds import KINDS
from portal.questions.models import FormDraft
from tests.cast import ADA, FINN, OMAR, PRIYA, user_of

HOME = "/commissioning/forms"
FIRST = "about_your_project"
HOSTILE = "<script>alert(1)</script>{{ 7*7 }} \"'; drop table"


def a_draft(name="Community sport"):
    return write(beginning.begin, name, by=user_of(OMAR))


def now(draft):
    return drafts.document_of(db.session.get(FormDraft, draft.id))


def add(draft, kind, label, section=FIRST, **settings):
    facts = {"kind": kind, "label": label, "settings": settings, "code": ""}
    return write(drafts.add, draft, Place(section=section), facts, by=user_of(OMAR))


def save(draft, question, facts, who=OMAR, edition=None):
    edition = db.session.get(FormDraft, draft.id).edition if edition is None else edition
    write(drafts.save, draft, Place(question=question), facts, edition, by=user_of(who))


def codes(draft):
    return [asked["code"] for section in now(draft)["sections"] for asked in section["questions"]]


def waiting():
    """A draft in which the second question waits for the first, and a third stands alone."""
    draft = a_draft()
    add(draft, "yes_no", "Will others pay too?")
    add(draft, "money", "How much will others pay?")
    add(draft, "short_text", "What is the project called?")
    save(draft, "how_much_will_others_pay", {"shown_when": {"question": "will_others_pay_too", "is": ["yes"]}})
    return draft


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


def test_a_preview_asks_and_warns_as_the_real_form_does_and_keeps_nothing(app, as_user):
    waiting()
    preview = f"{HOME}/community_sport/draft/preview"
    omar = as_user(OMAR)
    assert "Will others pay too?" in omar.get(f"{preview}?width=phone").text
    said = {"edition-1": "0", "answer-1": "yes", "edition-2": "0", "answer-2": "a lot", "check": "yes"}
    page = omar.post(preview, data=said).text
    assert "Enter an amount in pounds" in page
    assert "Answer: What is the project called?" in page
    assert 'value="a lot"' not in omar.get(preview).text


@pytest.mark.parametrize(("kind", "fields", "sentence"), [
    ("short_text", {"label": "x" * 5000}, "Use 500 characters or fewer"),
    ("short_text", {"label": ""}, "Enter the question"),
    ("long_text", {"label": "A", "set_words": "many"}, "Enter a whole number"),
    ("radios", {"label": "A", "set_choices": " \n "}, "Say: choices, one on each line"),
    ("radios", {"label": "A", "set_choices": "\n".join(f"Choice {n}" for n in range(400))}, "must be a list of 1 to 300 choices"),
    ("money", {"label": "A", "set_min_pence": "10", "set_max_pence": "1"}, "nothing could be answered"),
    ("calculated", {"label": "A", "set_reckon": "sum", "first": "nowhere"}, "Choose from the list"),
])  # fmt: skip
def test_what_cannot_be_asked_is_refused_beside_its_field(app, as_user, kind, fields, sentence):
    draft = a_draft()
    reply = as_user(OMAR).post(f"{HOME}/community_sport/draft/sections/{FIRST}/questions/add/{kind}", data=fields)
    assert reply.status_code == 422
    assert sentence in reply.text
    assert codes(draft) == []


def test_hostile_words_are_shown_as_they_were_typed_on_every_page(app, as_user):
    draft = a_draft(HOSTILE)
    home = f"{HOME}/{draft.key}/draft"
    omar = as_user(OMAR)
    for kind, settings in (
        ("radios", {"set_choices": HOSTILE}),
        ("guidance", {"set_text": f"[x](javascript:alert(1)) {HOSTILE}"}),
    ):
        words = {"label": HOSTILE, "hint": HOSTILE, **settings}
        assert omar.post(f"{home}/sections/{FIRST}/questions/add/{kind}", data=words).status_code == 303
    code = codes(draft)[0]
    for page in ("", "/preview", "/print", "/publish", f"/questions/{code}", f"/questions/{codes(draft)[1]}/asked?of={code}"):
        text = omar.get(f"{home}{page}").text
        assert "<script>alert" not in text
        assert 'href="javascript' not in text
        assert "49" not in text.replace(HOSTILE, ""), page
    for foreign in ("questions/nowhere", "sections/nowhere", f"questions/{code}/columns/x", "sections/x/questions/add/radios"):
        assert omar.get(f"{home}/{foreign}").status_code == 404
        assert omar.post(f"{home}/{foreign}/up").status_code in (404, 405)


def test_only_officers_write_forms_and_a_page_costs_the_same_for_one_question_and_many(app, as_user, query_count):
    assert [as_user(who).get(f"{HOME}/").status_code for who in (OMAR, PRIYA, FINN, ADA)] == [200, 200, 403, 403]
    draft, omar, counts = a_draft(), as_user(OMAR), []
    for number in (1, 3):
        while len(codes(draft)) < number:
            add(draft, "radios", "Which?", choices=[["a", "A"]])
        for page in ("", "/preview", "/questions/which", "/questions/which/asked", "/publish", "/copy"):
            omar.get(f"{HOME}/community_sport/draft{page}")
            with query_count() as count:
                omar.get(f"{HOME}/community_sport/draft{page}")
            counts.append(len(count))
    assert counts[:6] == counts[6:]
    assert max(counts) <= 12


def test_every_type_of_question_can_be_written_and_changed(app, as_user):
    omar = as_user(OMAR)
    omar.post(f"{HOME}/new", data={"name": "Sport", "like": "large_service_form/1"})
    document, tried = now(beginning.being_written("sport")), set()
    for kind in KINDS:
        page = omar.get(f"{HOME}/sport/draft/sections/{document['sections'][0]['code']}/questions/add/{kind}")
        assert page.status_code == 200, kind
    for section in document["sections"]:
        for asked in section["questions"]:
            if asked["kind"] not in tried:
                tried.add(asked["kind"])
                assert omar.get(f"{HOME}/sport/draft/questions/{asked['code']}").status_code == 200
