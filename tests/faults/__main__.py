"""`make faults`: try every fault on each database, print the table, and keep it in docs/faults.md."""

import os
import re
import signal
import sys
import tempfile
from pathlib import Path

from tests.bench.servers import ROOT
from tests.faults import report
from tests.faults.breaking import FAULTS
from tests.faults.trial import model_of, tried
from tests.run import Missing

KINDS = os.environ.get("FAULTS_DATABASES", "SQLite PostgreSQL").split()
ONLY = os.environ.get("FAULTS_ONLY", "")
BROWSERS, BIDS = 12, 50
WHAT = """# What happens when machines fail

`make faults` serves the portal (gunicorn), lets many people save answers and hand in bids, breaks one thing at a time, and
then asks the database for everything that anybody was told: each text that was called saved, each bid with a receipt, whole
and once, with its mails, and a chain of events that verifies. *Met instead*: answers that confirmed nothing. "503 safe" is the
page that says that what was saved is still there and offers to send the rest again; "no answer" is a line that dropped.
*Seconds to recover*: from the moment the database is back (or the process was killed) to the next confirmation, at the most.
`FAULTS_DATABASES=SQLite` chooses one database, `FAULTS_ONLY="Disk|Power"` some faults; such runs are not kept.
"""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def broken(kind: str, folder: Path) -> tuple[str, bool]:
    """The table of one database, and whether everything held."""
    model, outcomes, not_run = model_of(kind, folder / kind, BROWSERS, BIDS), [], []
    for number, fault in enumerate(each for each in FAULTS if kind in each.kinds and re.search(ONLY, each.name)):
        say(f"{kind}: {fault.name}")
        try:
            outcomes.append(tried(fault, model, folder / f"{kind}-{number}"))
            say(" | ".join(report.row_of(outcomes[-1])))
        except Missing as missing:
            not_run.append(f"{fault.name}: not run, for want of {missing}")
    return report.table(kind, outcomes, not_run), not any(map(report.wrong_with, outcomes))


def main() -> None:
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whatever was begun is ended, also when this is
    busy = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="portal-faults-", ignore_cleanup_errors=True) as name:
        os.chmod(name, 0o755)  # nosec B103 - the embedded PostgreSQL runs as somebody else
        tables = [broken(kind, Path(name)) for kind in KINDS]
    text = "\n".join([WHAT, report.about(BROWSERS, busy), *(table for table, _ in tables)])
    print(text)
    if not ONLY and len(KINDS) == 2:
        (ROOT / "docs").mkdir(exist_ok=True)
        (ROOT / "docs" / "faults.md").write_text(text)
    sys.exit(0 if all(held for _, held in tables) else "Something did not hold: see above.")


if __name__ == "__main__":
    main()
