"""People on their way in: an open invitation, a new provider who asks, a grave role that waits for its second word."""

from sqlalchemy import select

from portal.core.db import db, write
from portal.demonstration.cast import ADA, IRA, PRIYA, user_of
from portal.demonstration.telling import Story, at, day
from portal.people import actions
from portal.people.models import AccountRequest, OfficeRole, OrganisationKind, Right


def newcomers() -> tuple[Story, ...]:
    return invited(), asking(), acting()


def invited() -> Story:
    """Ada wants somebody from the district's housing team to read along."""
    yield at(-2, "09:40")
    write(invite_reader)


def invite_reader() -> None:
    ada = user_of(ADA)
    fenland = ada.memberships[0].organisation
    actions.invite("wren.ellis@fenland.example", "Wren Ellis", organisation=fenland, rights=[Right.READER], by=ada)


def asking() -> Story:
    """A charity that nobody here has heard of shows its address; the grants team has not answered yet."""
    asked, verified = at(-1, "15:10"), at(-1, "15:25")
    yield asked
    about = "We run two evening workshops a week in Chatteris where young people mend bicycles, and keep them."
    write(
        actions.ask_for_account,
        "Bea Lund",
        "bea@spokes.example",
        "Spokes of Chatteris",
        OrganisationKind.CHARITY,
        "1999999",
        about,
    )
    yield verified
    write(lambda: actions.verify(db.session.scalars(select(AccountRequest)).one()))


def acting() -> Story:
    """Priya is to decide while the Commissioner is away: one administrator has asked, the other has not agreed yet."""
    yield at(-1, "11:30")
    reason = "Stands in for the Commissioner, who is away"
    write(lambda: actions.give_role(user_of(PRIYA), OfficeRole.DECISION_MAKER, day(7), day(20), reason, by=user_of(IRA)))
