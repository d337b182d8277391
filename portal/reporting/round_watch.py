"""A round's bids in figures: live ones only, tests count nowhere."""

from functools import cached_property

from sqlalchemy import func, select

from portal.applications.models import Application, Stage
from portal.applications.policy import PRIVATE
from portal.core.db import db
from portal.funds.models import Round


class Watch:
    """How many bids of a round stand where, and what they ask for. Drafts are counted and no more: they are the applicants'."""

    def __init__(self, round_: Round) -> None:
        self.round = round_

    @cached_property
    def by_stage(self) -> list[tuple[Stage, int, int]]:
        """Stage, how many, and pence asked for, in the order of a bid's life."""
        found = db.session.execute(
            select(Application.stage, func.count(), func.coalesce(func.sum(Application.requested_pence), 0))
            .where(Application.round_id == self.round.id, Application.is_test.is_(False))
            .group_by(Application.stage)
        ).all()
        known = {stage: (count, pence or 0) for stage, count, pence in found}
        return [(stage, *known[stage]) for stage in Stage if stage in known]

    @property
    def drafts(self) -> int:
        return sum(count for stage, count, _ in self.by_stage if stage in PRIVATE)

    @property
    def sent(self) -> list[tuple[Stage, int, int]]:
        return [each for each in self.by_stage if each[0] not in PRIVATE]

    @property
    def asked_pence(self) -> int:
        return sum(pence for _, _, pence in self.sent)
