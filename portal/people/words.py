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
    """What a body is. The kinds are those on the application forms of other offices, and what grants here went to."""

    CSP = "csp"
    LOCAL_AUTHORITY = "local_authority"
    PARISH_COUNCIL = "parish_council"
    POLICE = "police"
    PRISON = "prison"
    CRIMINAL_JUSTICE = "criminal_justice"
    CHARITY = "charity"
    COMMUNITY_GROUP = "community_group"
    CIC = "cic"
    COMPANY = "company"
    SCHOOL = "school"
    OTHER = "other"

    @property
    def label(self) -> str:
        return KINDS.get(self.value, self.value.replace("_", " ").capitalize())


KINDS = {
    "csp": "Community Safety Partnership",
    "parish_council": "Town or parish council",
    "criminal_justice": "Criminal justice organisation",
    "charity": "Registered charity",
    "community_group": "Voluntary or community group",
    "cic": "Social enterprise or community interest company",
    "company": "Company limited by guarantee",
}
WITHOUT_LEGAL_FORM = (OrganisationKind.CSP, OrganisationKind.COMMUNITY_GROUP, OrganisationKind.OTHER)


class Register(StrEnum):
    """Who gives an organisation its number, under the prefixes that 360Giving knows them by."""

    CHARITY = "GB-CHC"
    SCOTTISH_CHARITY = "GB-SC"
    NORTHERN_IRISH_CHARITY = "GB-NIC"
    COMPANY = "GB-COH"
    LOCAL_AUTHORITY = "GB-LAE"
    SCHOOL = "GB-EDU"
    OWN = "360G"


class PaperKind(StrEnum):
    """What an organisation tells the office once instead of with every bid."""

    CONSTITUTION = "constitution"
    ACCOUNTS = "accounts"
    SAFEGUARDING = "safeguarding"
    INSURANCE = "insurance"
    DBS = "dbs"

    @property
    def label(self) -> str:
        return PAPERS[self.value][0]

    @property
    def hint(self) -> str:
        return PAPERS[self.value][1]


PAPERS = {
    "constitution": ("Constitution", "Or rules, articles or trust deed: whatever says how you are run"),
    "accounts": ("Accounts", "The latest, or a budget if you are new. They count until the next ones are due."),
    "safeguarding": ("Safeguarding policy", "It counts until its next review"),
    "insurance": ("Insurance", "The certificate of public liability, and of employer’s liability if you employ anybody"),
    "dbs": ("DBS statement", "Who is checked, at what level and when next. No names and no certificates."),
}


class AreaKind(StrEnum):
    """What kind of place an area is, from the smallest to the largest."""

    WARD = "ward"
    DISTRICT = "district"
    COUNTY = "county"
    FORCE = "force"

    @property
    def label(self) -> str:
        return {"force": "Police force area"}.get(self.value, self.value.capitalize())


class Capacity(StrEnum):
    """In what capacity a person touched a case; the database keeps apart those that must be."""

    APPLICANT = "applicant"
    ASSESSOR = "assessor"
    DECIDER = "decider"
    CONFLICTED = "conflicted"
    BANK_CHANGER = "bank_changer"
    PAYER = "payer"
