"""What became of a bid: the decision, the award with its money, and its return, as rows."""

from datetime import date, timedelta
from typing import Any

from portal.applications.models import Stage as S
from portal.awards.models import (
    Award,
    AwardFunding,
    AwardLine,
    AwardMeasure,
    AwardObjective,
    AwardStage,
    Decision,
    NoticeStage,
    Outcome,
)
from portal.core import clock, money
from portal.core.clock import day_of
from portal.demonstration.bulk.bid import Bid
from portal.funds.models import Commitment
from portal.monitoring.models import LineSpend, MeasureReading, Return, ReturnKind
from portal.monitoring.models import Stage as ReturnStage
from portal.people.models import Capacity
from portal.plan.models import Direction, Rag
from portal.questions.models import AnswerSet

REASONS = "Invented: it would help to secure crime and disorder reduction."
RETURN_DAYS = 28
RAGS = Rag.GREEN, Rag.GREEN, Rag.AMBER, Rag.RED


class Grant:
    """The award that a bid has led to, from offer to close."""

    def __init__(self, bid: Bid, decision_id: int) -> None:
        self.bid, self.rows, self.chain, self.decision_id = bid, bid.rows, bid.chain, decision_id
        self.id, self.ref, self.pence = self.rows.number(Award), bid.ref, bid.pence
        self.stage, self.offered_at = AwardStage.OFFERED, bid.at
        self.stamps: dict[str, Any] = dict.fromkeys(("accepted_at", "live_at", "closed_at", "lapsed_at"))
        self.rag, self.spent = Rag.GREY, False
        self.rag_on: date | None = None
        self.line_id = self.rows.add(AwardLine, award_id=self.id, position=0, category="Staff", description="Invented",
                                     asked_pence=self.pence, pence=self.pence)  # fmt: skip
        self.measure_id = self.rows.add(AwardMeasure, award_id=self.id, position=0, name="Reports to the police (invented)",
                                        baseline=40, target=20, method="Counted by the police")  # fmt: skip
        for position, objective_id in enumerate(bid.served):
            self.rows.add(AwardObjective, award_id=self.id, objective_id=objective_id, position=position)

    @property
    def has_ended(self) -> bool:
        """Its final return has been due."""
        return self.due_on < clock.today()

    @property
    def due_on(self) -> date:
        return self.bid.ends_on + timedelta(days=RETURN_DAYS)

    def tell(self, verb: str, by: int | None, **facts: Any) -> None:
        self.chain.tell(self.bid.at, f"award.{verb}", self.ref, self.id, by, **facts)

    def go_to(self, stage: AwardStage) -> None:
        self.stage, self.stamps[f"{stage}_at"] = stage, self.bid.at

    def accept(self) -> None:
        self.bid.pass_time(days=2)
        self.go_to(AwardStage.ACCEPTED)
        self.tell("accept", self.bid.body.lead_id, pence=self.pence)
        self.bid.ground.standing.update({(self.bid.body.id, "awards"): 1, (self.bid.body.id, "awarded_pence"): self.pence})

    def run(self) -> None:
        """Live; and closed with its return accepted, once that has been due."""
        self.bid.pass_time(days=1)
        self.go_to(AwardStage.LIVE)
        self.tell("go_live", self.bid.ground.officer_id)
        return_id = self.add_return()
        if self.has_ended:
            self.report(return_id)
            self.go_to(AwardStage.CLOSED)
            self.tell("close", self.bid.ground.officer_id)

    def add_return(self) -> int:
        bid, done = self.bid, self.has_ended
        sent_at = clock.london(self.due_on - timedelta(days=7)) if done else None
        answer_set_id = self.rows.add(AnswerSet, version_id=bid.round.return_version_id)
        rag = self.own_rag if done else None
        return self.rows.add(
            Return, ref=f"{self.ref}-R1", award_id=self.id, number=1, kind=ReturnKind.FINAL, period_from=bid.starts_on,
            period_to=bid.ends_on, due_on=self.due_on, stage=ReturnStage.ACCEPTED if done else ReturnStage.DUE,
            answer_set_id=answer_set_id, delivery_rag=rag, spend_rag=rag, agreed_delivery=rag,
            agreed_spend=rag, rag_reason="Invented." if done else "",
            certified_at=sent_at, certified_by_id=bid.body.lead_id if done else None, submitted_at=sent_at, accepted_at=sent_at,
            words=bid.words("R1"),
        )  # fmt: skip

    def report(self, return_id: int) -> None:
        """The figures of the final return: all was spent."""
        self.bid.at = clock.london(self.due_on - timedelta(days=7))
        self.rows.add(MeasureReading, return_id=return_id, measure_id=self.measure_id, achieved=22, typed="22")
        self.rows.add(LineSpend, return_id=return_id, line_id=self.line_id, spent_pence=self.pence, typed=money.plain(self.pence))
        self.chain.tell(self.bid.at, "return.accept", self.ref, return_id, self.bid.ground.officer_id,
                        delivery=self.own_rag.value, spend=self.own_rag.value)  # fmt: skip
        self.spent, self.rag, self.rag_on = True, self.own_rag, day_of(self.bid.at)

    @property
    def own_rag(self) -> Rag:
        return RAGS[self.bid.number % len(RAGS)]

    def lapse(self) -> None:
        """The offer was not taken up: its money goes back."""
        self.bid.pass_time(days=10)
        self.go_to(AwardStage.LAPSED)
        self.bid.go_to(S.LAPSED)
        self.tell("lapse", None)
        self.bid.tell("lapse", None)

    def finish(self) -> None:
        """The award's own row, and the budgets that pay it, as all these steps have left them."""
        bid = self.bid
        self.rows.add(
            Award, id=self.id, ref=self.ref, title=bid.title, purpose="Invented.", application_id=bid.id,
            decision_id=self.decision_id, fund_id=bid.ground.fund.id, recipient_id=bid.body.id, partnership_id=bid.body.id,
            pence=self.pence, starts_on=bid.starts_on, ends_on=bid.ends_on, stage=self.stage, offered_at=self.offered_at,
            accepted_by_id=bid.body.lead_id if self.stamps["accepted_at"] else None, delivery_rag=self.rag, spend_rag=self.rag,
            direction=Direction.NEW, rag_reason="", rag_on=self.rag_on, words=bid.words(), **self.stamps,
        )  # fmt: skip
        budgets = bid.ground.budgets[clock.financial_year(bid.starts_on)]
        released_at = self.stamps["lapsed_at"]
        for budget, pence in zip(budgets, thirds(self.pence), strict=True):
            self.rows.add(
                AwardFunding, award_id=self.id, budget_id=budget.id, pence=pence, spent_pence=pence if self.spent else 0
            )
            self.rows.add(Commitment, budget_id=budget.id, case=self.ref, area_id=bid.body.area_id, pence=pence,
                          made_at=self.offered_at, released_at=released_at)  # fmt: skip
            budget.committed_pence += 0 if released_at else pence


def thirds(pence: int) -> tuple[int, int, int]:
    return pence - pence // 3 * 2, pence // 3, pence // 3


def decide(bid: Bid, outcome: Outcome) -> int:
    """The decision with its published notice; its number in the table."""
    bid.pass_time(days=1)
    bid.involve(bid.ground.decider_id, Capacity.DECIDER)
    bid.go_to(S.DECLINED if outcome is Outcome.DECLINE else S.AWARDED)
    awarded = 0 if outcome is Outcome.DECLINE else bid.pence
    ref = bid.ground.next_decision(bid.at.year)
    decision_id = bid.rows.add(
        Decision, ref=ref, words=bid.words(ref), application_id=bid.id, outcome=outcome, stage=NoticeStage.PUBLISHED,
        requested_pence=bid.pence, awarded_pence=awarded, reasons=REASONS, feedback="" if awarded else "Invented.",
        legal_basis=bid.ground.fund.legal_basis, interests="None.", decided_by_id=bid.ground.decider_id, decided_at=bid.at,
        approved_at=bid.at, published_at=bid.at,
    )  # fmt: skip
    bid.tell("award" if awarded else "decline", bid.ground.decider_id, awarded_pence=awarded, reasons=REASONS)
    return decision_id


def award(bid: Bid) -> Grant:
    return Grant(bid, decide(bid, Outcome.AWARD))
