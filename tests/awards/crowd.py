"""Many recommended bids of one amount at once, and many decisions at the same moment."""

import contextvars
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import inspect

from portal.applications.models import Application, Stage
from portal.awards import actions
from portal.awards.models import Outcome
from portal.core.db import db, write
from portal.core.problems import Problem
from portal.questions.models import AnswerSet
from tests.cast import DANA, user_of
from tests.factories import a_recommended_bid

WORDS = {"reasons": "It helps.", "interests": "No interest was declared."}


def recommended_bids(count, pence):
    """The ids of so many recommended bids: copies of one that went the whole way."""
    bid = a_recommended_bid()
    columns = {column.key: getattr(bid, column.key) for column in inspect(Application).column_attrs if column.key != "id"}

    def copy():
        copies = []
        for number in range(count):
            answers = AnswerSet(version_id=bid.answer_set.version_id)
            db.session.add(answers)
            db.session.flush()
            changes = {
                "ref": f"SCF26-9{number:03}",
                "answer_set_id": answers.id,
                "requested_pence": pence,
                "stage": Stage.RECOMMENDED,
            }
            copies.append(Application(**columns | changes))
        db.session.add_all(copies)
        db.session.flush()
        return [each.id for each in copies]

    return write(copy)


def decide_all(app, bid_ids, pence, budget_id, at_once=8):
    """Decide every bid, each from its own connection, as many at once as may be; what came of each."""

    def one(bid_id):
        with app.app_context():
            bid = db.session.get(Application, bid_id)
            try:
                decision = write(actions.decide, bid, Outcome.AWARD, pence, budget_id=budget_id, by=user_of(DANA), **WORDS)
                return decision.ref
            except Problem as problem:
                return problem

    with ThreadPoolExecutor(at_once) as pool:
        waiting = [pool.submit(contextvars.copy_context().run, one, bid_id) for bid_id in bid_ids]
        return [each.result() for each in waiting]
