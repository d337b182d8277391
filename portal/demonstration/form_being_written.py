"""A form on its way: two officers write the application for a small grants round that comes next spring."""

from typing import Any, cast

from portal.core.db import db, write
from portal.demonstration.cast import OMAR, PRIYA, Person, user_of
from portal.demonstration.telling import Story, at
from portal.questions.builder import beginning, drafts
from portal.questions.builder.parts import Place
from portal.questions.models import FormDraft

NAME, KEY = "Safer public spaces: small grants", "safer_public_spaces_small_grants"
FIRST, COST = "about_your_project", "what_it_costs"
WHERE = [["park", "A park or green"], ["street", "A street or estate"], ["transport", "A station or bus stop"]]
TITLE = {"max_chars": 80}
LIMITS = {"settings": {"min_pence": 25_000, "max_pence": 500_000}}
ASKED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("short_text", "What is your project called?",
     {"settings": TITLE, "writes_to": "title", "public": True, "hint": "For example, Lights for Station Road"}),
    ("radios", "What kind of place is it?", {"settings": {"choices": WHERE}}),
    ("postcode", "What is the postcode nearest to it?", {}),
    ("long_text", "What is wrong there, and how do you know?",
     {"settings": {"words": 200}, "hint": "What people have told you, or what was counted. Name the source."}),
    ("long_text", "What will you do?", {"settings": {"words": 200}}),
)  # fmt: skip


def form_being_written() -> Story:
    """Omar begins it; Priya adds the money; he tries the preview and makes one question depend on another."""
    begun, costed, tried = at(-4, "14:05"), at(-3, "09:30"), at(-1, "16:40")
    yield begun
    write(beginning.begin, NAME, by=user_of(OMAR))
    for kind, label, facts in ASKED:
        write_down(OMAR, kind, label, FIRST, facts)
    yield costed
    write(
        drafts.add,
        the_draft(),
        Place(),
        {"code": "", "title": "What it costs", "guidance": "", "questions": []},
        by=user_of(PRIYA),
    )
    write_down(PRIYA, "money", "How much do you ask for?", COST, LIMITS | {"writes_to": "requested_pence", "public": True})
    write_down(PRIYA, "yes_no", "Does the owner of the place agree?", COST, {})
    write_down(PRIYA, "long_text", "Who is the owner, and what have you asked of them?", COST, {"settings": {"words": 80}})
    yield tried
    waits = {"shown_when": {"question": "does_the_owner_of_the_place_agree", "is": ["no"]}}
    place = Place(question="who_is_the_owner_and_what_have_you_asked")
    write(drafts.save, the_draft(), place, waits, the_draft().edition, by=user_of(OMAR))


def the_draft() -> FormDraft:
    return cast("FormDraft", beginning.being_written(KEY))


def write_down(who: Person, kind: str, label: str, section: str, facts: dict[str, Any]) -> None:
    question = {"code": "", "kind": kind, "label": label, "settings": {}, **facts}
    write(drafts.add, the_draft(), Place(section=section), question, by=user_of(who))
    db.session.rollback()
