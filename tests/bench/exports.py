"""Long downloads: rows a second, the first byte, and the memory they take above what the process held before."""

import csv
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from io import StringIO
from statistics import median

from tests.bench.client import Connection
from tests.bench.servers import forget_peak, memory_mb, worker
from tests.bench.worlds import World

LONGEST = 180  # seconds that a workbook may take


@dataclass
class Export:
    """One download."""

    name: str
    rows: int
    columns: int
    seconds: float
    first_byte: float
    megabytes: float
    memory_mb: float
    meanwhile_ms: float | None = None


def stream(world: World) -> Export:
    """The finance report as CSV, read as it comes."""
    with peak(world.process) as memory:
        begun = time.perf_counter()
        http = HTTPConnection("127.0.0.1", world.port, timeout=LONGEST)
        http.request("GET", "/reports/finance.csv", headers=world.headers["finance"])
        answer = http.getresponse()
        first = answer.read(1)
        first_byte = time.perf_counter() - begun
        text = (first + answer.read()).decode("utf-8-sig")
        seconds = time.perf_counter() - begun
    lines = list(csv.reader(StringIO(text)))
    return Export("CSV, streamed", len(lines) - 1, len(lines[0]), seconds, first_byte, len(text) / 1e6, memory[0])


def workbook(world: World) -> Export:
    """The same as a workbook, made by the worker, while an officer goes on turning pages."""
    with worker(world.environment) as process:
        memory_of_worker = memory_mb(process)
        connection, officer = world.connection("finance"), world.connection("officer")
        officer.get("/applications/")
        forget_peak(process)
        begun = time.perf_counter()
        asked = connection.post("/reports/finance.xlsx", {})
        job = asked.headers["location"]
        pages: list[float] = []
        while not (found := re.search(r'href="(/files/\d+)"', connection.get(job).text)):
            pages.append(officer.get("/applications/").seconds)
            time.sleep(0.2)
            if time.perf_counter() - begun > LONGEST:
                raise SystemExit("The workbook was not made.")
        seconds = time.perf_counter() - begun
        most = memory_mb(process, "VmHWM") - memory_of_worker
    content = connection.get(found[1])
    rows, columns = size_of(content.body)
    return Export("XLSX, as a job", rows, columns, seconds, seconds, len(content.body) / 1e6, most, median(pages) * 1000)


def size_of(workbook_: bytes) -> tuple[int, int]:
    """The rows and columns of the first sheet, as it says itself."""
    from io import BytesIO

    import openpyxl

    sheet = openpyxl.load_workbook(BytesIO(workbook_), read_only=True).worksheets[0]
    return (sheet.max_row or 1) - 1, sheet.max_column or 0


@contextmanager
def peak(process: int) -> Iterator[list[float]]:
    """How much more a process has held in between, in MB."""
    held, result = memory_mb(process), [0.0]
    forget_peak(process)
    yield result
    result[0] = memory_mb(process, "VmHWM") - held


def assets(connection: Connection) -> tuple[int, int]:
    """How many styles and scripts a page loads, and their bytes on the way."""
    page = connection.get("/").text
    paths = set(re.findall(r'<(?:link rel="stylesheet" href|script src)="([^"]+)"', page))
    bodies = {path: connection.get(path) for path in paths}
    for path, answer in list(bodies.items()):
        for name in re.findall(r'^import .* from "\./([^"]+)"', answer.text, re.MULTILINE):
            there = f"{path.rsplit('/', 1)[0]}/{name}"
            bodies[there] = connection.get(there)
    return len(bodies), sum(len(answer.body) for answer in bodies.values())
