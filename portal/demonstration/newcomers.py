"""People on their way in and out: an invitation, a provider who asks, a grave role that waits, a colleague who left long ago."""

import secrets

from sqlalchemy import select

from portal.core.db import db, write
from portal.demonstration.cast import ADA, IRA, PRIYA, user_of
from portal.demonstration.telling import Story, at, day
from portal.people import actions
from portal.people.models import AccountRequest, Appointment, OfficeRole, OrganisationKind, Right, User


def newcomers() -> tuple[Story, ...]:
    return invited(), asking(), acting(), leaving()


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


def leaving() -> Story:
    """Hugh looked after grants until two and a half years ago: his name has been kept long enough."""
    came, left = at(-1300), at(-900, "16:00")
    yield came
    write(add_former)
    yield left
    write(lambda: actions.end_role(former().appointments[0], day(-1), "Has moved to another force", by=user_of(IRA)))


def add_former() -> None:
    hugh = User(name="Hugh Pellow", email="hugh.pellow@opcc.example", phone="01632 960 099", fs_uniquifier=secrets.token_hex(16))
    hugh.appointments.append(Appointment(role=OfficeRole.GRANTS_OFFICER, from_on=day(0), note="Covers a post"))
    db.session.add(hugh)


def former() -> User:
    return db.session.scalars(select(User).where(User.email == "hugh.pellow@opcc.example")).one()
