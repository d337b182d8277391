"""What a password must be: 12 characters or more, and not among those that others try first.

The lists are those of the zxcvbn package: 30,000 passwords from published leaks, English words and names, keyboard
rows, dates and repeats. It works offline. No rules about kinds of characters, no expiry.
"""

from typing import Any

from flask import current_app
from flask_security import PasswordUtil, hash_password
from zxcvbn import zxcvbn

DEMONSTRATION_PASSWORD = "safer streets for all"  # everybody's in the demonstration, and nobody's elsewhere
SHORTEST, LONGEST = 12, 1000  # hashing refuses much longer ones with an error
LOOKED_AT = 72  # characters: what follows only makes it harder to guess
ENOUGH_GUESSES = 10**8
TOO_SHORT = f"Use {SHORTEST} characters or more: three words that you will remember are good"
TOO_LONG = f"Use {LONGEST} characters or fewer"
TOO_COMMON = "Others would guess this password soon. Choose another: three words that do not belong together are good"
OWN_WORDS = "Choose a password that does not hold your name or e-mail address"


def hashed(password: str) -> str:
    """Slow on purpose: never within a write."""
    return str(hash_password(normal(password)))


def normal(password: str) -> str:
    """The same letters however a keyboard composes them; Flask-Security does so when it asks for the password."""
    return str(current_app.extensions["security"].password_util.normalize(password))


def fault_of(password: str, *about: str) -> str | None:
    """What is wrong with a new password; `about` are words that belong to its owner."""
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    words = [word.lower() for word in about if len(word) > 3]
    if any(word in password.lower() for word in words):
        return OWN_WORDS
    if password.lower() == DEMONSTRATION_PASSWORD or zxcvbn(password[:LOOKED_AT], words)["guesses"] < ENOUGH_GUESSES:
        return TOO_COMMON
    return None


class PasswordRules(PasswordUtil):
    """The same for Flask-Security's own forms."""

    def validate(self, password: str, is_register: bool, **kwargs: Any) -> tuple[list[str] | None, str]:
        password = self.normalize(password)
        user = kwargs.get("user")
        fault = fault_of(password, *(() if user is None else words_about(user.name, user.email)))
        return ([fault] if fault else None), password


def words_about(name: str, email: str) -> list[str]:
    return [*name.split(), email, email.split("@")[0]]
