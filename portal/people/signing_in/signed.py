"""What the office's sign-in service has signed about somebody, in our words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from portal.config import Settings
from portal.people.actions.directory import Identity

LONGEST = 255


class Unreachable(Exception):
    """The service does not answer."""


class Untrue(Exception):
    """What came back is not what was asked for, or not from whom."""


@dataclass(frozen=True)
class Signed:
    """Who came, when they last gave a password there, whether with a second factor, and in which groups or roles they are."""

    identity: Identity
    nonce: str
    authenticated_at: float  # 0 where the service does not say
    has_factor: bool
    groups: frozenset[str] | None  # None where there are too many to be told

    @classmethod
    def of(cls, claims: Mapping[str, Any], settings: Settings) -> Self:
        return cls(
            Identity(str(claims["iss"]), subject_of(claims, settings), text(claims.get("name")), address_of(claims)),
            nonce=str(claims["nonce"]),
            authenticated_at=number(claims.get("auth_time")),
            has_factor=bool({text(claims.get("acr")), *texts(claims.get("amr"))} & set(settings.sso_second_factor)),
            groups=groups_of(claims, settings.sso_claim),
        )


def subject_of(claims: Mapping[str, Any], settings: Settings) -> str:
    """Entra's `sub` is another one for each application, its `oid` is the person; and only people of the office's own tenant."""
    if settings.sso_tenant and claims.get("tid") != settings.sso_tenant:
        raise Untrue("another tenant")
    subject = text(claims.get("oid" if settings.sso_tenant else "sub"))
    if not subject:
        raise Untrue("no subject")
    return subject


def groups_of(claims: Mapping[str, Any], claim: str) -> frozenset[str] | None:
    """Entra names more than 200 groups only on another page: then we do not know, which is not the same as none."""
    elsewhere = claims.get("_claim_names")
    if claims.get("hasgroups") or (isinstance(elsewhere, Mapping) and claim in elsewhere):
        return None
    return frozenset(texts(claims.get(claim)))


def address_of(claims: Mapping[str, Any]) -> str:
    return text(claims.get("email")) or text(claims.get("preferred_username"))


def text(value: Any) -> str:
    """A word of a claim; too long, or not a word, is none."""
    return value if isinstance(value, str) and len(value) <= LONGEST and "\x00" not in value else ""


def texts(value: Any) -> list[str]:
    return [each for each in map(text, value) if each] if isinstance(value, list) else [each for each in (text(value),) if each]


def number(value: Any) -> float:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else 0.0
