"""Tables of people: who there is, for whom and as what they act, how they sign in, who touched which case; and organisations."""

from portal.people.models.bank import BankAccount
from portal.people.models.cases import Involvement
from portal.people.models.doubles import Likeness, Merge
from portal.people.models.joining import AccountRequest, EmailChange, Invitation
from portal.people.models.organisations import Contact, Coverage, Hosting, Identifier, Organisation, Partner, Standing
from portal.people.models.papers import Paper
from portal.people.models.passkeys import Passkey
from portal.people.models.persons import SYSTEM, Appointment, Membership, RecoveryCode, Role, RoleChange, System, User
from portal.people.models.places import Area
from portal.people.models.sign_ins import Attempts, KeptForm, SignIn, WorkAccount
from portal.people.words import Capacity, OfficeRole, OrganisationKind, PaperKind, Register, Right, Source

__all__ = [
    "SYSTEM",
    "AccountRequest",
    "Appointment",
    "Area",
    "Attempts",
    "BankAccount",
    "Capacity",
    "Contact",
    "Coverage",
    "EmailChange",
    "Hosting",
    "Identifier",
    "Invitation",
    "Involvement",
    "KeptForm",
    "Likeness",
    "Membership",
    "Merge",
    "OfficeRole",
    "Organisation",
    "OrganisationKind",
    "Paper",
    "PaperKind",
    "Partner",
    "Passkey",
    "RecoveryCode",
    "Register",
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
