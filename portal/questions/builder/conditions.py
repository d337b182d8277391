"""Conditions and rules as an officer chooses them: what may be looked at, and the fields to say what must hold."""

from typing import Any

from wtforms.validators import Optional, ValidationError

from portal.core.editions import EditionField
from portal.core.forms import Checkboxes, Filled, Form, MoneyField, Radios, WholeField
from portal.questions.builder.fields import Select, SignedField
from portal.questions.builder.forms import PartForm, named_in
from portal.questions.builder.parts import Facts, Place, find, questions_in
from portal.questions.calculated import unit_of
from portal.questions.documents.reading import row_of
from portal.questions.documents.references import RULES_OF, choices_of, figure_columns, wrong_wish
from portal.questions.kinds import KINDS
from portal.questions.models import Question

WHENS = {"asked": "When is it asked?", "required": "When must it be answered?"}
RULE_NAMES = {
    "equals_sum_of": "It must equal the sum of", "at_most_cap": "It must be within what the round gives",
    "matched_by": "The share of others that the round asks for must be in", "at_least_share": "It must be at least a share of",
    "at_most_share": "It must be at most a share of", "not_before": "It must not be before", "after": "It must be after",
    "not_before_today": "It must be today or later", "longest_from": "It may be no later than projects last, counted from",
    "differs_from": "It must differ from", "no_emails": "It must hold no e-mail address",
}  # fmt: skip


def condition_of(facts: Facts, when: str) -> Any:
    return facts.get("shown_when") if when == "asked" else facts.get("settings", {}).get("required_when")


def as_facts(when: str, way: str, tests: list[Any]) -> Facts:
    """What a question says of its conditions. What must be answered at times only is not required always."""
    condition = None if not tests else tests[0] if len(tests) == 1 else {way: tests}
    if when == "asked":
        return {"shown_when": condition}
    return {"settings": {"required_when": condition}, **({"required": False} if condition else {})}


def taken_apart(condition: Any) -> tuple[str, list[Any]]:
    """“all” or “any”, and the tests that it joins; a test may be a condition of several again, brought in from a file."""
    for way in ("all", "any"):
        if condition and way in condition:
            return way, list(condition[way])
    return "all", [condition] if condition else []


def looked_at(document: Facts, code: str) -> list[Facts]:
    """The earlier questions that a condition can look at."""
    found = []
    for asked in questions_in(document):
        if asked["code"] == code:
            break
        if wrong_wish("answered", True, asked) is None:
            found.append(asked)
    return found


class TestForm(Form):
    """What an earlier answer must be. Its fields are those of the question that it looks at, see `test_form`."""

    __test__ = False
    edition = EditionField(validators=[Optional()])

    def validate_test(self, field: Any) -> None:
        if field.data in ("is", "is_not") and not self["values"].data:
            raise ValidationError("Choose at least one of the answers")
        if field.data == "figure":
            low, high = self["low"].data, self["high"].data
            if low is None and high is None and not (self["low"].errors or self["high"].errors):
                raise ValidationError("Enter the lowest figure, the highest, or both")
            if low is not None and high is not None and low > high:
                raise ValidationError("The lowest is above the highest: no answer could meet it")

    def test_of(self, asked: Facts) -> Facts:
        """The test as a document says it: money in pence, shares in hundredths of a percent."""
        chosen: Facts = {"question": asked["code"]}
        if self["test"].data in ("is", "is_not"):
            return chosen | {self["test"].data: self["values"].data}
        if self["test"].data == "figure":
            scale = 100 if kind_asked(asked) == "percentage" else 1
            limits = {"at_least": self["low"].data, "at_most": self["high"].data}
            return chosen | {name: value * scale for name, value in limits.items() if value is not None}
        return chosen | {"answered": self["test"].data == "answered"}


def kind_asked(asked: Facts) -> str:
    return unit_of(Question(**row_of(asked))) if asked["kind"] == "calculated" else str(asked["kind"])


def test_form(asked: Facts) -> TestForm:
    ways, fields = [("answered", "is answered"), ("not_answered", "is not answered")], {}
    kind = kind_asked(asked)
    if (known := choices_of(asked)) is not None:
        labels = dict(asked.get("settings", {}).get("choices", [])) | {"yes": "Yes", "no": "No"}
        fields["values"] = Checkboxes("Which answers?", choices=[(code, labels.get(code, code)) for code in known])
        ways = [("is", "is one of these"), ("is_not", "is none of these"), *ways]
    if KINDS[kind].scale:
        field = MoneyField if kind == "money" else SignedField
        fields |= {"low": field("Lowest"), "high": field("Highest")}
        ways = [("figure", "lies between"), *ways]
    fields["test"] = Radios("What must it be?", choices=ways, default=ways[0][0], validators=[Filled("Choose what it must be")])
    made: type[TestForm] = type("OneTestForm", (TestForm,), fields)
    return made()


test_form.__test__ = False  # type: ignore[attr-defined]


class RulesForm(PartForm):
    """The rules that a type may have. Its fields are made by `rules_form`."""

    place = Place()

    def facts(self) -> Facts:
        found: Facts = {}
        for field in self:
            if field.name.startswith("rule_"):
                name = field.name.removeprefix("rule_")
                found[name] = (bool(field.data) or None) if is_flag(name) else field.data or None
                if name.endswith("_share"):
                    percent = self[f"percent_{name}"].data
                    found[name] = {"of": field.data, "percent": percent} if field.data else None
        return {"settings": found}

    def validate(self, extra_validators: Any = None) -> bool:
        good = super().validate(extra_validators)
        for name in ("at_least_share", "at_most_share"):
            if f"rule_{name}" in self and self[f"rule_{name}"].data and self[f"percent_{name}"].data is None:
                self.refuse("Enter the share in percent, like 50", f"percent_{name}")
                good = False
        return good


def is_flag(name: str) -> bool:
    return name in RULES_OF and RULES_OF[name][1] is None


def rules_form(document: Facts, place: Place, *, typed: bool = True) -> RulesForm:
    facts = find(document, place)
    settings, fields, shown = facts.get("settings", {}), {}, {}
    for name in rules_for(document, place):
        others = RULES_OF[name][1] if name in RULES_OF else None
        label = RULE_NAMES.get(name, "It must equal the sum of these boxes of its line")
        known = row_figures(document, place) if name == "row_sum_of" else named_in(document, others or (), besides=facts["code"])
        if is_flag(name):
            fields[f"rule_{name}"] = Checkboxes(label, choices=[("yes", "Yes")])
        elif name in ("matched_by", "row_sum_of"):
            fields[f"rule_{name}"] = Checkboxes(label, choices=known)
        else:
            fields[f"rule_{name}"] = Select(label, choices=[("", "No such rule"), *known])
        wish = settings.get(name)
        shown[f"rule_{name}"] = ["yes"] if wish is True else wish["of"] if isinstance(wish, dict) else wish
        if name.endswith("_share"):
            fields[f"percent_{name}"] = WholeField("How many percent?")
            shown[f"percent_{name}"] = wish["percent"] if wish else None
    made: type[RulesForm] = type("OneRulesForm", (RulesForm,), fields | {"place": place})
    return made(data=shown, **({} if typed else {"formdata": None}))


def rules_for(document: Facts, place: Place) -> list[str]:
    """The rules that a question or column of this type may have; those of tables have none."""
    facts = find(document, place)
    if place.column:
        in_group = find(document, Place(question=place.question))["kind"] == "group"
        return ["row_sum_of"] if in_group and KINDS[facts["kind"]].scale else []
    return [name for name, (kinds, _) in RULES_OF.items() if facts["kind"] in kinds]


def row_figures(document: Facts, place: Place) -> list[tuple[str, str]]:
    group = find(document, Place(question=place.question))
    labels = {each["code"]: each["label"] for each in group["settings"]["columns"]}
    return [(code, labels[code]) for code in figure_columns(group) if code != place.column]
