"""The ten points of the government's standard for grants (GovS 015), as a fund is checked against them: comply or explain."""

from enum import StrEnum


class Answer(StrEnum):
    """How a fund stands to a point."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_NEEDED = "not_needed"

    @property
    def label(self) -> str:
        return {"met": "Met", "partly": "Partly", "not_met": "Not met", "not_needed": "Does not apply"}[self.value]

    @property
    def colour(self) -> str:
        return {"met": "green", "partly": "yellow", "not_met": "red", "not_needed": "grey"}[self.value]


POINTS: dict[str, tuple[str, str]] = {
    "owner": ("A senior officer responsible", "One named person answers for the fund from its beginning to its review."),
    "approval": ("Approvals and data", "Spending was approved before it was promised, and awards are recorded and published."),
    "advice": ("Advice on complex grants", "What is new, contentious or repercussive was put to somebody who knows."),
    "case": ("Business case", "Why a grant, for what outcome, at what cost; in proportion to the money."),
    "competition": ("Competition", "Open to competition, or a reason why not that can be published."),
    "agreement": ("Grant agreement", "Terms, eligible spend, and what happens when they are broken, signed before money moves."),
    "risk": ("Risk, controls and assurance", "Checks before award, fraud risks looked at, evidence of spend."),
    "performance": ("Performance and monitoring", "Measures agreed at the outset, returns looked at and acted upon."),
    "review": ("Yearly review and reconciliation", "Each year what was spent is reconciled and whether it goes on is decided."),
    "training": ("Training", "Those who run the fund have been trained for it."),
}
