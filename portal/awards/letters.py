"""E-mails about decisions and offers: to the applicant, to who receives the money, and to the office."""

from collections.abc import Sequence

from portal.applications.models import Application
from portal.awards.models import Award, Decision
from portal.core import outbox, reminding
from portal.people.lists import holders_of, members_of
from portal.people.models import OfficeRole, Right, User


def leads(award: Award) -> Sequence[User]:
    return members_of((award.partnership or award.recipient).id, Right.LEAD)


def signatories(award: Award) -> Sequence[User]:
    return members_of(award.recipient.id, Right.SIGNATORY)


def tell_outcome(decision: Decision, award: Award | None) -> None:
    """The letter of the decision; an offer goes to those who can accept it too."""
    application = decision.application
    outbox.send("awards/offered" if award else "awards/declined", to=members_of(application.organisation_id, Right.LEAD),
                case=decision.case, application=application, decision=decision, award=award)  # fmt: skip
    if award is not None:
        outbox.send("awards/to_accept", to=signatories(award), case=award.case, decision=decision, award=award)


def tell_publisher(decision: Decision) -> None:
    outbox.send("awards/notice_ready", to=holders_of(OfficeRole.MONITORING_OFFICER), case=decision.case, decision=decision)


def tell_stood_aside(application: Application) -> None:
    """Somebody else must decide. What the interest is stays in the file."""
    outbox.send("awards/stood_aside", to=holders_of(OfficeRole.HEAD_OF_COMMISSIONING), case=application.ref,
                application=application)  # fmt: skip


def tell_accepted(award: Award) -> None:
    outbox.send("awards/accepted", to=[*leads(award), *signatories(award)], case=award.case, award=award)
    outbox.send("awards/to_start", to=holders_of(OfficeRole.GRANTS_OFFICER), case=award.case, award=award)
    if award.decision is not None:
        tell_publisher(award.decision)


def tell_started(award: Award) -> None:
    outbox.send("awards/started", to=[*leads(award), *signatories(award)], case=award.case, award=award)


def tell_offer_declined(award: Award, reason: str) -> None:
    people = [*leads(award), *holders_of(OfficeRole.GRANTS_OFFICER)]
    outbox.send("awards/offer_declined", to=people, case=award.case, award=award, reason=reason)


def remind_of_offer(award: Award) -> None:
    when = reminding.in_words(award.accept_by_on) if award.accept_by_on else ""
    outbox.send("awards/reminder", to=[*signatories(award), *leads(award)], case=award.case, award=award, when=when)


def tell_reserve(award: Award, bid: Application) -> None:
    outbox.send("awards/reserve", to=holders_of(OfficeRole.GRANTS_OFFICER), case=bid.ref, award=award, bid=bid)


def tell_lapsed(award: Award) -> None:
    people = [*leads(award), *signatories(award), *holders_of(OfficeRole.GRANTS_OFFICER)]
    outbox.send("awards/lapsed", to=people, case=award.case, award=award)
