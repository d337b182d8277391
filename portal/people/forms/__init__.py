"""What people may type about people, and how it is refused."""

from portal.people.forms.accounts import (
    AddressForm,
    CodeForm,
    CorrectionForm,
    DetailsForm,
    EraseForm,
    ForgottenForm,
    InvitedPasskeyForm,
    NewPasskeyForm,
    PasskeyForm,
    ReasonForm,
    SureForm,
    TakeOverForm,
)
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
    "CorrectionForm",
    "DetailsForm",
    "EndForm",
    "EndRoleForm",
    "EraseForm",
    "ForgottenForm",
    "GiveRoleForm",
    "InviteForm",
    "InviteStaffForm",
    "InvitedPasskeyForm",
    "NewPasskeyForm",
    "NumberForm",
    "OrganisationForm",
    "PaperForm",
    "PasskeyForm",
    "PlaceForm",
    "ReasonForm",
    "RightsForm",
    "SuccessorForm",
    "SureForm",
    "TakeOverForm",
]
