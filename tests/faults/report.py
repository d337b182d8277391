"""The table as it is printed and kept in docs/faults.md."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from tests.bench.report import markdown
from tests.faults.trial import Outcome

HEAD = ("Fault", "Requests", "Told saved", "Told submitted", "Lost", "Doubled", "Met instead", "Seconds to recover")


def table(kind: str, outcomes: Sequence[Outcome], not_run: Sequence[str]) -> str:
    text = f"## {kind}\n\n{markdown(HEAD, [row_of(each) for each in outcomes])}\n"
    found = [sentence for each in outcomes for sentence in wrong_with(each)]
    return text + "".join(f"\n- {sentence}" for sentence in [*found, *not_run]) + ("\n" if found or not_run else "")


def row_of(outcome: Outcome) -> list[str]:
    ledger, verdict = outcome.ledger, outcome.verdict
    met = ", ".join(f"{count} × {kind}" for kind, count in sorted(ledger.kinds.items())) or "nothing"
    worst = f"{max(outcome.recoveries):.1f}" if outcome.recoveries else ""
    return [outcome.fault, f"{ledger.requests:,}", f"{len(ledger.saved):,}", f"{len(ledger.submitted):,}",
            str(len(verdict.lost)), str(len(verdict.doubled)), met, worst]  # fmt: skip


def wrong_with(outcome: Outcome) -> list[str]:
    """A sentence for each thing that must not be."""
    verdict = outcome.verdict
    found = [f"lost {each}" for each in verdict.lost[:5]] + [f"doubled {each}" for each in verdict.doubled[:5]]
    found += verdict.broken[:5] + [f"{count} people met {kind}" for kind, count in outcome.unseemly.items()]
    return [f"{outcome.fault}: {sentence}" for sentence in found]


def about(browsers: int, busy: float) -> str:
    """When and on what it was tried."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in ("flask", "sqlalchemy", "gunicorn", "psycopg"))
    return (
        f"Tried on {datetime.now(UTC):%d %B %Y} with {os.cpu_count()} processors, {memory:.0f} GB of memory, "
        f"Python {platform.python_version()}, {packages}.\n{browsers} browsers at once, each sending again what was not "
        f"confirmed; people, portal and database share the machine (its load was {busy:.1f} before we began).\n"
    )
