"""What people may type about people, and how it is refused."""

from portal.people.forms.accounts import (
    AddressForm,
    CodeForm,
    CorrectionForm,
    DetailsForm,
    EraseForm,
    ForgottenForm,
    ReasonForm,
    SureForm,
    TakeOverForm,
)
from portal.people.forms.joining import AcceptForm, AskForm, InviteForm, InviteStaffForm, RightsForm, SuccessorForm
from portal.people.forms.roles import EndRoleForm, GiveRoleForm

__all__ = [
    "AcceptForm", "AddressForm", "AskForm", "CodeForm", "CorrectionForm", "DetailsForm", "EndRoleForm", "EraseForm",
    "ForgottenForm", "GiveRoleForm", "InviteForm", "InviteStaffForm", "ReasonForm", "RightsForm", "SuccessorForm", "SureForm",
    "TakeOverForm",
]  # fmt: skip
