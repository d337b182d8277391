"""Tables of people: who there is, for whom and as what they act, how they sign in, and who touched which case."""

from portal.people.models.cases import Involvement
from portal.people.models.joining import AccountRequest, EmailChange, Invitation
from portal.people.models.organisations import Area, Hosting, Organisation, Standing
from portal.people.models.passkeys import Passkey
from portal.people.models.persons import SYSTEM, Appointment, Membership, RecoveryCode, Role, RoleChange, System, User
from portal.people.models.sign_ins import Attempts, KeptForm, SignIn, WorkAccount
from portal.people.words import Capacity, OfficeRole, OrganisationKind, Right, Source

__all__ = [
    "SYSTEM",
    "AccountRequest",
    "Appointment",
    "Area",
    "Attempts",
    "Capacity",
    "EmailChange",
    "Hosting",
    "Invitation",
    "Involvement",
    "KeptForm",
    "Membership",
    "OfficeRole",
    "Organisation",
    "OrganisationKind",
    "Passkey",
    "RecoveryCode",
    "Right",
    "Role",
    "RoleChange",
    "SignIn",
    "Source",
    "Standing",
    "System",
    "User",
    "WorkAccount",
]
