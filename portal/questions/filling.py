"""What a question may be filled in with before anybody writes: from where, in the words of officers and of applicants."""

from dataclasses import dataclass

from portal.questions.kinds import KINDS

TEXTS = ("short_text", "long_text")
RECORD, ACCOUNT, BODY = "your organisation’s record", "your account", "the record of who receives the grant"


@dataclass(frozen=True)
class Source:
    """`words` for the officer who chooses it, `whence` for the applicant who finds it; which types of question can take it."""

    words: str
    whence: str
    kinds: tuple[str, ...]


SOURCES = {
    "organisation_name": Source("The organisation’s name", RECORD, TEXTS),
    "organisation_address": Source("The organisation’s address", RECORD, TEXTS),
    "organisation_postcode": Source("The organisation’s postcode", RECORD, ("postcode", "short_text")),
    "organisation_website": Source("The organisation’s website", RECORD, ("web_address", "short_text")),
    "charity_number": Source("The organisation’s charity number", RECORD, ("short_text",)),
    "company_number": Source("The organisation’s company number", RECORD, ("short_text",)),
    "body": Source("The body that usually receives its grants", RECORD, ("organisation",)),
    "body_name": Source("The name of that body", BODY, TEXTS),
    "body_address": Source("The address of that body", BODY, TEXTS),
    "body_postcode": Source("The postcode of that body", BODY, ("postcode", "short_text")),
    "person_name": Source("The name of whoever begins the bid", ACCOUNT, ("short_text",)),
    "person_email": Source("Their e-mail address", ACCOUNT, ("email", "short_text")),
    "person_phone": Source("Their phone number", ACCOUNT, ("phone", "short_text")),
    "earlier_bid": Source(
        "What the organisation answered in its last bid", "your application",
        tuple(name for name, kind in KINDS.items() if kind.is_typed and name not in ("bank_account", "declaration")),
    ),
}  # fmt: skip


def sources_for(kind: str) -> list[tuple[str, str]]:
    """What a question of this type may be filled in with: code and words."""
    return [(code, source.words) for code, source in SOURCES.items() if kind in source.kinds]
