"""What people may type about people, and how it is refused."""

from portal.people.forms.accounts import AddressForm, CodeForm, DetailsForm, ForgottenForm, ReasonForm, TakeOverForm
from portal.people.forms.joining import AcceptForm, AskForm, InviteForm, InviteStaffForm, RightsForm, SuccessorForm
from portal.people.forms.organisations import (
    AreasForm,
    ChosenForm,
    ContactForm,
    EndForm,
    NumberForm,
    OrganisationForm,
    PaperForm,
    PlaceForm,
)
from portal.people.forms.roles import EndRoleForm, GiveRoleForm

__all__ = [
    "AcceptForm",
    "AddressForm",
    "AreasForm",
    "AskForm",
    "ChosenForm",
    "CodeForm",
    "ContactForm",
    "DetailsForm",
    "EndForm",
    "EndRoleForm",
    "ForgottenForm",
    "GiveRoleForm",
    "InviteForm",
    "InviteStaffForm",
    "NumberForm",
    "OrganisationForm",
    "PaperForm",
    "PlaceForm",
    "ReasonForm",
    "RightsForm",
    "SuccessorForm",
    "TakeOverForm",
]
