"""Many people at once, each with a mark in everything that is theirs: who reads another's mark reads what is not theirs."""

import re
import threading
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import cycle, islice
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import select

from portal.applications import actions as applications
from portal.core import clock
from portal.core.clock import DAY
from portal.core.db import db, write
from portal.funds.models import Round
from portal.people.models import Membership, Organisation, OrganisationKind, Right, User
from portal.questions.published import sections_of
from tests.bench.worlds import signed_in
from tests.faults.people import PATIENCE

ROUND = "YCF26"
MARK = re.compile(r"marked-\d{4}")
RIGHTS = (Right.LEAD, Right.ADMINISTRATOR)


@dataclass
class Marked:
    """One person with a browser, and what their pages have said."""

    mark: str
    headers: dict[str, str]
    ref: str
    question: int
    answers: int = 0
    without: list[str] = field(default_factory=list)  # pages that should have shown their own mark
    foreign: list[str] = field(default_factory=list)  # what showed somebody else's

    @property
    def pages(self) -> list[str]:
        bid = f"/applications/{self.ref}"
        return [
            "/account",
            "/desk",
            "/applications/",
            bid,
            "/people/",
            f"{bid}/check",
            "/account/sign-ins",
            "/applications/export.csv",
        ]


def people_with_marks(app: Flask, count: int) -> list[Marked]:
    """So many people, each with an organisation and a bid of their own."""
    round_ = db.session.scalars(select(Round).where(Round.code == ROUND)).one()
    write(lambda: setattr(round_, "closes_at", clock.now() + DAY))  # whenever the data it came with was made
    made = []
    for number in range(count):
        mark = f"marked-{number:04}"
        user, organisation = write(one_more, mark)
        answers = {each.id: each.passing for each in round_.eligibility}
        write(applications.answer_eligibility, round_, organisation, answers, by=user)
        bid = write(applications.start, round_, organisation, by=user)
        question = next(
            each.id
            for section in sections_of(bid.answer_set.version_id)
            for each in section.questions
            if each.kind == "long_text" and each.group_id is None
        )
        made.append(Marked(mark, signed_in(app, user), bid.ref, question))
    return made


def one_more(mark: str) -> tuple[User, Organisation]:
    user = User(email=f"{mark}@trust.example", name=f"Sam {mark}", fs_uniquifier=mark, active=True)
    organisation = Organisation(key=mark, name=f"Trust {mark}", kind=OrganisationKind.CHARITY, identifier="1123456")
    db.session.add_all([user, organisation])
    db.session.flush()
    db.session.add_all(
        Membership(user_id=user.id, organisation_id=organisation.id, right=right, from_on=clock.today()) for right in RIGHTS
    )
    return user, organisation


def read(person: Marked, port: int, answers: int) -> None:
    """Ask for so many answers over one connection, every fourth of them a save; look at each for marks."""
    http = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    for number, page in enumerate(islice(cycle(person.pages), answers)):
        if number % 4 == 3:
            reply = save(http, person, edition=number // 4)
        else:
            http.request("GET", page, headers=person.headers)
            reply = http.getresponse().read().decode()
            if person.mark not in reply:
                person.without.append(page)
        person.answers += 1
        person.foreign += [f"{page}: {mark}" for mark in set(MARK.findall(reply)) - {person.mark}]
    http.close()


def save(http: HTTPConnection, person: Marked, edition: int) -> str:
    form = {f"answer-{person.question}": f"{person.mark} says {edition}", f"edition-{person.question}": str(edition)}
    http.request("POST", f"/applications/{person.ref}/answers/{person.question}/0", urlencode(form), person.headers | {
        "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true", "HX-Target": f"answer-{person.question}",
    })  # fmt: skip
    answer = http.getresponse()
    text = answer.read().decode()
    if answer.status != 200:
        person.without.append(f"a save answered {answer.status}")
    return text


def read_all(people: list[Marked], port: int, answers: int) -> None:
    """Everybody at once."""
    threads = [threading.Thread(target=read, args=(person, port, answers), daemon=True) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
