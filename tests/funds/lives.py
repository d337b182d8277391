"""Rounds to test with: a draft that lacks nothing but its dates, and one that is open for a while."""

from datetime import timedelta

from sqlalchemy import select

from portal.core.db import db, write
from portal.funds import actions
from portal.funds.models import Fund, Round
from tests.cast import OMAR, PRIYA, user_of


def round_called(code):
    return db.session.scalars(select(Round).where(Round.code == code)).one()


def fund_called(slug="safer-communities"):
    return db.session.scalars(select(Fund).where(Fund.slug == slug)).one()


def a_clone(code="SCF27", like="SCF26"):
    like = round_called(like)
    write(actions.begin, like.fund, code, "Safer Communities, the next round", like.kind, like, by=user_of(OMAR))
    return round_called(code)


def dated(round_, opens_at, closes_at):
    """The same with its window."""
    code = round_.code
    write(actions.save, round_, {"opens_at": opens_at, "closes_at": closes_at}, round_.edition, by=user_of(OMAR))
    return round_called(code)


def a_checked_round(frozen, code="SCF27"):
    """Opens in a day, closes in ten."""
    round_ = dated(a_clone(code), frozen.now + timedelta(days=1), frozen.now + timedelta(days=10))
    write(actions.check, round_, by=user_of(OMAR))
    return round_called(code)


def an_open_round(frozen, code="SCF27"):
    write(actions.open_round, a_checked_round(frozen, code), by=user_of(PRIYA), at_once=True)
    return round_called(code)
