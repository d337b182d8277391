"""What keeps a round from being opened: each a sentence and the place to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db
from portal.funds import judging
from portal.funds.models import Round, RoundInvitation, RoundKind


@dataclass(frozen=True)
class Missing:
    """Something that a round lacks, as the end of a sentence."""

    sentence: str
    section: str
    round_code: str

    @property
    def url(self) -> str:
        """Built without a request too, as the demonstration is told without one."""
        return f"/commissioning/rounds/{self.round_code}/{self.section}"


def missing_from(round_: Round) -> list[Missing]:
    """In the order of the page."""
    return [Missing(sentence, section, round_.code) for sentence, section in (*in_time(round_), *in_rules(round_))]


def in_time(round_: Round) -> Iterator[tuple[str, str]]:
    if round_.opens_at is None:
        yield "it has no day and hour on which it opens", "dates"
    if round_.closes_at is None and round_.kind is RoundKind.COMPETED:
        yield "it has no day and hour on which it closes", "dates"
    if round_.closes_at is not None and round_.closes_at <= clock.now():
        yield "its closing time has passed already", "dates"


def in_rules(round_: Round) -> Iterator[tuple[str, str]]:
    if round_.kind.is_by_invitation:
        if db.session.scalar(select(RoundInvitation.id).where(RoundInvitation.round_id == round_.id).limit(1)) is None:
            yield "nobody is invited, with the reason why they need not compete", "invitations"
    else:
        if round_.cap_pence is None:
            yield "it has no limit for a bid", "money"
        if not round_.accepts:
            yield "it does not say who can apply", "who"
        if round_.question_version_id is None:
            yield "it has no questions", "questions"
        yield from ((sentence, "criteria") for sentence in judging.missing_from(round_))
    if not round_.fund.contact:
        yield "its fund has no contact", "about"
