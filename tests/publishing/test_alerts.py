"""E-mails about new rounds: asked for and stopped without an account, sent once, and nobody learns whose address is known."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select, text

from portal.core import jobs, texts
from portal.core.clock import DAY
from portal.core.db import db, write
from portal.core.outbox import Mail, headers_of
from portal.funds.actions import open_round
from portal.funds.models import FundArea, Round, RoundInvitation, RoundKind
from portal.people.models import Area
from portal.publishing import actions, holding
from portal.publishing.models import AlertRequest, RoundAlert, Subscriber
from tests.cast import ADA, PRIYA, user_of
from tests.timing import least_seconds

WEN = "wen@allotments.example"


def ask(client, email: str = WEN, **chosen: list[str]):
    return client.post("/alerts", data={"email": email, **chosen})


def link_in(mail: Mail) -> str:
    return re.search(r"http://127\.0\.0\.1:8000(/alerts/\S+)", mail.body)[1]


def subscribe(email: str = WEN, kinds: tuple[str, ...] = (), areas: tuple[int, ...] = ()) -> None:
    """Asked for and confirmed."""
    write(actions.ask_for_alerts, email, list(kinds), list(areas))
    write(lambda: actions.confirm(db.session.scalars(select(AlertRequest).where(AlertRequest.email == email)).all()[-1]))


def coming() -> Round:
    return db.session.scalars(select(Round).where(Round.code == "YCF27")).one()


def open_coming(frozen) -> None:
    """Priya opens the round that was announced, at its hour."""
    frozen.at(coming().opens_at)
    write(open_round, coming(), by=user_of(PRIYA))


def to(outbox, template: str) -> list[str]:
    return [mail.to_address for mail in outbox() if mail.template == f"publishing/{template}"]


def test_somebody_asks_confirms_gets_an_alert_and_stops_with_one_click(as_user, outbox, frozen):
    visitor = as_user(None)
    assert ask(visitor).location == "/alerts/asked"
    link = link_in(outbox()[0])
    assert "Confirm that you want these e-mails" in visitor.get(link).text
    assert db.session.scalar(select(Subscriber)) is None  # looking is not confirming: scanners open every link
    assert visitor.post(link).status_code == 303
    assert "You will hear from us" in visitor.get(link).text
    assert visitor.post(link).status_code == 303  # a second click meets the same page

    open_coming(frozen)
    (alert,) = [mail for mail in outbox() if mail.template == "publishing/opened"]
    assert alert.subject == "Open for applications: Youth and Community Fund, second round"
    assert "/funds/youth-and-community/rounds/YCF27" in alert.body
    assert headers_of(alert) == {
        "List-Unsubscribe": f"<{alert.unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }  # fmt: skip

    robot = as_user(None)
    reply = robot.raw_post(alert.unsubscribe.removeprefix("http://127.0.0.1:8000"), data={"List-Unsubscribe": "One-Click"})
    assert reply.status_code == 200
    assert "Set-Cookie" not in reply.headers
    assert db.session.scalar(select(Subscriber)) is None


def test_the_link_in_an_alert_shows_a_button_and_stops_only_when_it_is_pressed(as_user, outbox, frozen):
    subscribe()
    open_coming(frozen)
    link, visitor = link_in(outbox()[-1]), as_user(None)
    assert "Stop these e-mails" in visitor.get(link).text
    assert visitor.get(f"{link}/one-click").location == link
    assert db.session.scalar(select(Subscriber)) is not None
    for _ in range(2):
        assert visitor.post(link).location == "/alerts/stopped"
    assert db.session.scalar(select(Subscriber)) is None
    assert visitor.get(link).status_code == 410


def test_the_address_for_mail_programs_only_stops_and_only_when_asked_in_their_way(as_user, outbox, frozen):
    subscribe()
    subscribe("other@river.example")
    open_coming(frozen)
    address = outbox()[-2].unsubscribe.removeprefix("http://127.0.0.1:8000")
    robot = as_user(None)
    for sent in ({}, {"List-Unsubscribe": "no"}, {"email": "other@river.example"}):
        assert robot.raw_post(address, data=sent).status_code == 400
    assert robot.raw_post(f"{address[:-20]}x{address[-19:]}", data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert len(db.session.scalars(select(Subscriber)).all()) == 2
    robot.raw_post(address, data={"List-Unsubscribe": "One-Click", "email": "other@river.example"})
    assert [each.email for each in db.session.scalars(select(Subscriber))] == ["other@river.example"]


def test_a_link_of_somebody_who_stopped_does_not_stop_whoever_came_after(as_user, outbox, frozen):
    subscribe()
    open_coming(frozen)
    old = link_in(outbox()[-1])
    as_user(None).post(old)
    frozen.move(days=1)
    subscribe("new@river.example")
    assert as_user(None).get(old).status_code == 410
    as_user(None).post(old)
    assert db.session.scalars(select(Subscriber.email)).all() == ["new@river.example"]


def test_nobody_learns_whether_an_address_is_known(as_user, outbox):
    subscribe()
    answers = [ask(as_user(None), email) for email in (WEN, "nobody@river.example", ADA.email, WEN.upper())]
    assert {(reply.status_code, reply.location, reply.data) for reply in answers} == {(303, "/alerts/asked", answers[0].data)}
    known, unknown = outbox()[-4], outbox()[-3]
    assert "You get such e-mails already" in known.body
    assert "You get such e-mails already" not in unknown.body


def test_asking_again_changes_what_is_told_once_it_is_confirmed(as_user, app):
    subscribe(kinds=("csp",))
    write(actions.ask_for_alerts, WEN, ["charity"], [])
    assert db.session.scalars(select(Subscriber)).one().kinds == ["csp"]
    subscribe(kinds=("charity",))
    assert db.session.scalars(select(Subscriber)).one().kinds == ["charity"]


def test_letters_to_one_address_end_for_the_day(as_user, outbox):
    replies = {ask(as_user(None)).location for _ in range(8)}
    assert replies == {"/alerts/asked"}
    assert to(outbox, "confirm") == [WEN] * 5


def test_one_network_address_may_not_ask_without_end(app, as_user):
    often, knocking = app.extensions["settings"].letters_per_address, as_user(None)
    knocking.environ_base["REMOTE_ADDR"] = "192.0.2.77"
    replies = [ask(knocking, "wen").status_code for _ in range(often + 1)]
    assert replies == [422] * often + [429]
    assert knocking.get("/alerts").status_code == 200  # looking is free


@pytest.mark.parametrize(("sent", "says"), [
    ({"email": ""}, "Enter an e-mail address"), ({"email": "wen"}, "Enter an e-mail address in full"),
    ({"email": WEN, "kinds": ["pirates"]}, "Choose from the list"), ({"email": WEN, "areas": ["0"]}, "Choose from the list"),
])  # fmt: skip
def test_what_cannot_be_asked_is_said_beside_its_field(as_user, outbox, sent, says):
    reply = as_user(None).post("/alerts", data=sent)
    assert reply.status_code == 422
    assert says in reply.text
    assert outbox() == []


def test_each_hears_of_what_they_asked_for(app, outbox, frozen):
    fenland, cambridge = (db.session.scalars(select(Area.id).where(Area.name == name)).one() for name in ("Fenland", "Cambridge"))
    write(lambda: db.session.add(FundArea(fund_id=coming().fund_id, area_id=fenland)))
    wishes = {"all": {}, "charity": {"kinds": ("charity",)}, "csp": {"kinds": ("csp",)},
              "fenland": {"areas": (fenland, cambridge)},
              "cambridge": {"areas": (cambridge,)}, "both": {"kinds": ("charity",), "areas": (cambridge,)}}  # fmt: skip
    for name, wish in wishes.items():
        subscribe(f"{name}@river.example", **wish)
    open_coming(frozen)
    assert to(outbox, "opened") == [f"{name}@river.example" for name in ("all", "charity", "fenland")]


def test_a_round_is_told_of_once_whatever_happens_to_it_later(app, outbox, frozen):
    subscribe()
    open_coming(frozen)
    write(lambda: actions.tell_of(coming(), by=user_of(PRIYA)))
    assert to(outbox, "opened") == [WEN]
    assert db.session.scalars(select(RoundAlert).where(RoundAlert.round_id == coming().id)).one().subscribers == 1


def test_a_round_that_nobody_may_apply_to_is_not_told_of(app, outbox, frozen):
    subscribe()

    def award_directly() -> None:
        coming().kind = RoundKind.DIRECT
        db.session.add(RoundInvitation(
            round=coming(), organisation=user_of(ADA).memberships[0].organisation, justification="Nobody else is there.",
            invited_at=frozen.now, invited_by=user_of(PRIYA),
        ))  # fmt: skip

    write(award_directly)
    open_coming(frozen)
    assert to(outbox, "opened") == []


def test_three_hundred_alerts_are_queued_within_a_second(app, outbox, frozen):
    people = [{"email": f"reader{number:03}@river.example", "at": frozen.now} for number in range(300)]
    write(
        lambda: db.session.add_all(
            Subscriber(email=each["email"], kinds=[], area_ids=[], confirmed_at=each["at"]) for each in people
        )
    )
    took = least_seconds(lambda: open_coming(frozen), times=1)
    assert len(set(to(outbox, "opened"))) == 300
    assert took < 1


def test_what_was_not_confirmed_is_wiped_after_three_days(app, frozen):
    write(actions.ask_for_alerts, WEN, [], [])
    frozen.move(days=2)
    jobs.sweep()
    assert db.session.scalar(select(AlertRequest)) is not None
    frozen.move(days=1, minutes=1)
    jobs.sweep()
    assert db.session.scalar(select(AlertRequest)) is None


def test_a_link_to_confirm_is_over_after_three_days(as_user, outbox, frozen):
    ask(as_user(None))
    frozen.move(days=3, minutes=1)
    link = link_in(outbox()[0])
    assert as_user(None).get(link).status_code == as_user(None).post(link).status_code == 410
    assert db.session.scalar(select(Subscriber)) is None


def test_what_is_held_of_a_person_is_told_and_goes_when_they_are_erased(app):
    subscribe(kinds=("charity",))
    (part,) = holding.tell(SimpleNamespace(email=WEN.upper()))
    assert [each["address"] for each in part.rows] == [WEN]
    write(texts.take_out, texts.where_found([WEN]), [WEN], "Person erased 1")
    assert db.session.execute(text("SELECT count(*) FROM subscriber")).scalar() == 0


def test_the_database_holds_no_link_that_confirms(app, outbox):
    write(actions.ask_for_alerts, WEN, [], [])
    token = link_in(outbox()[0]).rsplit("/", 1)[1]
    request = db.session.scalars(select(AlertRequest)).one()
    assert token not in (request.token_digest, request.email)
    assert request.expires_at - request.asked_at == timedelta(days=3) == 3 * DAY
