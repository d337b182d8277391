"""What surrounds a return when it is written: the file it belongs to, and who is paid."""

from portal.monitoring.models import Return
from portal.questions.around import Around


class ReturnAround(Around):
    """Of a return: its grant says both."""

    def __init__(self, return_: Return) -> None:
        self.return_ = return_

    @property
    def case(self) -> str:
        return self.return_.case

    @property
    def payee_id(self) -> int | None:
        return self.return_.award.recipient_id
