"""The people of the demonstration: one for every role, all of them invented, all with the same password."""

import secrets
from dataclasses import dataclass
from datetime import date

from flask_security import hash_password
from sqlalchemy import select

from portal.core.db import db, write
from portal.people.models import Appointment, Membership, OfficeRole, Organisation, Right, User
from portal.people.passwords import DEMONSTRATION_PASSWORD

PASSWORD = DEMONSTRATION_PASSWORD
SINCE = date(2016, 1, 1)  # before the first round that they have opened


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in: for an organisation (its key) with these rights, or in a role of the office."""

    name: str
    email: str
    phone: str
    organisation: str | None = None
    rights: tuple[Right, ...] = ()
    role: OfficeRole | None = None

    @property
    def first_name(self) -> str:
        return self.name.split()[0]

    @property
    def place(self) -> str:
        """What they do, as the list of who can sign in tells it."""
        return self.role.label if self.role else " and ".join(right.value for right in self.rights)


_numbers = iter(range(1, 100))


def _phone() -> str:
    return f"01632 960 {next(_numbers):03}"  # set aside for drama: it rings nowhere


def _member(name: str, organisation: str, site: str, *rights: Right) -> Person:
    return Person(name, f"{name.split()[0].lower()}@{site}.example", _phone(), organisation=organisation, rights=rights)


def _office(name: str, role: OfficeRole) -> Person:
    return Person(name, f"{name.split()[0].lower()}@opcc.example", _phone(), role=role)


ADA = _member("Ada Khan", "fenland-csp", "fenland-csp", Right.LEAD, Right.ADMINISTRATOR)
BEN = _member("Ben Carter", "fenland-csp", "fenland-csp", Right.CONTRIBUTOR)
ROSA = _member("Rosa Lind", "fenland-csp", "fenland-csp", Right.READER)
GUS = _member("Gus Peel", "fenland-district-council", "fenland", Right.SIGNATORY, Right.ADMINISTRATOR)
CLEO = _member("Cleo Marsh", "east-cambridgeshire-csp", "east-cambridgeshire-csp", Right.LEAD, Right.ADMINISTRATOR)
NED = _member("Ned Frost", "east-cambridgeshire-district-council", "east-cambridgeshire", Right.SIGNATORY, Right.ADMINISTRATOR)
ISLA = _member("Isla Novak", "cambridge-city-csp", "cambridge-city-csp", Right.LEAD, Right.ADMINISTRATOR)
TOM = _member("Tom Ward", "cambridge-city-council", "cambridge", Right.SIGNATORY, Right.ADMINISTRATOR)
HAL = _member("Hal Jensen", "huntingdonshire-csp", "huntingdonshire-csp", Right.LEAD, Right.ADMINISTRATOR)
JUNE = _member("June Okoro", "huntingdonshire-district-council", "huntingdonshire", Right.SIGNATORY, Right.ADMINISTRATOR)
NINA = _member("Nina Patel", "safer-peterborough-partnership", "safer-peterborough", Right.LEAD, Right.ADMINISTRATOR)
REG = _member("Reg Sharpe", "peterborough-city-council", "peterborough", Right.SIGNATORY, Right.ADMINISTRATOR)
SAM = _member("Sam Whittle", "south-cambridgeshire-csp", "south-cambridgeshire-csp", Right.LEAD, Right.ADMINISTRATOR)
LENA = _member("Lena Fox", "south-cambridgeshire-district-council", "south-cambridgeshire", Right.SIGNATORY, Right.ADMINISTRATOR)
MAYA = _member("Maya Cole", "fen-edge-youth-trust", "fen-edge", Right.LEAD, Right.SIGNATORY, Right.ADMINISTRATOR)
OLLY = _member("Olly Grant", "ouse-valley-open-door", "ouse-valley", Right.LEAD, Right.SIGNATORY, Right.ADMINISTRATOR)
OMAR = _office("Omar Haddad", OfficeRole.GRANTS_OFFICER)
PRIYA = _office("Priya Shah", OfficeRole.HEAD_OF_COMMISSIONING)
TESS = _office("Tess Aldous", OfficeRole.ASSESSOR)
UMA = _office("Uma Rao", OfficeRole.ASSESSOR)
VIC = _office("Vic Lowe", OfficeRole.ASSESSOR)
DANA = _office("Dana Whitfield", OfficeRole.DECISION_MAKER)
FINN = _office("Finn Doyle", OfficeRole.FINANCE_OFFICER)
CARA = _office("Cara Ford", OfficeRole.CHIEF_FINANCE_OFFICER)
MONA = _office("Mona Brooks", OfficeRole.MONITORING_OFFICER)
PAT = _office("Pat Green", OfficeRole.PLAN_OFFICER)
ALEX = _office("Alex Reid", OfficeRole.AUDITOR)
IRA = _office("Ira Stone", OfficeRole.ADMINISTRATOR)
KIT = _office("Kit Barlow", OfficeRole.ADMINISTRATOR)

CAST = (
    ADA, BEN, ROSA, GUS, CLEO, NED, ISLA, TOM, HAL, JUNE, NINA, REG, SAM, LENA, MAYA, OLLY,
    OMAR, PRIYA, TESS, UMA, VIC, DANA, FINN, CARA, MONA, PAT, ALEX, IRA, KIT,
)  # fmt: skip
FIRST_TO_TRY = (ADA, CLEO, GUS, OMAR, PRIYA, TESS, UMA, VIC, DANA, FINN, MONA, ALEX, IRA)


def load_cast() -> None:
    """Write everybody down. Their organisations must be there."""
    hashed = hash_password(PASSWORD)  # slow on purpose, so once for all and before the write
    write(_write_cast, hashed)


def _write_cast(hashed: str) -> None:
    organisations = {each.key: each for each in db.session.scalars(select(Organisation))}
    for person in CAST:
        user = User(email=person.email, name=person.name, phone=person.phone, password=hashed,
                    fs_uniquifier=secrets.token_hex(16))  # fmt: skip
        for right in person.rights:
            user.memberships.append(Membership(organisation=organisations[person.organisation or ""], right=right, from_on=SINCE))
        if person.role is not None:
            user.appointments.append(Appointment(role=person.role, from_on=SINCE))
        db.session.add(user)


def user_of(person: Person) -> User:
    """The row of somebody in the cast."""
    return db.session.scalars(select(User).where(User.email == person.email)).one()


def lead_of(organisation_key: str) -> Person:
    return next(each for each in CAST if each.organisation == organisation_key and Right.LEAD in each.rights)


def signatory_of(organisation_key: str) -> Person:
    return next(each for each in CAST if each.organisation == organisation_key and Right.SIGNATORY in each.rights)


def sign_in_lines() -> list[str]:
    """Who can sign in, for the terminal."""
    width = max(len(person.email) for person in FIRST_TO_TRY)
    lines = [f'Sign in as one of these, password "{PASSWORD}":']
    for person in FIRST_TO_TRY:
        where = person.organisation.replace("-", " ").title().replace("Csp", "CSP") if person.organisation else "the office"
        lines.append(f"  {person.email:<{width}}  {person.name}, {person.place.lower()}, {where}")
    return lines
