"""How a round judges its bids: its rows as the scheme that does the arithmetic, and what keeps that from being used."""

from collections.abc import Iterable
from fractions import Fraction

from portal.funds import soundness
from portal.funds.models import Criterion, EligibilityQuestion, Round
from portal.funds.schemes import Band, Kind, Rule, Scheme
from portal.funds.words import weighed


def scheme_of(round_: Round) -> Scheme:
    return Scheme(
        kind=round_.scheme,
        rules=tuple(rule_of(criterion) for criterion in round_.criteria),
        bands=tuple(bands_of(round_)),
        threshold=round_.threshold_percent,
        shortlist=Fraction(round_.shortlist),
        groups={group["name"]: group["weight"] for group in round_.groups},
        ties=tuple(round_.ties),
    )


def rule_of(criterion: Criterion) -> Rule:
    return Rule(
        key=criterion.id, code=criterion.code, name=criterion.name, scale=criterion.scale, weight=criterion.weight,
        second_weight=criterion.second_weight, group=criterion.group, least=criterion.least,
    )  # fmt: skip


def bands_of(round_: Round) -> list[Band]:
    return [Band(band["from_percent"], band["name"], band["recommends"]) for band in round_.bands]


def faults_of(round_: Round) -> list[soundness.Fault]:
    """What keeps bids from being judged like this, each with its place and how to mend it."""
    faults = soundness.faults_of(scheme_of(round_))
    if not round_.scale and any(criterion.own_scale is None for criterion in round_.criteria):
        faults.append(soundness.Fault("points", "nobody has said what the points mean", "Say it for each of them."))
    return faults


def missing_from(round_: Round) -> list[str]:
    """The same as the ends of a sentence."""
    return [fault.what for fault in faults_of(round_)]


def weighs(criterion: Criterion) -> str:
    """What a criterion is worth, in words: 30% of the score, 20 of 100 marks, pass or fail."""
    round_ = criterion.round
    groups = {group["name"]: group["weight"] for group in round_.groups}
    marks = round_.criteria if round_.scheme is Kind.MARKS else ()  # only then does one count what all of them give
    most = sum(each.scale.highest for each in marks if each.scale.is_counted)
    return weighed(
        round_.scheme, criterion.scale, criterion.weight, criterion.second_weight, criterion.group,
        groups.get(criterion.group, 0), most,
    )  # fmt: skip


def refusals(questions: Iterable[EligibilityQuestion], answers: dict[str, str]) -> dict[int, str]:
    """The reasons for which somebody with these answers cannot apply, by question. Answers: yes or no, by question."""
    return {
        each.id: each.refusal
        for each in questions
        if answers.get(str(each.id)) is not None and answers[str(each.id)] != each.passing
    }
