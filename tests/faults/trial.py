"""One fault, tried: people work, it strikes, it is mended, and the checker compares."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from portal.core.db import db
from tests.bench.worlds import portal_with
from tests.faults import disks
from tests.faults.breaking import Fault, Scene, redis
from tests.faults.people import Applicant
from tests.faults.proxy import Proxy
from tests.faults.sites import Site
from tests.faults.stores import STORES, PostgresStore, Store, megabytes
from tests.faults.told import Ledger, Verdict, compare
from tests.faults.world import Seat, environment, fill

WARM_UP = 2  # texts that each has saved before the blow
LONGEST = 30  # seconds that this may take
SPARE_MB = 48  # what a small disk has left for the work
SAVES = 5  # before a bid is handed in


@dataclass
class Model:
    """A filled database that is copied for every fault."""

    store: Store
    seats: list[Seat]
    clerk: dict[str, str]


@dataclass
class Outcome:
    """One row of the table."""

    fault: str
    ledger: Ledger
    verdict: Verdict
    recoveries: list[float] = field(default_factory=list)
    cuts: int = 0

    @property
    def unseemly(self) -> dict[str, int]:
        """What people met besides the page that says what is safe, or no answer at all."""
        return {kind: count for kind, count in self.ledger.kinds.items() if kind not in ("503 safe", "no answer")}


def model_of(kind: str, folder: Path, browsers: int, bids: int) -> Model:
    store = STORES[kind](folder)
    store.start()
    seats, clerk = fill(environment(folder, store.url), browsers, bids)
    if isinstance(store, PostgresStore):
        store.quiet()
    return Model(store, seats, clerk)


def tried(fault: Fault, model: Model, folder: Path, times: int | None = None) -> Outcome:
    folder.mkdir()
    folder.chmod(0o755)
    ledger = Ledger()
    with ExitStack() as stack:
        place = stack.enter_context(disk_for(fault, model, folder))
        copied = type(model.store)(place).copied_from(model.store)
        disks.settle(place)
        store = stack.enter_context(running(copied))
        proxy, url = proxied(store) if fault.is_proxied else (None, store.url)
        queue, jobs_url = stack.enter_context(redis(folder)) if fault.has_queue else (None, "")
        settings = environment(folder, url, jobs_url=jobs_url)
        site = Site(settings, folder, store.workers)
        stack.callback(site.end)
        scene = Scene(place, store, site, ledger, proxy, queue, model.clerk, times)
        with working([replace(seat, bids=[*seat.bids]) for seat in model.seats], site, ledger):
            warm_up(ledger, WARM_UP * len(model.seats))
            fault.strike(scene)
        if proxy is not None:
            proxy.end()
        verdict = looked_at(fault, scene, folder)
        return Outcome(fault.name, ledger, verdict, scene.recoveries, proxy.cuts if proxy else 0)


def warm_up(ledger: Ledger, texts: int) -> None:
    until = time.monotonic() + LONGEST
    while len(ledger.saved) < texts and time.monotonic() < until:
        time.sleep(0.02)


@contextmanager
def disk_for(fault: Fault, model: Model, folder: Path) -> Iterator[Path]:
    size = megabytes(model.store.data) + SPARE_MB
    if fault.disk == "small":
        with disks.small(folder / "disk", size) as place:
            yield place
    elif fault.disk == "image":
        with disks.image(folder / "disk", 2 * size) as place:
            yield place
    else:
        yield folder


@contextmanager
def running(store: Store) -> Iterator[Store]:
    store.start()
    try:
        yield store
    finally:
        store.stop()


def proxied(store: Store) -> tuple[Proxy, str]:
    assert isinstance(store, PostgresStore)
    proxy = Proxy(store.socket)
    url = store.address.set(query={}, host="127.0.0.1", port=proxy.port)
    return proxy, url.render_as_string(hide_password=False)


@contextmanager
def working(seats: Sequence[Seat], site: Site, ledger: Ledger) -> Iterator[None]:
    stop = threading.Event()
    people = [Applicant(site.port, seat, ledger, SAVES, stop) for seat in seats]
    for each in people:
        each.start()
    try:
        yield
    finally:
        stop.set()
        for each in people:
            each.join(1 if site.is_frozen else 40)


def looked_at(fault: Fault, scene: Scene, folder: Path) -> Verdict:
    """The checker's findings; after a power cut, on what the disk had held at that moment."""
    if not fault.is_final:
        scene.site.end()
        return checked(scene.store, scene.ledger, folder)
    with disks.after_power_cut(scene.folder) as disk:
        scene.site.end()
        if isinstance(scene.store, PostgresStore):
            scene.store.end_frozen()
        with running(type(scene.store)(disk)) as store:
            return checked(store, scene.ledger, folder)


def checked(store: Store, ledger: Ledger, folder: Path) -> Verdict:
    app = portal_with(environment(folder, store.url))
    with app.app_context():
        verdict = compare(ledger)
        db.session.remove()
        db.engine.dispose()
    verdict.broken += store.problems()
    return verdict
