"""Trying scores against a round's scheme: what they would come to and recommend. Nothing is saved."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from werkzeug.datastructures import MultiDict

from portal.core.forms import clean, fields_of
from portal.funds.judging import rule_of, scheme_of
from portal.funds.models import Criterion, Round
from portal.funds.schemes import Kind, Result, Scheme, percent


@dataclass(frozen=True)
class Trial:
    """Points as they were typed, for every criterion."""

    criteria: list[Criterion]
    typed: Mapping[int, str]
    scheme: Scheme

    @cached_property
    def points(self) -> dict[int, int]:
        return {
            each.id: int(self.typed[each.id]) for each in self.criteria
            if self.typed.get(each.id) in {str(points) for points in each.scale.points}
        }  # fmt: skip

    @property
    def is_begun(self) -> bool:
        return bool(self.points)

    @property
    def missing(self) -> list[str]:
        return [each.name for each in self.criteria if each.id not in self.points]

    @cached_property
    def result(self) -> Result | None:
        return self.scheme.judge(self.points) if self.criteria and not self.missing else None

    @property
    def text(self) -> str:
        return self.scheme.text(self.result) if self.result else percent(self.scheme.so_far(self.points))

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """For each criterion its points and what they add."""
        return [
            (each.name, each.in_words(self.points[each.id]), self.adds(each)) for each in self.criteria if each.id in self.points
        ]

    def adds(self, criterion: Criterion) -> str:
        points = self.points[criterion.id]
        if not criterion.scale.is_counted:
            return "no sum"
        if self.scheme.kind in (Kind.MARKS, Kind.MATRIX):
            return str(points)
        is_second = self.result is not None and self.scheme.kind is Kind.SHORTLIST and self.result.is_shortlisted
        rule = rule_of(criterion)
        share = self.scheme.weight_of(rule, is_second) * points / rule.highest
        return percent(int(share * 1000))

    @property
    def first_stage(self) -> str:
        """Where bids are shortlisted first: how far this one comes."""
        if self.scheme.kind is not Kind.SHORTLIST or self.result is None:
            return ""
        reached = percent(self.scheme.so_far(self.points))
        way = "shortlisted" if self.result.is_shortlisted else "not shortlisted"
        return f"First stage: {reached}, {way} ({self.scheme.shortlist} of the most is needed)."


def tried(round_: Round, typed: MultiDict[str, str]) -> Trial:
    """`typed` holds `try-…` for each criterion."""
    given = {int(key): clean(value) for key, value in fields_of(typed, "try-").items() if re.fullmatch(r"[0-9]{1,12}", key)}
    return Trial(list(round_.criteria), given, scheme_of(round_))
