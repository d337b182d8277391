"""Limits over several workers: counted together in Redis, each by itself once it is gone, and per account in the database."""

import pytest

from tests.cast import ADA, BEN, PASSWORD
from tests.conftest import lack
from tests.databases import address, make_app, use
from tests.faults.breaking import redis
from tests.people.conftest import TOKEN
from tests.run import Missing

pytestmark = pytest.mark.parametrize("app", ["sqlite"], indirect=True)  # what counts per account runs on both elsewhere


@pytest.fixture
def store(tmp_path):
    """A Redis of this test's own, and its address."""
    try:
        with redis(tmp_path) as (server, url):
            yield server, url
    except Missing as missing:
        lack(missing)


@pytest.fixture
def workers(app, store):
    """Two workers of one portal, each with a browser before it."""
    portals = [make_app(address(), f"worker{number}", letters_per_address=4, jobs_url=store[1]) for number in (1, 2)]
    engines = [use(portal, address()) for portal in portals]
    yield [Knocker(portal) for portal in portals]
    for engine in engines:
        engine.dispose()


class Knocker:
    """Somebody who sends forms to one worker."""

    def __init__(self, portal):
        self.client = portal.test_client()
        self.token = TOKEN.search(self.client.get("/sign-in").text)[1]

    def ask_for_link(self):
        return self.client.post("/forgotten-password", data={"email": "", "csrf_token": self.token}).status_code

    def sign_in(self, who, password):
        data = {"email": who.email, "password": password, "csrf_token": self.token}
        return self.client.post("/sign-in", data=data).location


def test_workers_count_together_and_go_on_counting_when_redis_goes(workers, store):
    server, _ = store
    one, other = workers
    assert [one.ask_for_link(), other.ask_for_link(), one.ask_for_link(), other.ask_for_link()] == [422] * 4
    assert (one.ask_for_link(), other.ask_for_link()) == (429, 429), "four together, not four each"

    server.kill()
    server.wait()

    assert [one.ask_for_link() for _ in range(5)] == [422] * 4 + [429], "by itself, and not without a limit"
    assert other.client.get("/funds").status_code == 200
    for worker in (one, other) * 5:
        assert worker.sign_in(ADA, "not the password") is None
    assert one.sign_in(ADA, PASSWORD) is None, "ten together: the database counts for all"
    assert other.sign_in(BEN, PASSWORD) == "/desk"
