"""Who may apply to a fund, and which objectives it serves."""

from collections.abc import Iterable, Sequence
from typing import Any

from wtforms import HiddenField
from wtforms.validators import ValidationError

from portal.core.editions import Editing
from portal.core.forms import Checkboxes, Filled
from portal.funds.forms.fields import lines, text
from portal.funds.models import Fund
from portal.people.models import Area, Organisation, OrganisationKind
from portal.plan.models import Objective
from portal.questions.posted import as_number


class ApplicantsForm(Editing):
    """Kinds of organisation, areas, and bodies by name."""

    words = text("In words, as applicants read it", Filled("Say in words who can apply"), most=1000)
    accepts = Checkboxes("Kinds of organisation")
    areas = Checkboxes("Areas")
    bodies = Checkboxes("Named bodies")
    more_bodies = text("Add bodies by name, each on a line of its own", most=4000)

    def __init__(self, fund: Fund, areas: Sequence[Area], **options: Any) -> None:
        self.found: list[int] = []
        super().__init__(data=self.known(fund), **options)
        self.accepts.choices = [(kind.value, kind.label) for kind in OrganisationKind]
        self.areas.choices = [(str(area.id), area.name) for area in areas]
        self.bodies.choices = [(str(each.organisation_id), str(each.organisation)) for each in fund.bodies]

    @staticmethod
    def known(fund: Fund) -> dict[str, Any]:
        return {
            "words": fund.who_can_apply, "accepts": fund.accepts, "edition": fund.edition,
            "areas": [str(each.area_id) for each in fund.areas],
            "bodies": [str(each.organisation_id) for each in fund.bodies],
        }  # fmt: skip

    def find(self, organisations: Iterable[Organisation]) -> None:
        """The bodies whose names were typed; a name that nobody has is said by name."""
        by_name = {each.name.casefold(): each.id for each in organisations}
        names = lines(self.more_bodies.data)
        self.found = [by_name[name.casefold()] for name in names if name.casefold() in by_name]
        self.unknown = [name for name in names if name.casefold() not in by_name]

    unknown: Sequence[str] = ()

    def validate_more_bodies(self, field: Any) -> None:
        if self.unknown:
            raise ValidationError(
                f"Nobody here is called {self.unknown[0]}. Look the name up under People or in a bid, and enter it in full"
            )

    @property
    def names(self) -> list[str]:
        return lines(self.more_bodies.data)

    @property
    def body_ids(self) -> list[int]:
        return [*map(int, self.bodies.data or []), *self.found]


class ObjectivesForm(Editing):
    """The objectives of one plan that a fund serves."""

    plan = HiddenField()
    objectives = Checkboxes("Which objectives does it serve?", validate_choice=False,  # the action says which have left the plan
                            validators=[Filled("Choose at least one objective")])  # fmt: skip

    def __init__(self, fund: Fund, plan_id: int, objectives: Sequence[Objective], **options: Any) -> None:
        served = [str(each.objective_id) for each in fund.served]
        super().__init__(data={"objectives": served, "edition": fund.edition, "plan": str(plan_id)}, **options)
        self.objectives.choices = [(str(each.id), f"{each.code}: {each.text}") for each in objectives]

    @property
    def chosen(self) -> list[int]:
        return list(map(as_number, self.objectives.data or []))
