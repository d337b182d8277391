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


class Right(StrEnum):
    """What a member may do for the organisation; a later one includes none of the others."""

    LEAD = "lead"
    CONTRIBUTOR = "contributor"
    READER = "reader"
    SIGNATORY = "signatory"


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
