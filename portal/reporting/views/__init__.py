"""Addresses of reporting: the desk, a grant's file, the plan, the finance report, e-mails."""

from portal.applications.policy import is_applicant
from portal.core.access import anyone_signed_in
from portal.core.page import place
from portal.people.policy import is_staff
from portal.reporting.finance.lists import may_read
from portal.reporting.panels import is_auditor
from portal.reporting.views import desk, events, files, finance, funds, mail, organisations, plan, rounds
from portal.reporting.views.blueprint import bp

__all__ = [
    "bp",
    "desk",
    "events",
    "files",
    "finance",
    "funds",
    "mail",
    "organisations",
    "plan",
    "register_places",
    "rounds",
]


def register_places() -> None:
    """The entries of the navigation that lead here."""
    place("Desk", "reporting.desk", anyone_signed_in, 10)
    place("Plan", "reporting.plan", is_staff, 60)
    place("Finance", "reporting.finance", lambda user: user is not None and may_read(user), 70)
    place("History", "reporting.events", lambda user: user is not None and is_auditor(user), 75)
    place("Your organisation", "reporting.own_organisation", is_applicant, 76)
    place("Mail", "reporting.mail", anyone_signed_in, 90)
