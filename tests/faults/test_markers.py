"""However many people are signed in at once, nobody reads a word of another: 200 and 50,000 answers with LONG=1."""

import os

import pytest

from portal.core.db import db
from tests.bench.worlds import portal_with
from tests.conftest import lack
from tests.databases import COPIES, REFERENCE
from tests.faults.markers import people_with_marks, read_all
from tests.faults.sites import Site
from tests.faults.world import environment
from tests.run import Missing

LONG = bool(os.environ.get("LONG"))
PEOPLE, ANSWERS = (200, 125) if LONG else (20, 10)  # for each of the two databases


@pytest.mark.parametrize("kind", COPIES)
def test_nobody_reads_what_belongs_to_another(kind, tmp_path):
    try:
        copies = COPIES[kind](REFERENCE)
    except Missing as missing:
        lack(missing)
    settings = environment(tmp_path, copies.make(REFERENCE.name))
    app = portal_with(settings)
    with app.app_context():
        people = people_with_marks(app, PEOPLE)
        db.session.remove()
        db.engine.dispose()
    site = Site(settings, tmp_path, workers=1 if kind == "sqlite" else 2)
    try:
        read_all(people, site.port, ANSWERS)
    finally:
        site.end()
        copies.drop(settings["PORTAL_DATABASE_URL"])

    print(f"{kind}: {PEOPLE} people, {sum(person.answers for person in people):,} answers")
    assert [found for person in people for found in person.foreign] == []
    assert {found for person in people for found in person.without} == set()
    assert {person.answers for person in people} == {ANSWERS}
    assert site.traces == 0
