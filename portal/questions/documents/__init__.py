"""Forms as documents: JSON that is written, checked and read; docs/forms.md describes it.

`writing.py` makes the document of a version, `checking.py` says what is wrong with one and where (`shapes.py`: values,
`references.py`: what questions say of each other), `reading.py` keeps one whole or not at all, and `present.py` says which
answers that people have given already would break its limits.
"""

from portal.questions.documents.checking import Fault, faults_in
from portal.questions.documents.reading import Faulty, bring_in, parse, store
from portal.questions.documents.writing import FORMAT, as_document, as_text, text_of

__all__ = [
    "FORMAT",
    "Fault",
    "Faulty",
    "as_document",
    "as_text",
    "bring_in",
    "faults_in",
    "parse",
    "store",
    "text_of",
]
