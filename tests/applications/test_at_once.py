"""Two who press at the same moment: one bid begun, one handed in, no text overwritten unseen or left out of the snapshot."""

from functools import partial

from sqlalchemy import func, select

from portal.applications import actions
from portal.applications.lists import latest_snapshot
from portal.applications.models import Application, Snapshot, Stage
from portal.core.db import db, write
from portal.core.problems import NotNow
from portal.funds.models import Round
from portal.people.models import Organisation
from portal.questions.actions import Overtaken
from tests.applications.forms import item, key, reload
from tests.at_once import at_once
from tests.cast import ADA, BEN, user_of
from tests.factories import a_complete_draft, a_draft


def save(bid_id, question_id, text, who, edition=0):
    bid = db.session.get(Application, bid_id)
    write(actions.save_answer, bid, question_id, 0, [text], edition=edition, by=user_of(who))
    return "saved"


def submit(bid_id):
    write(actions.submit, db.session.get(Application, bid_id), by=user_of(ADA))
    return "submitted"


def count_of(model):
    return db.session.scalar(select(func.count()).select_from(model))


def test_two_who_save_one_answer_leave_one_text_and_see_both(app):
    bid = a_draft(ADA)
    bid_id, asked = bid.id, int(key(bid, "title"))

    found = at_once(app, [partial(save, bid_id, asked, f"By {who.name}", who) for who in (ADA, BEN)])

    assert "saved" in found
    (overtaken,) = (each for each in found if isinstance(each, Overtaken))
    assert {overtaken.mine, item(reload(bid), "title").raw} == {"By Ada Khan", "By Ben Carter"}


def test_six_clicks_on_submit_hand_in_once(app, as_user, outbox, verbs_about):
    bid = a_complete_draft(ADA)
    path, letters = f"/applications/{bid.ref}/submit", len(outbox())
    browsers = [as_user(ADA) for _ in range(6)]

    found = at_once(app, [lambda browser=browser: browser.post(path) for browser in browsers])

    assert {(reply.status_code, reply.location) for reply in found} == {(303, f"/applications/{bid.ref}/receipt")}
    assert count_of(Snapshot) == 1
    assert len(outbox()) - letters == 2
    assert verbs_about(bid).count("application.submit") == 1


def test_what_is_saved_while_a_bid_is_handed_in_is_in_it_or_refused(app):
    bid = a_complete_draft(ADA)
    bid_id, asked = bid.id, int(key(bid, "title"))
    edition = item(bid, "title").edition

    found = at_once(app, [partial(save, bid_id, asked, "At the last moment", BEN, edition), partial(submit, bid_id)])

    assert found[1] == "submitted"
    assert found[0] == "saved" or isinstance(found[0], NotNow)
    told = [each["shown"] for part in latest_snapshot(reload(bid)).content for each in part["items"] if each["code"] == "title"]
    assert told == [item(bid, "title").raw]
    assert reload(bid).stage is Stage.SUBMITTED


def test_two_presses_begin_one_bid(app):
    def begin():
        round_ = db.session.scalars(select(Round).where(Round.code == "SCF26")).one()
        organisation = db.session.scalars(select(Organisation).where(Organisation.key == ADA.organisation)).one()
        return write(actions.start, round_, organisation, 0, by=user_of(ADA)).ref

    found = at_once(app, [begin] * 3)

    assert len(set(found)) == 1, found
    assert count_of(Application) == 1
