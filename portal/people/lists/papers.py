"""Documents that organisations gave once: those that count, those that were replaced, and a line of them for the gate."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from portal.core import clock
from portal.core.db import db
from portal.people.models import Organisation, Paper, PaperKind, User
from portal.people.policy import papers_visible_to, restricted_paper


@dataclass
class Shelf:
    """The versions of one kind of document: the one that counts, and those before it."""

    kind: PaperKind
    paper: Paper | None = None
    earlier: list[Paper] = field(default_factory=list)


def shelves_of(organisation: Organisation) -> list[Shelf]:
    """One for each kind, also where there is nothing yet. After a merge two may count: the later one does."""
    shelves = {kind: Shelf(kind) for kind in PaperKind}
    found = select(Paper).where(Paper.organisation_id == organisation.id)
    found = found.options(joinedload(Paper.file), joinedload(Paper.added_by))
    for paper in db.session.scalars(found.order_by(Paper.added_at.desc(), Paper.id.desc())):
        shelf = shelves[paper.kind]
        if shelf.paper is None and paper.replaced_at is None:
            shelf.paper = paper
        else:
            shelf.earlier.append(paper)
    return list(shelves.values())


def papers_told(organisations: Iterable[Organisation | None]) -> list[tuple[Organisation, str]]:
    """Each organisation with a line of what it has given and until when it counts."""
    named = {each.id: each for each in organisations if each is not None}
    found = select(Paper).where(Paper.organisation_id.in_(named), Paper.replaced_at.is_(None)).order_by(Paper.id)
    papers: dict[int, dict[PaperKind, Paper]] = {number: {} for number in named}
    for paper in db.session.scalars(found):
        papers[paper.organisation_id][paper.kind] = paper
    return [(named[number], line_of(kinds)) for number, kinds in papers.items()]


def line_of(papers: dict[PaperKind, Paper]) -> str:
    given = [told(papers[kind]) for kind in PaperKind if kind in papers]
    missing = [kind.label for kind in PaperKind if kind not in papers]
    parts = [*given, f"Not given: {', '.join(missing)}"] if missing else given
    return "; ".join(parts) + "."


def told(paper: Paper) -> str:
    if paper.expires_on is None:
        return paper.kind.label
    return f"{paper.kind.label} {'ran out on' if paper.is_over else 'until'} {clock.read_day(paper.expires_on)}"


def may_read_file(user: User, file_id: int) -> bool:
    """A document is read by the organisation's own people, by officers and by the auditor; earlier versions too."""
    return db.session.scalar(papers_visible_to(user).where(Paper.file_id == file_id).with_only_columns(Paper.id)) is not None


def looks_at(user: User, file_id: int) -> Organisation | None:
    """The organisation that a document is of, for those who do not act for it."""
    of = select(Organisation).join(Paper, Paper.organisation_id == Organisation.id).where(Paper.file_id == file_id)
    organisation = db.session.scalar(of.limit(1))
    return organisation if organisation is not None and restricted_paper(user, organisation) else None
