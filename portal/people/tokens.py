"""Secrets that travel in cookies and e-mails: long and random; the database holds their digests only."""

import hashlib
import secrets

EASILY_READ = "23456789abcdefghjkmnpqrstuvwxyz"


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "ignore")).hexdigest()


def new_recovery_code() -> str:
    """Four groups of four, without letters and digits that look alike: 79 bits, too many to try on a stolen digest."""
    return "-".join("".join(secrets.choice(EASILY_READ) for _ in range(4)) for _ in range(4))


def normal_recovery_code(typed: str) -> str:
    """What counts of a typed code: neither capitals nor hyphens nor blanks."""
    return "".join(letter for letter in typed.lower() if letter.isalnum())
