"""Forms as documents: the way out and back is exact, and what is wrong is told by its place, with nothing saved."""

import copy
import json

import pytest
from sqlalchemy import func, select

from portal.core.db import db, write
from portal.demonstration.data import data
from portal.people.models import SYSTEM
from portal.questions import documents
from portal.questions.builder import beginning
from portal.questions.documents.present import refused_answers
from portal.questions.documents.shapes import SHAPES
from portal.questions.kinds import KINDS
from portal.questions.models import Answer, AnswerSet, Question, QuestionSet, QuestionVersion
from tests.cast import ADA
from tests.questions.forms import answer

HOSTILE = "<script>alert(1)</script>{{ 7*7 }} =cmd|' /C calc'!A0 \"'; drop table"


def form(*questions, key="of-a-test"):
    section = {"code": "only", "title": "The only section", "questions": list(questions)}
    return {"format": 1, "key": key, "name": "Of a test", "sections": [section]}


def asked(code, kind="short_text", **facts):
    return {"code": code, "kind": kind, "label": f"What is {code}?", **facts}


def told(*questions):
    return [str(fault) for fault in documents.faults_in(form(*questions))]


def of(key):
    return db.session.scalars(
        select(QuestionVersion).join(QuestionVersion.question_set).where(QuestionSet.key == key).order_by(QuestionVersion.number)
    ).all()[-1]


def test_a_form_comes_back_exactly_as_it_went_out(app):
    went = documents.as_document(write(documents.store, data("safer_communities_form") | {"key": "a-copy"}))
    write(lambda: setattr(of("a-copy").question_set, "key", "renamed"))
    came = documents.as_document(write(documents.bring_in, documents.parse(json.dumps(went).encode()), by=SYSTEM))
    assert came == went
    assert came["sections"] == documents.as_document(of("safer_communities_form"))["sections"]


def test_a_form_that_is_there_gets_a_new_version_and_keeps_the_old(app):
    for number in (1, 2):
        assert write(documents.store, form(asked("a"))).number == number
    assert len(of("of-a-test").sections[0].questions) == 1


def test_every_setting_of_every_kind_has_a_shape():
    assert {shape for kind in KINDS.values() for shape in kind.settings.values()} <= set(SHAPES)


@pytest.mark.parametrize(
    ("questions", "sentence"),
    [
        ([asked("a", "telepathy")], "Section 1, question 1 (“a”): There is no type of question called “telepathy”"),
        ([asked("a"), asked("a")], "Question “a”: This code is used twice"),
        ([asked("a b")], "Section 1, question 1: “code” must be a code"),
        ([asked("a", guidance="x" * 2**20)], "question 1 (“a”): “guidance” is too long: there are 1,048,576 characters"),
        ([asked("a", "guidance", settings={"text": "x" * 2**20})], "The setting “text” is too long: there are 1,048,576"),
        ([asked("a", label="")], "“label” must not be empty"),
        ([asked("a", label="a\u202eb")], "“label” holds signs that cannot be shown"),
        ([asked("a", label="\ud800")], "“label” holds signs that cannot be shown"),
        ([asked("a", writes_to="title"), asked("b", writes_to="title")], "It fills in the same fact of the bid (title) as “a”"),
        ([asked("a", filled_from="the moon")], "“filled_from” must be one of: organisation_name"),
        ([asked("a", "date", filled_from="body_name")], "“body_name” can only fill in: short_text, long_text"),
        ([asked("a", colour="red")], "“colour” is not known here"),
        ([asked("a", settings={"words": 5})], "“words” is no setting of this type. It has: max_chars"),
        ([asked("a", settings={"pattern": "(a+)+$"})], "The setting “pattern” must be one of"),
        ([asked("a", "radios")], "The setting “choices” is missing"),
        ([asked("a", "radios", settings={"choices": [["x", "X"], ["x", "Y"]]})], "must not use one code for two choices"),
        ([asked("a", "number", settings={"min": 9, "max": 1})], "“min” is above “max”: nothing could be answered"),
        ([asked("a", "number", settings={"min": 1e999})], "must be a whole number"),
        ([asked("a", shown_when={"question": "z", "is": ["x"]})], "It waits for a question that this form does not have: “z”"),
        ([asked("a", shown_when={"question": "b", "is": ["yes"]}), asked("b", "yes_no")], "“b”, which comes after it. Move it"),
        ([asked("b", "yes_no"), asked("a", shown_when={"question": "b", "is": ["no way"]})], "has no such answer as “no way”"),
        ([asked("b"), asked("a", shown_when={"question": "b", "at_least": 1})], "needs a question that takes a number"),
        ([asked("a", shown_when={"question": "a", "answered": True})], "It waits in a circle: “a” → “a”"),
        ([asked("a", shown_when="__import__('os')")], "A condition must be an object"),
        ([asked("a", shown_when={"all": [{"any": [{"all": [{"all": []}]}]}]})], "at most 3 deep"),
        ([asked("a", "money", settings={"equals_sum_of": "z.b"})], "“equals_sum_of” looks at a question that this form does not"),
        ([asked("a", settings={"not_before": "a"})], "“not_before” is no rule for this type, but for: date"),
        ([asked("a", "calculated", settings={"reckon": "eval", "of": ["a"]})], "must be one of: sum, difference, share"),
        ([asked("a", "group", settings={"columns": [asked("b", "group")]})], "column 1 (“b”): There is no type of question"),
        ([asked("a", "grid", settings={"rows": [[f"r{n}", "R"] for n in range(99)], "years": ["1", "2"]})], "too large"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place(questions, sentence):
    assert any(sentence in each for each in told(*questions)), told(*questions)


def test_a_chain_is_only_as_long_as_people_can_follow():
    chain = [asked("q0", "yes_no")] + [
        asked(f"q{n}", "yes_no", shown_when={"question": f"q{n - 1}", "is": ["yes"]}) for n in range(1, 30)
    ]
    assert told(*chain[:20]) == []
    assert "It waits for a chain of more than 20 questions" in told(*chain)[0]


def test_questions_that_wait_for_each_other_are_told_by_the_way_round():
    waits = {name: {"question": other, "is": ["yes"]} for name, other in (("a", "c"), ("b", "a"), ("c", "b"))}
    found = told(*(asked(name, "yes_no", shown_when=wish) for name, wish in waits.items()))
    assert found[0] == (
        "Section 1, question 1 (“a”): It waits in a circle: “a” → “c” → “b” → “a”. Take one of these conditions out."
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe", "It is not UTF-8"),
        (b"{", "line 1, column 2"),
        (b"[" * 100_000, "It holds numbers or nested parts"),
        (b'{"a": NaN}', "It holds numbers or nested parts"),
        (b"[" * 50 + b"]" * 50, "nested deeper"),
        (b" " * 3 * 2**20, "a form may have 2 MB"),
    ],
)
def test_a_file_that_is_no_form_is_told(content, sentence):
    with pytest.raises(documents.Faulty) as problem:
        documents.parse(content)
    assert sentence in str(problem.value.faults[0])


def test_nothing_of_a_faulty_form_is_saved(app):
    before = db.session.scalar(select(func.count(Question.id)))
    with pytest.raises(documents.Faulty, match="The form has 1 fault, so nothing was saved"):
        write(documents.store, form(asked("a"), asked("b", "telepathy")))
    assert db.session.scalar(select(func.count(Question.id))) == before
    assert db.session.scalar(select(QuestionSet.id).where(QuestionSet.key == "of-a-test")) is None


def test_a_limit_below_what_people_have_answered_is_told(app, person):
    version = write(documents.bring_in, form(asked("a", "long_text", settings={"words": 9})), publish=True, by=SYSTEM)
    answers = write(lambda: add(AnswerSet(version_id=version.id)))
    answer(answers, person(ADA), a="one two three")
    newer = write(documents.store, form(asked("a", "long_text", settings={"words": 2})))
    [fault] = refused_answers(newer)
    assert "refuse 1 answer that is there already" in str(fault)
    assert "Use 2 words or fewer: there are 3" in str(fault)
    assert db.session.scalar(select(Answer.raw)) == "one two three"


def add(thing):
    db.session.add(thing)
    db.session.flush()
    return thing


def run(app, *words):
    return app.test_cli_runner().invoke(args=["questions", *words])


def test_commands_write_a_form_and_bring_it_in(app, tmp_path):
    written = run(app, "export", "small_return_form").stdout
    document = json.loads(written) | {"key": "another"}
    (tmp_path / "form.json").write_text(json.dumps(document))
    told = run(app, "import", str(tmp_path / "form.json"), "--publish")
    assert told.stdout == "Progress return: version 1 is published, with 2 sections.\n"
    (tmp_path / "form.json").write_text(json.dumps(document | {"key": "a-third"}))
    assert "it is a draft now" in run(app, "import", str(tmp_path / "form.json")).stdout
    assert beginning.being_written("a-third") is not None
    assert run(app, "export", "another").stdout == written.replace('"small_return_form"', '"another"')
    assert "The forms are: another," in str(run(app, "export", "nonsense").exception)


def test_the_command_lists_every_fault_and_saves_nothing(app, tmp_path):
    document = copy.deepcopy(data("small_return_form")) | {"key": "another"}
    document["sections"][0]["questions"][0]["kind"] = "telepathy"
    document["sections"][1]["title"] = HOSTILE * 10
    (tmp_path / "form.json").write_text(json.dumps(document))
    told = str(run(app, "import", str(tmp_path / "form.json")).exception)
    assert "Nothing was saved." in told
    assert "Section 1, question 1 (“status”): There is no type" in told
    assert "Section 2: “title” is too long" in told


def test_hostile_labels_are_kept_as_what_they_are(app):
    version = write(documents.store, form(asked("a", label=HOSTILE, hint=HOSTILE, settings={})))
    assert documents.as_document(version)["sections"][0]["questions"][0]["label"] == HOSTILE
