"""What the public is not told of the grants of a sensitive fund. Every public page, list and export asks here.

Reasons and conditions are written to be published, so they stay; the applicant's own words and, where the fund says so,
names give way to the fund's. Amounts always count.
"""

from typing import Any

from sqlalchemy import ColumnElement, case

from portal.funds.models import Fund, Sensitivity

INSTEAD = "Not published"
HIDE_PLACES = (Sensitivity.PLACES, Sensitivity.RECIPIENTS)  # and with them what an applicant wrote, which may name one
HIDE_NAMES = (Sensitivity.RECIPIENTS,)


def hides_places(fund: Fund) -> bool:
    return fund.sensitivity in HIDE_PLACES


def hides_names(fund: Fund) -> bool:
    return fund.sensitivity in HIDE_NAMES


def unless_place(told: Any, instead: Any = INSTEAD) -> ColumnElement[Any]:
    """A column of a public list about where the work is, or in the applicant's words."""
    return case((Fund.sensitivity.in_(HIDE_PLACES), instead), else_=told)


def unless_name(told: Any) -> ColumnElement[Any]:
    """A column of a public list that names somebody."""
    return case((Fund.sensitivity.in_(HIDE_NAMES), INSTEAD), else_=told)


def is_open() -> ColumnElement[bool]:
    """Nothing is withheld, so that it may be found by any of its words."""
    return Fund.sensitivity == Sensitivity.NONE
