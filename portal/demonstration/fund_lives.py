"""What happens to funds and sources around the grants: an envelope, the cycle, changed budgets, carried money."""

from datetime import date
from typing import Any

from sqlalchemy import select

from portal.core import clock
from portal.core.db import db, write
from portal.demonstration.cast import CARA, FINN, OMAR, PRIYA, Person, user_of
from portal.demonstration.telling import Story, at, on
from portal.funds import actions
from portal.funds.models import BudgetChange, CarryOver, Fund, Phase, Source, SourceKind, Spending

SLUG = "safer-communities"
ANNOUNCED = (  # when, the total, its years, its funds
    (date(2022, 5, 13), "More than £1.4m won from the government in the first year", 140_000_000, ("2021-22", "2022-23"),
     ("victims-posts", "perpetrators"), "Cambridge Independent, 2022. What else was won is not named there; the day is assumed."),
    (date(2022, 9, 14), "Up to £730,000 to tackle local crime and disorder", 73_000_000, ("2022-23", "2022-23"),
     (SLUG, "csp-problem-solving"), "Panel report, 14 September 2022, item 6."),
)  # fmt: skip
YOUTH_FUSION = ("East Cambridgeshire used this fund and the Youth Fund together for three Youth Fusion events, in Soham, "
                "Bottisham and Littleport. Ely Standard, 2023; the sums are not published and the day is assumed.")  # fmt: skip
ASSUMED = "Assumed for the demonstration."
POINTS = {
    "owner": ("met", "Priya Shah"),
    "approval": ("met", "Decision notices are published"),
    "case": ("partly", "Two pages from 2022; to be renewed with the next plan"),
    "competition": ("not_needed", "Open to the six partnerships only, which the notice says"),
    "agreement": ("met", "Standard terms"),
    "performance": ("met", "Three measures for each grant"),
}


def told() -> tuple[Story, ...]:
    return announced(), looked_back(), in_cycle(), enlarged(), ring_fences(), carried_over()


def fund(slug: str) -> Fund:
    return db.session.scalars(select(Fund).where(Fund.slug == slug)).one()


def source(key: str) -> Source:
    return db.session.scalars(select(Source).where(Source.key == key)).one()


def announced() -> Story:
    """Funds under one total: what was won from the government, and the package of 2022."""
    for day, name, pence, years_, slugs, note in ANNOUNCED:
        yield on(day)
        facts = {
            "name": name,
            "pence": pence,
            "first_year": years_[0],
            "last_year": years_[1],
            "announced_on": None,
            "note": note,
        }
        write(announce, facts, slugs)


def announce(facts: dict[str, Any], slugs: tuple[str, ...]) -> None:
    envelope = actions.create_envelope(facts, by=user_of(PRIYA))
    for slug in slugs:
        actions.change_fund(fund(slug), {"envelope_id": envelope.id}, fund(slug).edition, by=user_of(PRIYA))


def looked_back() -> Story:
    """What came of the fund's first year, as far as it is known."""
    yield on(date(2023, 6, 30))
    write(step, Phase.REVIEW, YOUTH_FUSION)


def in_cycle() -> Story:
    """The Safer Communities Fund once round: what is needed, what is paid for, and the round that runs."""
    notes = {
        Phase.UNDERSTAND: (at(-338), "The six partnerships' assessments name anti-social behaviour and fly-tipping first."),
        Phase.PLAN: (at(-320), "Up to £5,000 a bid, answered within 10 working days; two assessors, no panel."),
        Phase.DO: (at(-300), "The rolling round is open."),
    }
    looked_at = at(-120)
    yield at(-340)
    write(lambda: actions.change_fund(fund(SLUG), {"senior_owner_id": user_of(PRIYA).id}, fund(SLUG).edition, by=user_of(OMAR)))
    for phase, (instant, note) in notes.items():
        yield instant
        write(step, phase, note)
    yield looked_at
    write(lambda: actions.answer_checklist(fund(SLUG), POINTS, fund(SLUG).edition, by=user_of(OMAR)))


def step(phase: Phase, note: str) -> None:
    actions.record_step(fund(SLUG), phase, clock.today(), note, by=user_of(OMAR))


def enlarged() -> Story:
    """More groups than expected asked for the youth fund: Priya proposes, Cara approves. Another change waits for her."""
    this, following = years()
    approved, again = at(-17, "16:20"), at(-1, "10:15")
    yield at(-18)
    terms = {"pence": 2_500_000, "over_pence": 0, "reason": "Twice as many groups as expected have begun a bid."}
    write(propose, this, terms, PRIYA)
    yield approved
    write(lambda: actions.approve(db.session.scalars(select(BudgetChange)).one(), by=user_of(CARA)))
    yield again
    reason = "One grant in ten of last year was not spent in full."
    write(propose, following, {"pence": 1_000_000, "over_pence": 100_000, "reason": reason}, FINN)


def propose(year: str, terms: dict[str, Any], who: Person) -> None:
    actions.propose(fund("youth-and-community"), source("pcc-budget"), year, terms, by=user_of(who))


def years() -> tuple[str, str]:
    """The financial year of today and the one after it, as they are before the clock is held at an earlier day."""
    this = clock.financial_year(clock.today())
    return this, clock.next_year(this)


def ring_fences() -> Story:
    """Two ring-fences of the Ministry of Justice become one from next April."""
    this, following = years()
    merged = at(-74)
    yield at(-75)
    write(describe_sources, this)
    yield merged
    write(merge, following)


def describe_sources(year: str) -> None:
    core, finn = source("moj-core"), user_of(FINN)
    facts = {"ring_fence": "Services for victims and witnesses", "carry_over": CarryOver.WITH_CONSENT,
             "conditions": f"Twice-yearly returns. Unspent money goes back unless the Ministry agrees. {ASSUMED}"}  # fmt: skip
    actions.change_source(core, facts, core.edition, by=finn)
    abuse = actions.add_source(
        {
            "name": "Ministry of Justice grant for domestic abuse and sexual violence", "kind": SourceKind.MOJ_CORE,
            "is_ring_fenced": True, "ring_fence": "Services for victims of domestic abuse and sexual violence",
            "carry_over": CarryOver.NO, "spending": Spending.REVENUE, "conditions": ASSUMED,
        },
        by=finn,
    )  # fmt: skip
    actions.set_year(abuse, year, 60_000_000, True, by=finn)


def merge(year: str) -> None:
    abuse = db.session.scalars(select(Source).where(Source.name.contains("domestic abuse"))).one()
    note = f"The Ministry's letter to all Commissioners. {ASSUMED}"
    actions.succeed(abuse, [source("moj-core")], clock.first_day_of(year), note, by=user_of(FINN))


def carried_over() -> Story:
    """What the reserve had left last year goes on into this one."""
    last = clock.financial_year(clock.add_months(clock.today(), -12))
    yield at(-70)
    write(carry, last)


def carry(year: str) -> None:
    reason = "Nothing had to be drawn last winter."
    actions.carry_over(source("community-safety-reserve"), year, 1_000_000, reason, "", by=user_of(FINN))
