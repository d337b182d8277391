"""The registers that organisations stand in: how their numbers look, and the 360Giving identifier that is made from them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from portal.people.words import OrganisationKind, Register


@dataclass(frozen=True)
class Numbers:
    """What the numbers of a register look like, and how to tell somebody who typed another."""

    label: str
    pattern: str
    help: str


NUMBERS = {
    Register.CHARITY: Numbers("Charity number, England and Wales", r"\d{6,7}", "6 or 7 figures, like 1123456"),
    Register.SCOTTISH_CHARITY: Numbers("Charity number, Scotland", r"SC\d{6}", "SC and 6 figures, like SC012345"),
    Register.NORTHERN_IRISH_CHARITY: Numbers("Charity number, Northern Ireland", r"\d{6}", "6 figures, like 100002"),
    Register.COMPANY: Numbers("Company number", r"\d{8}|[A-Z]{2}\d{5}[0-9A-Z]",
                              "8 characters with any zeros in front, like 08123456"),
    Register.LOCAL_AUTHORITY: Numbers("Local authority code", r"[A-Z]{3,4}", "3 or 4 letters of the GB-LAE list, like FEN"),
    Register.SCHOOL: Numbers("School number (URN)", r"\d{6}", "6 figures, like 110912"),
    Register.OWN: Numbers("Identifier of our own", r"[A-Z0-9]+(-[A-Z0-9]+)+",
                          "letters, figures and hyphens, like OPCC-RIVER-TRUST"),
}  # fmt: skip


def normal(register: Register, text: str) -> str:
    """The number as it is kept: capitals, no blanks, without the register's own prefix if somebody typed it."""
    return re.sub(r"\s", "", text).upper().removeprefix(f"{register.value}-")


def fault_of(register: Register, number: str) -> str | None:
    """What is wrong with the form of a number. Whether it is anybody's is for a person to look up."""
    known = NUMBERS[register]
    if re.fullmatch(known.pattern, number, re.ASCII):
        return None
    return f"{known.label}: enter {known.help}"


def register_of(text: str, kind: OrganisationKind) -> Register | None:
    """In which register a charity or company number stands, by its form and by the kind of body that has it."""
    companies = (OrganisationKind.CIC, OrganisationKind.COMPANY)
    likely = [Register.CHARITY, Register.SCOTTISH_CHARITY, Register.COMPANY]
    if kind in companies:
        likely.reverse()
    return next((each for each in likely if fault_of(each, normal(each, text)) is None), None)


def org_id(numbers: Iterable[tuple[Register, str]]) -> str | None:
    """The one identifier under which awards are published: of the register that comes first in the list of them."""
    order = list(Register)
    first = min(numbers, key=lambda known: (order.index(known[0]), known[1]), default=None)
    return f"{first[0].value}-{first[1]}" if first else None
