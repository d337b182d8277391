"""Advice on a form: how long it takes to answer, and what makes a question hard to read. Only advice: nothing is refused."""

import re
from collections.abc import Iterator

from portal.core.forms import count_words
from portal.questions.kinds import kind_of
from portal.questions.models import Question
from portal.questions.published import Form

MINUTES = {  # to answer one of them, with the facts at hand
    "short_text": 0.5, "number": 1.0, "money": 1.0, "percentage": 1.0, "file": 3.0, "table": 5.0, "grid": 8.0, "group": 6.0,
    "address": 1.0, "person": 1.0, "areas": 0.5, "objectives": 1.0,
}  # fmt: skip
WORDS_A_MINUTE = 20  # written with care
LONG_QUESTION, LONG_SENTENCE, LONG_GUIDANCE = 25, 25, 150


def minutes_for(form: Form) -> int:
    """About how long the whole form takes. What is asked at times only counts half."""
    asked = [each for each in form.by_code.values() if kind_of(each).is_answered or each.kind == "group"]
    return round(sum(minutes_of(each) / (2 if each.shown_when else 1) for each in asked))


def minutes_of(question: Question) -> float:
    if question.kind == "long_text":
        return (question.settings.get("words") or 300) / WORDS_A_MINUTE
    return MINUTES.get(question.kind, 0.3)


def words_asked(form: Form) -> int:
    """The most words that an applicant may write."""
    return sum(each.settings.get("words") or 0 for each in form.by_code.values() if each.kind == "long_text")


def of_question(question: Question) -> list[str]:
    return list(found_in(question))


def found_in(question: Question) -> Iterator[str]:
    words = count_words(question.label)
    if words > LONG_QUESTION and question.kind != "declaration":
        yield f"The question has {words} words. Ask it in {LONG_QUESTION} or fewer, and explain in the hint."
    if question.label.count("?") > 1 or re.search(r"\b(and|or) (why|how|when|who|what|where)\b", question.label, re.IGNORECASE):
        yield "It asks two things at once. Make two questions of it, so that each gets an answer."
    if re.search(r"\band/or\b|\betc\b|\be\.g\.|\bi\.e\.", f"{question.label} {question.hint}", re.IGNORECASE):
        yield "Write “and/or”, “etc”, “e.g.” and “i.e.” in full."
    longest = max((count_words(each) for each in re.split(r"[.!?]\s", f"{question.hint}. {question.guidance}")), default=0)
    if longest > LONG_SENTENCE:
        yield f"One sentence of its help has {longest} words. Most people stop following after {LONG_SENTENCE}."
    if (length := count_words(question.guidance)) > LONG_GUIDANCE:
        yield f"The guidance has {length} words. Few read more than {LONG_GUIDANCE} beside a question."
    if question.kind == "long_text" and not question.settings.get("words"):
        yield "It has no most number of words, so people will not know how much you want to read."
    if question.is_required and question.kind == "file":
        yield "A file that must be there stops people late. Ask for it only if you cannot decide without it."


def of_form(form: Form, minutes: int) -> list[str]:
    """About the form as a whole."""
    about, found = minutes_for(form), []
    if minutes and about > minutes:
        found.append(
            f"It takes about {about} minutes to answer, and you aim at {minutes}. Take questions out, or ask for fewer words."
        )
    asked = sum(1 for each in form.by_code.values() if kind_of(each).is_answered)
    files = sum(1 for each in form.by_code.values() if each.kind == "file")
    if files > 3:
        found.append(f"It asks for {files} files. Each one stops people who do not have it at hand.")
    if asked > 40:
        found.append(f"It asks {asked} questions. Ask what you need to decide; the rest can come with the agreement.")
    return found
