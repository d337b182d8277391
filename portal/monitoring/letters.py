"""E-mails about returns: to those who report, and to the office."""

from collections.abc import Sequence

from portal.core import outbox, reminding
from portal.monitoring.models import Return
from portal.people.lists import holders_of, members_of
from portal.people.models import OfficeRole, Right, User


def reporters(return_: Return) -> Sequence[User]:
    award = return_.award
    return members_of(award.partnership_id or award.recipient_id, Right.LEAD, Right.CONTRIBUTOR)


def tell_overdue(return_: Return) -> None:
    outbox.send("monitoring/overdue", to=reporters(return_), case=return_.case, return_=return_)


def remind(return_: Return) -> None:
    """Of the day to come, or of the one that has gone by."""
    if return_.is_overdue:
        tell_overdue(return_)
    else:
        outbox.send("monitoring/due", to=reporters(return_), case=return_.case, return_=return_,
                    when=reminding.in_words(return_.due_on))  # fmt: skip


def tell_received(return_: Return) -> None:
    outbox.send("monitoring/received", to=reporters(return_), case=return_.case, return_=return_)
    outbox.send("monitoring/arrived", to=holders_of(OfficeRole.GRANTS_OFFICER), case=return_.case, return_=return_)


def tell_queried(return_: Return, question: str) -> None:
    outbox.send("monitoring/queried", to=reporters(return_), case=return_.case, return_=return_, question=question)


def tell_accepted(return_: Return) -> None:
    outbox.send("monitoring/accepted", to=reporters(return_), case=return_.case, return_=return_)


def tell_waived(return_: Return) -> None:
    outbox.send("monitoring/waived", to=reporters(return_), case=return_.case, return_=return_)
