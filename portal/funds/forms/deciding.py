"""Two more sections of a round: how it is decided, and how its grants report."""

from typing import Any

from portal.core.forms import Filled, Radios, WholeField
from portal.funds.forms.sections import (
    YES_NO,
    AboutForm,
    DatesForm,
    MoneyForm,
    QuestionsForm,
    SectionForm,
    WhoForm,
    as_yes,
    options,
)
from portal.funds.models import ReturnSchedule, Round, ScoresSeen

NEEDED = Filled("Enter a number")
TICKS = ("has_panel", "has_second_look", "keeps_reserve")


def yes_no(label: str) -> Radios:
    return Radios(label, choices=YES_NO, validators=[Filled("Choose yes or no")])


class DecisionForm(SectionForm):
    """Who scores, who sees what, and by when it is decided."""

    title = "Scoring and decision"
    looks = {
        "assessors_required": {"width": 2},
        "quorum": {"width": 2, "hint": "Leave empty if every score is needed"},
        "decision_working_days": {"width": 3, "suffix": "days", "hint": "The clock stops while an applicant is asked something"},
        "acceptance_days": {"width": 3, "suffix": "days"},
        **{name: {"classes": "govuk-radios--inline"} for name in TICKS},
    }  # fmt: skip

    assessors_required = WholeField("How many assessors score each application?", validators=[NEEDED])
    quorum = WholeField("How many scores suffice when an assessor falls out?")
    scores_seen = Radios("Assessors see each other’s scores", choices=options(ScoresSeen), validators=[Filled("Choose when")])
    has_second_look = yes_no("Must somebody else recommend than who agreed the scores?")
    has_panel = yes_no("Does a panel look at it?")
    keeps_reserve = yes_no("Is there a reserve list?")
    decision_working_days = WholeField("Within how many working days do you aim to decide?", validators=[NEEDED])
    acceptance_days = WholeField("How long has an applicant to accept an offer?", validators=[NEEDED])

    @classmethod
    def shown(cls, round_: Round) -> dict[str, Any]:
        return super().shown(round_) | {name: as_yes(getattr(round_, name)) for name in TICKS}

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        return typed | {name: typed[name] == "yes" for name in TICKS} | {"scores_seen": ScoresSeen(typed["scores_seen"])}

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        assessors, quorum = self.assessors_required.data, self.quorum.data
        if assessors is not None and assessors > 10:
            self.refuse("Enter 10 or less", "assessors_required")
        if quorum is not None and assessors is not None and not 1 <= quorum <= assessors:
            self.refuse(f"Enter 1 to {assessors}, as many as score", "quorum")
        for field, most in ((self.decision_working_days, 250), (self.acceptance_days, 365)):
            if field.data is not None and not 1 <= field.data <= most:
                self.refuse(f"Enter 1 to {most}", field.name)
        return not self.errors


class MonitoringForm(SectionForm):
    """When grants of this round report."""

    title = "Reporting"
    looks = {
        "midpoint_over_months": {"width": 3, "suffix": "months", "hint": "Only for reports half-way"},
        "return_days": {"width": 3, "suffix": "days"},
    }

    return_schedule = Radios("When does a grant report?", choices=options(ReturnSchedule), validators=[Filled("Choose when")])
    midpoint_over_months = WholeField("From which length on does it report half-way?", validators=[NEEDED])
    return_days = WholeField("How long after the end of a period is its return due?", validators=[NEEDED])

    def facts(self) -> dict[str, Any]:
        typed = super().facts()
        return typed | {"return_schedule": ReturnSchedule(typed["return_schedule"])}

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        for field, least, most in ((self.midpoint_over_months, 1, 120), (self.return_days, 0, 365)):
            if field.data is not None and not least <= field.data <= most:
                self.refuse(f"Enter {least} to {most}", field.name)
        return not self.errors


SECTIONS: dict[str, type[SectionForm]] = {
    "about": AboutForm,
    "dates": DatesForm,
    "money": MoneyForm,
    "who": WhoForm,
    "questions": QuestionsForm,
    "decision": DecisionForm,
    "monitoring": MonitoringForm,
}
