"""What is asked for: each row of the table, with who asks and on which world."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from statistics import median, quantiles

from tests.bench.client import Answer, Connection
from tests.bench.worlds import World

Ask = Callable[[Connection], Answer]
LISTS = {
    "List of bids, first page": "/applications/",
    "List, last page": "/applications/?last=1",
    "List, sorted by reference": "/applications/?sort=reference",
    "List, one stage (1 bid in 10)": "/applications/?stage=submitted",
    "List, one fund (few bids)": "/applications/?fund=safer-communities",
    "List, searched: an applicant (1 in 200)": "/applications/?q=organisation+008",
    "List, searched: two words (1 in 9)": "/applications/?q=mill+lane",
}
PUBLIC = {
    "The start page, of a visitor": "/",
    "Funds, of a visitor": "/funds",
    "Funds, searched and chosen from": "/funds?q=young&who=charity&needs=100000",
    "A fund, of a visitor": "/funds/safer-communities",
    "A round, of a visitor": "/funds/safer-communities/rounds/SCF22",
    "A guide to print": "/funds/youth-and-community/rounds/YCF26/guide",
    "The feed of rounds": "/funds/feed.atom",
}


@dataclass
class Target:
    """One row of the table, and what was measured for it."""

    name: str
    ask: Ask
    connect: Callable[[], Connection]
    status: int = 200
    bids: int | None = None
    seconds: list[float] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    queries: int = 0
    size: int = 0
    packed_size: int = 0

    def asked(self, connection: Connection) -> Answer:
        answer = self.ask(connection)
        if answer.status != self.status:
            raise SystemExit(f"{self.name}: answered {answer.status} instead of {self.status}\n{answer.text[:2000]}")
        return answer

    @property
    def p50_ms(self) -> float:
        return median(self.seconds) * 1000

    @property
    def p95_ms(self) -> float:
        return quantiles(self.seconds, n=20)[-1] * 1000


def getting(path: str) -> Ask:
    return lambda connection: connection.get(path)


def targets(worlds: list[World], floors: Callable[[], Connection]) -> Iterator[Target]:
    yield Target("Floor: Flask, hello", getting("/hello"), floors)
    yield Target("Floor: Flask, Jinja, SQLAlchemy, one row", getting("/row/1"), floors)
    for name, path in LISTS.items():
        for world in worlds:
            yield of(world, "officer", name, getting(path), world.bids)
    for world in worlds:
        yield of(world, "finance", "Finance report", getting("/reports/finance"), world.bids)
    yield from single_pages(worlds[-1])


def of(world: World, person: str, name: str, ask: Ask, bids: int | None = None, status: int = 200) -> Target:
    return Target(name, ask, lambda: world.connection(person), status, bids)


def single_pages(world: World) -> Iterator[Target]:
    refs = world.refs
    yield of(world, "officer", "A fund's page", getting("/commissioning/funds/youth-and-community"))
    yield of(world, "officer", "The list of funds", getting("/commissioning/"))
    yield of(world, "officer", "A bid's page, of the office", getting(f"/assessment/{refs['scoring']}"))
    yield of(world, "applicant", "A bid's page, of the applicant", getting(f"/applications/{refs['draft']}"))
    yield of(world, "applicant", "A form page, 8 questions", getting(f"/applications/{refs['draft']}/sections/partnership"))
    yield of(world, "applicant", "An autosave", autosave(refs))
    yield of(world, "assessor", "The score form", getting(f"/assessment/{refs['scoring']}/score"))
    yield of(world, "assessor", "A score saved", save_score(refs))
    yield of(world, "officer", "A grant's file", getting(f"/grants/{refs['grant']}"))
    yield of(world, "officer", "The desk of an officer", getting("/desk"))
    yield of(world, "nobody", "The sign-in page", getting("/sign-in"))
    yield of(world, "nobody", "Signing in with a passkey, the page", getting("/sign-in/passkey"))
    for name, path in PUBLIC.items():
        yield of(world, "visitor", name, getting(path))
    yield of(world, "applicant", "One's account", getting("/account"))
    yield of(world, "applicant", "Where one is signed in", getting("/account/sign-ins"))
    yield of(world, "applicant", "One's passkeys", getting("/account/passkeys"))
    yield of(world, "officer", "The list of people", getting("/people/"))


class Saving:
    """Saves something else each time; each connection on a question or criterion of its own, as people do."""

    def __init__(self, path: str, ids: list[str], form: Callable[[str, int], dict[str, str]]) -> None:
        self.path, self.form, self.free = path, form, iter(ids)
        self.mine: dict[int, tuple[str, Iterator[int]]] = {}

    def __call__(self, connection: Connection) -> Answer:
        if id(connection) not in self.mine:
            self.mine[id(connection)] = (next(self.free), count())
        number, times = self.mine[id(connection)]
        return connection.post(
            f"{self.path}/{number}", self.form(number, next(times)), HX_Request="true", HX_Target=f"answer-{number}"
        )


def autosave(refs: dict[str, str]) -> Ask:
    def form(question: str, edition: int) -> dict[str, str]:
        return {f"answer-{question[:-2]}": f"{edition} Mill Lane, March", f"edition-{question[:-2]}": str(edition)}

    return Saving(f"/applications/{refs['draft']}/answers", [f"{each}/0" for each in refs["questions"].split()], form)


def save_score(refs: dict[str, str]) -> Ask:
    def form(criterion: str, edition: int) -> dict[str, str]:
        return {f"points-{criterion}": str(edition % 6), f"justification-{criterion}": f"Reason {edition}",
                f"edition-{criterion}": str(edition)}  # fmt: skip

    return Saving(f"/assessment/{refs['scoring']}/score", refs["criteria"].split(), form)
