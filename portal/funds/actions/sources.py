"""Setting up sources, what they have each year, carrying over, and one ring-fence following another."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from portal.core import clock, money
from portal.core.audit import OFFICE, record
from portal.core.constraints import explain
from portal.core.db import db
from portal.core.files import Kept
from portal.core.problems import NotNow, Refused
from portal.funds.actions.editing import changed, hold_edition, name_for
from portal.funds.models import CarriedOver, CarryOver, Source, SourceDocument, SourceYear, Succession
from portal.people.models import User

explain(
    ck_source_year_allocated_within_source="Funds have been given more of this source than it has in this year.",
    allocated_within_source="Funds have been given more of this source than it has in this year.",
    succession_from_id_to_id="This source is followed by that one already.",
)


def add_source(facts: dict[str, Any], *, by: User) -> Source:
    """Write a new source down; its amounts come year by year."""
    source = Source(key=name_for(Source.key, facts["name"]), edition=1, **facts)
    db.session.add(source)
    db.session.flush()
    record("source.add", source, by=by, readers=OFFICE, name=source.name)
    return source


def change_source(source: Source, facts: dict[str, Any], edition: int, *, by: User) -> None:
    """Change what a source is. Refused with both versions when somebody else did so meanwhile."""
    hold_edition(source, edition)
    if fields := changed(source, facts):
        record("source.change", source, by=by, readers=OFFICE, fields=fields)


def hold_year(source_id: int, year: str) -> SourceYear | None:
    """A source's year as it stands now, locked until the transaction ends."""
    found = select(SourceYear).where(SourceYear.source_id == source_id, SourceYear.year == year)
    return db.session.scalar(found.with_for_update().execution_options(populate_existing=True))


def set_year(
    source: Source, year: str, pence: int, is_provisional: bool, capital_pence: int | None = None, *, by: User
) -> SourceYear:
    """Say what a source has in a year, and how much of it is capital. Refused when funds were given more than that already,
    or others have taken its place."""
    if source.has_ended_by(year):
        raise Refused(ended(source, year), "year")
    held = hold_year(source.id, year)
    if held is None:
        held = SourceYear(source_id=source.id, year=year, pence=0, allocated_pence=0, carried_in_pence=0, carried_out_pence=0)
        db.session.add(held)
    before, least = held.pence, held.allocated_pence + held.carried_out_pence - held.carried_in_pence
    if pence < least:
        raise Refused(
            f"Funds have been given {money.show(held.allocated_pence)} of {source} in {year}. Enter {money.show(max(least, 0))} "
            "or more, or lower their budgets first.",
            "amount",
        )
    if (capital := source.spending.capital_in(pence, capital_pence)) > pence:
        raise Refused(f"No more than {money.show(pence)}, the amount of the year, can be capital", "capital")
    held.pence, held.capital_pence, held.is_provisional = pence, capital, is_provisional
    record("source.year", source, by=by, readers=OFFICE, year=year, before_pence=before, after_pence=pence,
           split=f"{money.show(capital)} of it capital" if capital else None)  # fmt: skip
    return held


def ended(source: Source, year: str) -> str:
    names = ", ".join(str(each.after) for each in source.followed_by)
    return f"{source} ended on {clock.read_day(source.ends_on)}. For {year} use {names} instead."


def carry_over(source: Source, year: str, pence: int, reason: str, consent: str, *, by: User) -> CarriedOver:
    """Move what no fund was given into the next year, as the source's rule allows; both years are locked, the earlier first."""
    if source.carry_over is CarryOver.NO:
        raise NotNow(f"Money of {source} cannot be carried over. Its rule is on its page.")
    if source.carry_over is CarryOver.WITH_CONSENT and not consent:
        raise Refused("Say when and how the funder agreed, such as the date of its letter", "consent")
    following = clock.next_year(year)
    if source.has_ended_by(following):
        raise Refused(ended(source, following), "year")
    held = hold_year(source.id, year)
    if held is None or pence > held.left_pence:
        left = held.left_pence if held else 0
        raise Refused(
            f"{money.show(left)} of {source} is with no fund in {year}, which is less than {money.show(pence)}. "
            "Lower the budgets that were not used first.",
            "amount",
        )
    there = hold_year(source.id, following) or set_year(source, following, 0, True, by=by)
    held.carried_out_pence += pence
    there.carried_in_pence += pence
    made = CarriedOver(source_id=source.id, from_year=year, to_year=following, pence=pence, reason=reason, consent=consent,
                       by_id=by.id, at=clock.now())  # fmt: skip
    db.session.add(made)
    record("source.carry_over", source, by=by, readers=OFFICE, pence=pence, year=year, to=following, reason=reason)
    return made


def succeed(source: Source, successors: Sequence[Source], from_on: date, note: str, *, by: User) -> None:
    """Let other ring-fences take the place of this one from a day on. What was before stays as it was."""
    if source.followed_by:
        raise NotNow(f"{source} has been followed by others already.")
    if any(source.id in {each.id for each in all_after(other)} or other.id == source.id for other in successors):
        raise Refused("A source cannot come after itself", "successors")
    later = [year.year for year in source.years if clock.first_day_of(year.year) >= from_on and year.allocated_pence]
    if later:
        raise Refused(
            f"Funds have been given money of {source} in {', '.join(later)}, after that day. Lower those budgets first, "
            "or choose a later day.",
            "from_on",
        )
    for other in successors:
        db.session.add(Succession(from_id=source.id, to_id=other.id, from_on=from_on, note=note))
    names = ", ".join(str(other) for other in successors)
    record("source.succeed", source, by=by, readers=OFFICE, names=names, day=clock.read_day(from_on), note=note)


def all_after(source: Source) -> list[Source]:
    """The sources that follow this one, and those that follow them."""
    return [later for each in source.followed_by for later in (each.after, *all_after(each.after))]


def attach(source: Source, kept: Kept, *, by: User) -> SourceDocument:
    document = SourceDocument(source_id=source.id, file=kept.as_row(by.id))
    db.session.add(document)
    record("source.attach", source, by=by, readers=OFFICE, name=kept.name)
    return document


def detach(source: Source, document_id: int, *, by: User) -> None:
    """Take a document off the page; doing it again changes nothing."""
    for document in [each for each in source.documents if each.id == document_id]:
        record("source.detach", source, by=by, readers=OFFICE, name=document.file.name)
        db.session.delete(document)
