"""`make bench`: measure, print one table for each database, and keep it in docs/bench.md."""

import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench import exports, report
from tests.bench.client import Connection, burst
from tests.bench.servers import ROOT, server
from tests.bench.targets import Target, targets
from tests.bench.worlds import build

QUICK = bool(os.environ.get("BENCH_QUICK"))
SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "1000 5000" if QUICK else "1000 10000 100000").split()]
KINDS = os.environ.get("BENCH_DATABASES", "SQLite PostgreSQL").split()
ROUNDS, REQUESTS, BURST_SECONDS = (2, 8, 0.3) if QUICK else (5, 20, 0.8)
CONNECTIONS = 4
WHAT = """# How fast it is

`make bench` makes databases of each size, serves each as the portal is served (gunicorn, one process with {threads} threads),
and asks for every page signed in, in turns. p50 and p95: one client, one request after the other. Requests/s: a short burst
over {connections} connections. The ratios compare p50 with two floors that the same server answers: a bare Flask "hello", and
a small page of one row by Flask, Jinja and SQLAlchemy. Queries are counted by a wrapper of the bench, not by the product.
`BENCH_SIZES="1000 10000"` chooses other sizes, `BENCH_QUICK=1` a run of a few minutes, `BENCH_DATABASES=SQLite` one database.
"""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def measured(kind: str) -> str:
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name, ExitStack() as stack:
        os.chmod(name, 0o755)  # nosec B103 - the embedded PostgreSQL runs as somebody else
        worlds = build(kind, sorted(SIZES), Path(name), say)
        for world in worlds:
            world.port, world.process = stack.enter_context(server("tests.bench.counted:app()", world.environment))
        floor, _ = stack.enter_context(server("tests.bench.floors:app()", worlds[0].environment))
        chosen = list(targets(worlds, lambda: Connection(floor)))
        measure(chosen)
        found = [exports.stream(worlds[-1]), exports.workbook(worlds[-1])]
        return report.table(kind, chosen, found, worlds, exports.assets(worlds[0].connection("officer")))


def measure(chosen: list[Target]) -> None:
    """Every target a little in every round, so that a busy moment of the machine falls on all alike."""
    lines = {id(target): [target.connect() for _ in range(1 + CONNECTIONS)] for target in chosen}
    for target in chosen:
        look_once(target, lines[id(target)][0])
    for number in range(ROUNDS):
        say(f"Round {number + 1} of {ROUNDS}")
        for target in chosen:
            first, *others = lines[id(target)]
            target.seconds += [target.asked(first).seconds for _ in range(REQUESTS)]
            target.rates.append(burst([lambda each=each, target=target: target.asked(each) for each in others], BURST_SECONDS))


def look_once(target: Target, connection: Connection) -> None:
    """Warm up; and note what does not change from one request to the next."""
    for _ in range(3):
        answer = target.asked(connection)
    target.queries, target.packed_size, target.size = answer.queries, len(answer.body), len(answer.text.encode())


def main() -> None:
    busy = os.getloadavg()[0]
    tables = [measured(kind) for kind in KINDS]
    what = WHAT.format(threads=8, connections=CONNECTIONS)
    text = "\n".join([what, report.about(ROUNDS, busy), *tables])
    print(text)
    if not QUICK:
        (ROOT / "docs").mkdir(exist_ok=True)
        (ROOT / "docs" / "bench.md").write_text(text)


if __name__ == "__main__":
    main()
