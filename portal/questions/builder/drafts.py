"""Verbs of drafts: change, undo, publish, drop. A change that would leave a form with a fault is refused whole."""

import json
from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import delete, select

from portal.core import clock
from portal.core.audit import OFFICE, record
from portal.core.db import db
from portal.core.problems import Conflict, NotNow, Refused
from portal.questions import documents
from portal.questions.builder import parts
from portal.questions.builder.parts import Facts, Place
from portal.questions.builder.wordings import faults_told, form_from, users_of
from portal.questions.documents.checking import MOST_QUESTIONS, MOST_SECTIONS
from portal.questions.models import DraftEdition, FormDraft, QuestionVersion

KEPT_EDITIONS = 100
MOST_STEPS = MOST_QUESTIONS + MOST_SECTIONS
Change = Callable[[Facts], Any]


class Overtaken(Conflict):
    """Somebody else changed the same part first. The page shows both; nothing of either is lost."""


def edition_of(draft: FormDraft, document: Facts, words: str, undoes_to: int | None, *, by: Any) -> DraftEdition:
    return DraftEdition(number=draft.edition, document=document, words=words[:500], undoes_to=undoes_to,
                        saved_by_id=by.id, saved_at=clock.now())  # fmt: skip


def document_of(draft: FormDraft) -> Facts:
    """What the draft says now. It is read anew each time, so that changing it changes nothing."""
    return cast("Facts", document_then(draft, draft.edition))


def document_then(draft: FormDraft, edition: int) -> Facts | None:
    """What it said after this edition, as long as that is kept."""
    found = select(DraftEdition.document).where(DraftEdition.draft_id == draft.id)
    return db.session.scalar(found.where(DraftEdition.number == edition))


def keep(draft: FormDraft, document: Facts, change: Change, words: str, *, by: Any) -> Any:
    """Make one change to what is `held` and keep it as the next edition; what the change gives back.

    Without a difference nothing is kept.
    """
    before = json.loads(json.dumps(document))  # copying it as objects takes longer than all the rest
    done = change(document)
    if document != before:
        refuse_faults(document, before)
        go_on(draft, document, words, draft.edition, by=by)
    return done


def held(draft: FormDraft) -> Facts:
    """What the draft says, locked: of two officers the second builds on what the first has done."""
    hold(draft)
    return document_of(draft)


def hold(draft: FormDraft) -> None:
    db.session.refresh(draft, ["edition", "published_id", "dropped_at"], with_for_update=True)
    if draft.published_id or draft.dropped_at:
        raise NotNow("This draft is no longer being written: it was published or thrown away. Begin a new one from the form.")


def refuse_faults(document: Facts, before: Facts) -> None:
    if faults := faults_told(document, before):
        raise Refused(faults[0] if len(faults) == 1 else f"{faults[0]} There are {len(faults) - 1} more like it.")


def go_on(draft: FormDraft, document: Facts, words: str, undoes_to: int | None, *, by: Any) -> None:
    draft.edition += 1
    draft.name = document["name"]
    db.session.add(draft)
    edition = edition_of(draft, document, words, undoes_to, by=by)
    edition.draft_id = draft.id
    db.session.add(edition)
    if (last := draft.edition - KEPT_EDITIONS) > 0:
        too_old = delete(DraftEdition).where(DraftEdition.draft_id == draft.id, DraftEdition.number <= last)
        db.session.execute(too_old, execution_options={"synchronize_session": False})  # nobody has read them


def add(draft: FormDraft, within: Place, facts: Facts, *, by: Any) -> Place:
    place: Place = keep(draft, held(draft), lambda now: parts.add(now, within, facts), f"Added “{name_of(facts)}”", by=by)
    return place


def save(draft: FormDraft, place: Place, facts: Facts, edition: int, *, by: Any) -> None:
    """Save some facts of a part; settings that are None go.

    Refused when somebody else has changed the same facts since `edition`.
    """
    document = held(draft)
    now, name = written(document, place, facts), name_of(find(document, place) | facts)
    if edition != draft.edition and now != facts and now != written_then(draft, edition, place, facts):
        raise Overtaken("Somebody else has changed this in the meantime. Nothing was saved: compare both versions.")
    keep(draft, document, lambda document: put(find(document, place), facts), f"Changed “{name}”", by=by)


def find(document: Facts, place: Place) -> Facts:
    return parts.find(document, place) if place != Place() else document


def written(document: Facts, place: Place, facts: Facts) -> Facts:
    """What the document says where `facts` would."""
    part = find(document, place)
    said = {name: part.get(name, DEFAULTS.get(name)) for name in facts}
    if "settings" in facts:
        said["settings"] = {name: part.get("settings", {}).get(name) for name in facts["settings"]}
    return said


DEFAULTS: Facts = {
    "number": "", "hint": "", "guidance": "", "example": "", "required": True, "shown_to_assessors": True, "public": False,
    "personal": False, "minutes": 0,
}  # fmt: skip


def written_then(draft: FormDraft, edition: int, place: Place, facts: Facts) -> Facts | None:
    """The same in an earlier edition; None where that is no longer kept, or the part was not there."""
    kept = document_then(draft, edition)
    try:
        return written(kept, place, facts) if kept else None
    except parts.NotFound:
        return None


def put(part: Facts, facts: Facts) -> None:
    settings = {**part.get("settings", {}), **facts.get("settings", {})}
    part.update({name: value for name, value in facts.items() if name != "settings"})
    if settings or "settings" in part:
        part["settings"] = {name: value for name, value in settings.items() if value is not None}


def name_of(facts: Facts) -> str:
    return str(facts.get("title") or facts.get("label") or facts["name"])[:200]


def move(draft: FormDraft, place: Place, *, up: bool, steps: int = 1, by: Any) -> None:
    """So many places up or down, as far as there are any: as one change."""

    def change(document: Facts) -> None:
        for _ in range(min(steps, MOST_STEPS)):
            parts.move(document, place, up=up)

    document = held(draft)
    name = name_of(parts.find(document, place))
    keep(draft, document, change, f"Moved “{name}” {'up' if up else 'down'}", by=by)


def duplicate(draft: FormDraft, place: Place, *, by: Any) -> Place:
    document = held(draft)
    name = name_of(parts.find(document, place))
    made: Place = keep(draft, document, lambda now: parts.duplicate(now, place), f"Duplicated “{name}”", by=by)
    return made


def remove(draft: FormDraft, place: Place, *, by: Any) -> None:
    """Take a part out. Refused with the names of the questions that use it."""
    document = held(draft)
    facts = parts.find(document, place)
    if users := used_by(document, place):
        names = ", ".join(f"“{each}”" for each in users)
        raise Refused(f"“{name_of(facts)}” is used by {names}. Change the conditions or rules there first, then take it out.")
    keep(draft, document, lambda now: parts.remove(now, place), f"Took out “{name_of(facts)}”", by=by)


def used_by(document: Facts, place: Place) -> list[str]:
    """The labels of the questions that look at this part from outside it. Of columns the reader of documents tells."""
    facts = parts.find(document, place)
    codes = {each["code"] for each in facts["questions"]} if place.noun == "section" else {place.question}
    return [] if place.column else [each.label for each in users_of(form_from(document), codes)]


def undo(draft: FormDraft, edition: int, *, by: Any) -> str:
    """Take the last change back; which one it was. Refused when somebody has changed the form since `edition`."""
    hold(draft)
    if draft.edition != edition:
        raise Overtaken(
            "Somebody has changed the form since you opened the page. Look at it first: undo takes the last change back."
        )
    last = db.session.scalars(select(DraftEdition).where(DraftEdition.draft_id == draft.id, DraftEdition.number == edition)).one()
    found = select(DraftEdition).where(DraftEdition.draft_id == draft.id, DraftEdition.number == last.undoes_to)
    before = db.session.scalar(found)
    if before is None:
        raise NotNow("There is nothing left to undo.")
    words = last.words.removeprefix("Back to before: ")
    go_on(draft, before.document, f"Back to: {before.words}"[:500], before.undoes_to, by=by)
    return words


def drop(draft: FormDraft, *, by: Any) -> None:
    """Throw a draft away. What was published stays."""
    hold(draft)
    draft.dropped_at = clock.now()
    record("form.drop", draft, by=by, readers=OFFICE, form=draft.name)


def publish(draft: FormDraft, edition: int, *, by: Any) -> QuestionVersion:
    """Freeze the form as its next version. From then on only a new version corrects it."""
    document = held(draft)
    if draft.edition != edition:
        raise Overtaken("Somebody has changed the form since you opened the page. Look at it again before it is published.")
    if empty_ones := [each["title"] for each in document["sections"] if not each["questions"]]:
        raise Refused(f"“{empty_ones[0]}” asks nothing yet. Add a question to it, or take the section out.")
    version = documents.store(document)
    version.published_at = clock.now()
    draft.published_id = version.id
    record("form.publish", version, by=by, readers=OFFICE, form=draft.name, number=version.number)
    return version


def take(draft: FormDraft, source: Facts, of: Place, into: Place, *, by: Any) -> tuple[Place, list[str]]:
    """Copy a section, or a question into a section, from another form. What it says of questions that this form lacks is
    left out: the second thing returned tells what."""
    facts = parts.find(source, of)
    left_out: list[str] = []

    def change(document: Facts) -> Place:
        return parts.bring_over(document, facts, into, left_out)

    made: Place = keep(draft, held(draft), change, f"Copied “{name_of(facts)}” from {source['name']}", by=by)
    return made, left_out
