"""Bank details: kept sealed among the people's rows. The answer holds their number there, and what may be shown of them."""

from collections.abc import Sequence
from typing import Any, ClassVar

from portal.people.actions import give_bank_details
from portal.people.bank import Details
from portal.questions.around import Around
from portal.questions.kinds.boxes import Box, Boxes
from portal.questions.kinds.texts import Kind
from portal.questions.models import Question

KEPT = "account "  # what is kept begins with this word, the number of the row, what is shown, and what is wrong
REMOVE = "remove"


class BankDetails(Boxes):
    """The boxes are empty whenever the page is read; left empty, they change nothing."""

    template = "bank"
    boxes: ClassVar[tuple[Box, ...]] = (
        Box("name", "Name on the account", Kind()),
        Box("sort_code", "Sort code", Kind(), width=10),
        Box("number", "Account number", Kind(), width=10),
    )

    def join(self, values: Sequence[str]) -> str:
        return REMOVE if REMOVE in values[len(self.boxes) :] else super().join(values)

    def leaves(self, raw: str, kept: str) -> bool:
        return not raw or (raw == REMOVE and not kept)

    def keep(self, raw: str, kept: str, around: Around, by: Any) -> str:
        if raw == REMOVE:
            return ""
        details = Details(*self.parts(raw))
        account = give_bank_details(number_in(kept), details, case=around.case, organisation_id=around.payee_id, by=by)
        return "\n".join([f"{KEPT}{account.id}", details.masked, details.problem or ""])

    def veil(self, raw: str) -> str:
        return raw.split("\n")[1] if number_in(raw) else "Bank details, which we do not show" if raw else ""

    def read(self, raw: str, question: Question, around: Around) -> dict[str, Any]:
        number, parts = number_in(raw), raw.split("\n")
        if number is None or parts[2]:
            raise ValueError(parts[2] if number else "Enter the bank details again")
        return {"account": number, "masked": parts[1]}

    def show(self, value: Any, question: Question, around: Around) -> str:
        return str(value["masked"]) if value else ""

    def compared(self, value: Any) -> Any:
        return (value or {}).get("account")

    def code(self, value: Any) -> str:
        return str(value["account"]) if value else ""


def number_in(raw: str) -> int | None:
    """The row's number in what is kept."""
    first, *rest = raw.split("\n")
    number = first.removeprefix(KEPT)
    return int(number) if len(rest) == 2 and first.startswith(KEPT) and number.isascii() and number.isdigit() else None
