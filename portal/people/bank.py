"""Bank details: read as people type them, masked for every page, sealed for the database."""

import base64
import hmac
import json
import re
from dataclasses import asdict, dataclass

from cryptography.fernet import Fernet
from flask import current_app

DOTS = "••••"


@dataclass(frozen=True)
class Details:
    """Where money is to be paid, as it was typed."""

    name: str
    sort_code: str
    number: str

    @property
    def problem(self) -> str | None:
        """What is wrong with them, without a digit of them."""
        if not self.name:
            return "Enter the name on the account"
        if len(digits(self.sort_code)) != 6:
            return "Enter a sort code of 6 digits, like 09 01 27"
        if not 6 <= len(digits(self.number)) <= 8:
            return "Enter an account number of 6 to 8 digits"
        return None

    @property
    def masked(self) -> str:
        """The name, the last four digits of the number and the last two of the sort code: enough to know it again."""
        name = re.sub(r"\d", DOTS[0], self.name)
        number, sort_code = digits(self.number).zfill(8), digits(self.sort_code)
        if self.problem:
            return f"{name or 'No name'}, not complete"
        return f"{name}, account {DOTS}{number[-4:]}, sort code {DOTS}{sort_code[-2:]}"


def digits(text: str) -> str:
    """What counts of a number that may be typed with spaces and dashes; nothing where anything else is in it."""
    return "" if re.search(r"[^\d\s.-]", text, re.ASCII) else re.sub(r"\D", "", text, flags=re.ASCII)


def seal(details: Details) -> str:
    return cipher().encrypt(json.dumps(asdict(details)).encode()).decode()


def unseal(sealed: str) -> Details:
    """The details; empty ones where they were erased."""
    return Details(**json.loads(cipher().decrypt(sealed.encode()))) if sealed else Details("", "", "")


def cipher() -> Fernet:
    """Nobody reads them from the database alone. The audit key never changes, and neither does this one."""
    key = hmac.digest(current_app.extensions["settings"].audit_key.encode(), b"bank details", "sha256")
    return Fernet(base64.urlsafe_b64encode(key))
