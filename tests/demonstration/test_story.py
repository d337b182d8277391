"""The demonstration world: everything is there, it is genuine, and its sums agree."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.applications.models import Application, Snapshot
from portal.applications.models import Stage as Bid
from portal.assessment.models import Assignment
from portal.assessment.models import Stage as Work
from portal.awards.models import Award, AwardStage, Decision, NoticeStage
from portal.core import audit, clock
from portal.core.audit import Event
from portal.core.db import Base, db
from portal.core.outbox import Mail
from portal.demonstration import story
from portal.demonstration.data import data
from portal.funds.models import Budget, CapPer, Clarification, Commitment, Round, RoundStage
from portal.monitoring.models import Query, Return
from portal.monitoring.models import Stage as Report
from portal.people.models import Organisation, OrganisationKind
from portal.plan.models import Direction, Rag

NEW_DROVE = "Clearing fly-tipped waste at New Drove"


def stages(column: object) -> set[object]:
    return set(db.session.scalars(select(column)))  # type: ignore[call-overload]


def counts() -> dict[str, int]:
    return {name: db.session.scalar(select(func.count()).select_from(table)) or 0 for name, table in Base.metadata.tables.items()}


def test_bids_stand_at_every_stage_that_a_bid_can_reach(told: Flask) -> None:
    assert stages(Application.stage) == {
        Bid.DRAFT, Bid.SUBMITTED, Bid.RETURNED, Bid.INELIGIBLE, Bid.IN_ASSESSMENT, Bid.IN_MODERATION, Bid.RECOMMENDED,
        Bid.AWARDED, Bid.DECLINED, Bid.WITHDRAWN, Bid.LAPSED,
    }  # fmt: skip


def test_assessments_grants_notices_and_returns_stand_at_every_stage_too(told: Flask) -> None:
    assert {Work.INVITED, Work.DECLARED, Work.SCORING, Work.SUBMITTED, Work.STOOD_DOWN} <= stages(Assignment.stage)
    assert stages(Award.stage) == {
        AwardStage.OFFERED, AwardStage.ACCEPTED, AwardStage.LIVE, AwardStage.CLOSED, AwardStage.LAPSED,
    }  # fmt: skip
    assert stages(Decision.stage) == {NoticeStage.APPROVED, NoticeStage.PUBLISHED}
    assert stages(Return.stage) == {Report.DUE, Report.DRAFT, Report.SUBMITTED, Report.QUERIED, Report.ACCEPTED}
    assert any(each.is_overdue for each in db.session.scalars(select(Return)))


def test_every_partnership_has_bid(told: Flask) -> None:
    silent = select(Organisation.name).where(
        Organisation.kind == OrganisationKind.CSP, Organisation.id.not_in(select(Application.organisation_id))
    )
    assert list(db.session.scalars(silent)) == []


def test_the_first_grant_is_new_drove_live_queried_once_and_published(told: Flask) -> None:
    award = db.session.scalars(select(Award).where(Award.application_id.is_not(None)).order_by(Award.ref)).first()
    assert award is not None
    assert award.decision is not None
    assert (award.ref, award.title, award.pence, award.stage) == ("SCF26-0001", NEW_DROVE, 145000, AwardStage.LIVE)
    assert award.decision.stage is NoticeStage.PUBLISHED

    midpoint = db.session.scalars(select(Return).where(Return.award_id == award.id, Return.number == 1)).one()
    queries = db.session.scalars(select(Query).where(Query.return_id == midpoint.id)).all()
    assert midpoint.stage is Report.ACCEPTED
    assert [bool(query.answer) for query in queries] == [True]
    assert award.delivery_rag is Rag.GREEN


def test_one_grant_has_travelled_in_a_direction(told: Flask) -> None:
    assert Direction.IMPROVING in stages(Award.direction)


def test_the_chain_of_events_holds_and_goes_forward_in_time(told: Flask) -> None:
    instants = list(db.session.scalars(select(Event.at).order_by(Event.number)))

    assert audit.verify(db.session()) == []
    assert instants == sorted(instants)
    assert instants[-1] <= clock.now()


def test_what_was_submitted_was_kept_as_it_was(told: Flask) -> None:
    without = select(Application.ref).where(
        Application.submitted_at.is_not(None), Application.id.not_in(select(Snapshot.application_id))
    )
    assert list(db.session.scalars(without)) == []


def test_loading_again_changes_nothing_and_says_so(told: Flask) -> None:
    before = counts()

    assert "not loaded again" in story.load()

    assert counts() == before


def test_a_world_that_was_left_half_told_is_not_taken_for_a_whole_one(app: Flask) -> None:
    unfinished = app.extensions["settings"].instance / "demonstration.unfinished"
    unfinished.touch()
    try:
        with pytest.raises(SystemExit, match="interrupted"):
            story.load()
    finally:
        unfinished.unlink()


def test_budgets_commitments_and_awards_agree_to_the_penny(told: Flask) -> None:
    for budget in db.session.scalars(select(Budget)):
        held = select(func.coalesce(func.sum(Commitment.pence), 0)).where(
            Commitment.budget_id == budget.id, Commitment.released_at.is_(None)
        )
        assert budget.committed_pence == db.session.scalar(held), f"{budget.fund.slug} {budget.year}"
    for award in db.session.scalars(select(Award)):
        open_ = select(Commitment.budget_id, Commitment.pence).where(
            Commitment.case == award.ref, Commitment.released_at.is_(None)
        )
        held_for_it = {row.budget_id: row.pence for row in db.session.execute(open_)}
        funding = {part.budget_id: part.pence for part in award.funding}
        assert sum(funding.values()) == award.pence
        assert held_for_it == ({} if award.stage is AwardStage.LAPSED else funding), award.ref
        if award.accepted_at and award.lines:
            assert sum(line.pence for line in award.lines) == award.pence, award.ref


def test_one_budget_is_nearly_spent(told: Flask) -> None:
    open_budgets = select(Budget).join(Round, Round.fund_id == Budget.fund_id).where(Round.stage == RoundStage.OPEN)
    assert any(budget.committed_pence * 10 >= budget.pence * 7 for budget in db.session.scalars(open_budgets))


def test_the_published_awards_are_there_with_their_figures(told: Flask) -> None:
    known = dict(db.session.execute(select(Award.title, Award.pence).where(Award.is_history)).all())  # type: ignore[arg-type]

    assert known == {row["title"]: row["pence"] for row in data("history_awards")}
    assert sorted(known.values()) == [
        1_140_400, 2_700_000, 7_800_000, 26_300_000, 30_000_000, 47_100_000, 56_000_000, 63_428_500, 100_000_000,
    ]  # fmt: skip


@pytest.mark.parametrize("template", ["applications/received", "assessment/invited", "awards/offered", "monitoring/received"])
def test_people_were_written_to_on_the_way(told: Flask, template: str) -> None:
    assert db.session.scalar(select(func.count()).select_from(Mail).where(Mail.template == template))


FUNDS = {  # of what is published of the Commissioner's funds: fund → its rounds with their limit and what there was
    "safer-communities": {
        "SCF22": (500_000, None),
        "SCF24": (1_000_000, 6_000_000),
        "SCF26": (500_000, None),
    },
    "youth-and-community": {"YCF26": (100_000, 2_000_000), "YCF27": (100_000, 2_000_000)},
    "youth-fund": {"YF16": (200_000, 4_000_000), "YSA18": (200_000, 3_000_000)},
    "victim-services-improvement": {"VSI22": (500_000, 4_500_000), "VSI26": (500_000, 4_500_000)},
    "safer-streets": {"SSF21": (None, None), "SSF22": (None, None), "SSF23": (None, None)},
    "youth-offending-services": {"YOS21": (None, None), "YJS26": (2_000_000, None)},
    "complex-needs-peterborough": {"MCN21": (None, None)},
    "victims-posts": {"DSV21": (None, None)},
    "perpetrators": {"PER21": (None, None)},
    "csp-problem-solving": {"PSC22": (None, None), "CAP26": (2_000_000, None)},
}


def test_the_funds_that_are_known_stand_with_their_rounds(told: Flask) -> None:
    rounds: dict[str, dict[str, tuple[int | None, int | None]]] = {}
    for each in db.session.scalars(select(Round)):
        rounds.setdefault(each.fund.slug, {})[each.code] = (each.cap_pence, each.pot_pence)
    assert rounds == FUNDS
    assert round_called("SCF24").cap_per is CapPer.AREA


def test_a_round_was_paused_for_a_question_answered_for_all_and_gave_one_group_more_time(told: Flask) -> None:
    round_ = round_called("YCF26")
    assert round_.stage is RoundStage.OPEN
    assert round_.paused_at < round_.resumed_at  # type: ignore[operator]
    (extension,) = round_.extensions
    assert extension.organisation is not None
    assert round_.is_open_for(extension.organisation_id or 0)
    asked = db.session.scalars(select(Clarification).order_by(Clarification.id)).all()
    assert [bool(each.published_at) for each in asked] == [True, False]
    told_all = db.session.scalars(select(Mail.template).where(Mail.case.startswith("YCF26"))).all()
    assert {"applications/round_changed", "applications/clarified", "funds/asked"} <= set(told_all)


def round_called(code: str) -> Round:
    return db.session.scalars(select(Round).where(Round.code == code)).one()
