"""The desk: what waits for a person, asked of the same policies and tables of moves that open the pages themselves."""

from portal.people.models import User
from portal.reporting.desk import applicants, assessors, deciders, keepers, officers
from portal.reporting.desk.piles import Pile

WAITING = (*applicants.WAITING, *assessors.WAITING, *officers.WAITING, *deciders.WAITING, *keepers.WAITING)


def waiting_for(user: User) -> list[Pile]:
    """The piles that are not empty, in the order of the process. One query for each kind of work that is theirs."""
    return [pile for whose, piles in WAITING if whose(user) for pile in piles(user) if pile.found]
