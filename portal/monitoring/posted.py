"""What a page of figures sent: texts by their fields, exactly as typed."""

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from portal.core.forms import clean, fields_of
from portal.monitoring.models import Return
from portal.plan.models import Rag
from portal.questions.posted import as_number

LONGEST_NUMBER, LONGEST_TEXT = 100, 5000
Texts = dict[int, tuple[int | str | None, str]]  # measure or budget line → what was typed, and the comment


@dataclass(frozen=True)
class Posted:
    texts: dict[str, str]  # field → text, to be shown again
    measures: Texts
    spending: Texts
    delivery: Rag | None
    spend: Rag | None
    reason: str
    edition: int


def read_figures(form: MultiDict[str, str], return_: Return) -> Posted:
    """The figures of this return; fields that it does not have are passed over."""
    texts = {name: clean(value)[:LONGEST_TEXT] for name, value in form.items() if name not in ("csrf_token", "edition")}
    return Posted(
        texts=texts,
        measures=rows(form, "measure", {each.measure_id for each in return_.measures}),
        spending=rows(form, "line", {each.line_id for each in return_.spending}),
        delivery=rag_of(texts.get("delivery_rag")),
        spend=rag_of(texts.get("spend_rag")),
        reason=texts.get("rag_reason", ""),
        edition=as_number(form.get("edition")),
    )


def rows(form: MultiDict[str, str], name: str, known: set[int]) -> Texts:
    typed, comments = fields_of(form, f"{name}-"), fields_of(form, f"about-{name}-")
    return {
        key: (clean(typed[str(key)])[:LONGEST_NUMBER], clean(comments.get(str(key)))[:LONGEST_TEXT])
        for key in known
        if str(key) in typed
    }


def rag_of(text: str | None) -> Rag | None:
    """What an applicant may choose; None for anything else."""
    return next((rag for rag in Rag if rag.value == text and rag.rank is not None), None)
