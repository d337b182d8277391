"""An organisation's page: all that a person may see of it, gathered from every package."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from portal.applications import policy as bids
from portal.applications.models import Application
from portal.applications.policy import stage_for
from portal.assessment.models import Assignment
from portal.awards import policy as awards
from portal.awards.models import Award, AwardStage
from portal.core.db import db
from portal.funds.models import Round
from portal.monitoring import policy as returns
from portal.monitoring.lists import IS_LATE
from portal.monitoring.models import Return
from portal.people import lists as people
from portal.people.lists.bank import accounts_of
from portal.people.models import BankAccount, Membership, Merge, Organisation, Right, Standing, User
from portal.people.policy import (
    is_finance,
    is_running,
    manages_people,
    may_add_papers,
    may_change_contacts,
    people_visible_to,
    reads_papers,
)
from portal.reporting.history import Step, history_of

MOST = 50  # of each kind, the latest; lists show all


@dataclass
class Member:
    """A person with what they may do for the organisation; `can_be_opened` by whoever may see their page."""

    user: User
    can_be_opened: bool
    rights: list[Right] = field(default_factory=list)


class OrganisationFile:
    """Each part holds only what the person may see. Parts that are not theirs at all are None, and not on the page."""

    def __init__(self, user: User, organisation: Organisation) -> None:
        self.user, self.organisation = user, organisation
        self.id = organisation.id
        self.is_own = self.id in user.organisation_ids
        self.manages = manages_people(user)
        self.may_change_contacts = may_change_contacts(user, organisation)
        self.may_add_papers = may_add_papers(user, organisation)

    @cached_property
    def standing(self) -> Standing | None:
        return people.standing_now(self.id)

    @cached_property
    def accounts(self) -> Sequence[BankAccount]:
        """Where it wishes to be paid, for those who pay."""
        return accounts_of(self.user, self.organisation) if is_finance(self.user) else []

    @cached_property
    def members(self) -> list[Member]:
        """Who acts for it today, by name."""
        query = (
            select(Membership)
            .join(Membership.user)
            .options(contains_eager(Membership.user), joinedload(Membership.organisation))
            .where(Membership.organisation_id == self.id, is_running(Membership), User.active)
            .order_by(User.name, User.id, Membership.id)
        )
        opened = set(db.session.scalars(people_visible_to(self.user).where(self.acts_for()).with_only_columns(User.id)))
        found: dict[int, Member] = {}
        for held in db.session.scalars(query):
            member = found.setdefault(held.user_id, Member(held.user, held.user_id in opened))
            if held.right not in member.rights:
                member.rights.append(held.right)
        return list(found.values())

    def acts_for(self) -> Any:
        return User.id.in_(select(Membership.user_id).where(Membership.organisation_id == self.id))

    @cached_property
    def bids(self) -> Sequence[Application]:
        """As applicant, or as the body that would receive the grant."""
        query = bids.visible_to(self.user).where(
            or_(Application.organisation_id == self.id, Application.accountable_body_id == self.id)
        )
        query = query.options(joinedload(Application.round).joinedload(Round.fund), joinedload(Application.organisation))
        return db.session.scalars(query.order_by(Application.id.desc()).limit(MOST)).all()

    def stage_of(self, bid: Application) -> Any:
        return stage_for(self.user, bid)

    @cached_property
    def awards(self) -> Sequence[Award]:
        """Under the recipient of their day, whoever hosts the partnership now."""
        query = awards.visible_to(self.user).where(self.is_award(), Award.stage != AwardStage.LAPSED)
        query = query.options(joinedload(Award.recipient), joinedload(Award.partnership))
        return db.session.scalars(query.order_by(Award.offered_at.desc(), Award.id.desc()).limit(MOST)).all()

    def is_award(self) -> Any:
        return or_(Award.recipient_id == self.id, Award.partnership_id == self.id)

    @cached_property
    def overdue(self) -> Sequence[Return]:
        query = returns.visible_to(self.user).join(Return.award).options(contains_eager(Return.award))
        return db.session.scalars(query.where(self.is_award(), IS_LATE).order_by(Return.due_on, Return.id).limit(MOST)).all()

    @cached_property
    def shelves(self) -> list[Any] | None:
        return people.shelves_of(self.organisation) if reads_papers(self.user, self.organisation) else None

    @cached_property
    def interests(self) -> Sequence[Assignment] | None:
        """The conflicts that assessors have declared with its bids; for the office."""
        if not self.user.sees_all_cases:
            return None
        seen = bids.visible_to(self.user).where(Application.organisation_id == self.id).with_only_columns(Application.id)
        query = (
            select(Assignment)
            .options(joinedload(Assignment.assessor), joinedload(Assignment.application))
            .where(Assignment.application_id.in_(seen), Assignment.has_conflict)
        )
        return db.session.scalars(query.order_by(Assignment.id.desc()).limit(MOST)).all()

    @cached_property
    def merges(self) -> Sequence[Merge]:
        return people.merges_into(self.organisation)

    @cached_property
    def doubles(self) -> Sequence[Any]:
        return people.likenesses(self.organisation) if self.manages else ()

    @cached_property
    def history(self) -> list[Step]:
        """Its own, and that of those merged into it."""
        cases = [each.gone.case for each in self.merges]
        return history_of(self.organisation.case, self.user, {self.id}, also=cases)
