"""The table as it is printed and kept in docs/bench.md."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from tests.bench.exports import Export
from tests.bench.targets import Target
from tests.bench.worlds import World

HEAD = ("Page", "Bids", "Requests/s", "p50 ms", "p95 ms", "Queries", "HTML bytes", "sent", "× one row", "× hello")
EXPORT_HEAD = (
    "Download",
    "Rows",
    "Columns",
    "Seconds",
    "Rows/s",
    "First byte s",
    "MB",
    "Memory over idle MB",
    "List meanwhile, p50 ms",
)


def table(
    kind: str, targets: Sequence[Target], exports: Sequence[Export], worlds: Sequence[World], assets: tuple[int, int]
) -> str:
    hello, floor = targets[0], targets[1]
    lines = [row_of(each, hello, floor) for each in targets]
    text = f"## {kind}\n\n{markdown(HEAD, lines)}\n\n{markdown(EXPORT_HEAD, [export_row(each) for each in exports])}\n\n"
    text += f"Styles and scripts of a page: {assets[0]} files, {assets[1] / 1000:.1f} KB as sent.\n"
    added = ", ".join(f"{world.added:,} in {world.seconds:.0f} s" for world in worlds)
    return text + f"Synthetic bids added: {added}.\n"


def row_of(target: Target, hello: Target, floor: Target) -> list[str]:
    rate = sorted(target.rates)[len(target.rates) // 2]
    return [
        target.name, f"{target.bids:,}" if target.bids else "", f"{rate:,.0f}", f"{target.p50_ms:.1f}", f"{target.p95_ms:.1f}",
        str(target.queries), f"{target.size:,}", f"{target.packed_size:,}", f"{target.p50_ms / floor.p50_ms:.1f}",
        f"{target.p50_ms / hello.p50_ms:.0f}",
    ]  # fmt: skip


def export_row(export: Export) -> list[str]:
    meanwhile = "" if export.meanwhile_ms is None else f"{export.meanwhile_ms:.1f}"
    return [
        export.name, f"{export.rows:,}", str(export.columns), f"{export.seconds:.1f}", f"{export.rows / export.seconds:,.0f}",
        f"{export.first_byte:.2f}", f"{export.megabytes:.1f}", f"{export.memory_mb:.0f}", meanwhile,
    ]  # fmt: skip


def markdown(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A table that reads well as it is: the first column to the left, numbers to the right."""
    widths = [max(len(line[place]) for line in [head, *lines]) for place in range(len(head))]
    rule = [f"{'-' * widths[0]}", *(f"{'-' * (width - 1)}:" for width in widths[1:])]

    def row(line: Sequence[str]) -> str:
        cells = [line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))]
        return f"| {' | '.join(cells)} |"

    return "\n".join([row(head), f"| {' | '.join(rule)} |", *(row(line) for line in lines)])


def about(rounds: int, busy: float) -> str:
    """When and on what it was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    packages = ", ".join(f"{name} {version(name)}" for name in ("flask", "sqlalchemy", "jinja2", "gunicorn"))
    return (
        f"Measured on {datetime.now(UTC):%d %B %Y} with {os.cpu_count()} processors, {memory:.0f} GB of memory, "
        f"Python {platform.python_version()}, {packages}. Client, server and database share the machine"
        f" (its load was {busy:.1f} before we began). Medians of {rounds} interleaved rounds.\n"
    )
