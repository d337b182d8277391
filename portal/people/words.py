"""The words of people: roles in the office, rights in an organisation, kinds of body, capacities on a case."""

from enum import StrEnum


class OfficeRole(StrEnum):
    """What a person does for the Commissioner's office."""

    GRANTS_OFFICER = "grants_officer"
    ASSESSOR = "assessor"
    PANEL_MEMBER = "panel_member"
    HEAD_OF_COMMISSIONING = "head_of_commissioning"
    DECISION_MAKER = "decision_maker"
    FINANCE_OFFICER = "finance_officer"
    CHIEF_FINANCE_OFFICER = "chief_finance_officer"
    MONITORING_OFFICER = "monitoring_officer"
    PLAN_OFFICER = "plan_officer"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


GRAVE = (  # giving or ending one of these takes two administrators: who holds it can decide, spend, publish or rule over the rest
    OfficeRole.ADMINISTRATOR,
    OfficeRole.DECISION_MAKER,
    OfficeRole.CHIEF_FINANCE_OFFICER,
    OfficeRole.MONITORING_OFFICER,
)


class Source(StrEnum):
    """Where a role in the office comes from: somebody gave it here, or the office's directory says so at each sign-in."""

    HAND = "hand"
    DIRECTORY = "directory"


class Right(StrEnum):
    """What a member may do for the organisation; none includes another, and a person may hold several."""

    LEAD = "lead"
    CONTRIBUTOR = "contributor"
    READER = "reader"
    SIGNATORY = "signatory"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return self.value.capitalize()

    @property
    def meaning(self) -> str:
        return MEANINGS[self.value]


MEANINGS = {
    "lead": "Starts, submits and withdraws applications, and certifies returns",
    "contributor": "Writes applications and returns",
    "reader": "Reads what the organisation sends and receives",
    "signatory": "Accepts offers and certifies returns for the body that receives the money",
    "administrator": "Invites colleagues, changes their rights and removes leavers",
}


class OrganisationKind(StrEnum):
    CSP = "csp"
    LOCAL_AUTHORITY = "local_authority"
    POLICE = "police"
    CHARITY = "charity"
    CIC = "cic"
    SCHOOL = "school"
    PRISON = "prison"
    COMMUNITY_GROUP = "community_group"

    @property
    def label(self) -> str:
        special = {"csp": "Community Safety Partnership", "cic": "Community interest company"}
        return special.get(self.value, self.value.replace("_", " ").capitalize())


class Capacity(StrEnum):
    """In what capacity a person touched a case; the database keeps apart those that must be."""

    APPLICANT = "applicant"
    ASSESSOR = "assessor"
    DECIDER = "decider"
    CONFLICTED = "conflicted"
    BANK_CHANGER = "bank_changer"
    PAYER = "payer"
