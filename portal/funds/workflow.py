"""The life of a round."""

from portal.core.audit import OFFICE
from portal.core.workflow import Workflow, move
from portal.funds.models import RoundStage as S
from portal.funds.policy import may_check, may_close, may_open

ONCE_OPEN = {S.OPEN, S.PAUSED, S.CLOSED}

LIFE = Workflow(
    "round",
    #    name          from                   to          who        endpoint                button
    move("check",      {S.DRAFT},             S.CHECKED,  may_check, "funds.check_round",    "Check the round"),
    move("change",     {S.CHECKED},           S.DRAFT,    may_check, "funds.change_round",   "Change it again"),
    move("agree",      {S.CHECKED},           None,       may_open,  "funds.open_round",     "Let it open at its hour"),
    move("open",       {S.CHECKED},           S.OPEN,     may_open,  "funds.open_round",     "Open the round"),
    move("pause",      {S.OPEN},              S.PAUSED,   may_check, "funds.pause_round",    "Pause the round"),
    move("resume",     {S.PAUSED},            S.OPEN,     may_check, "funds.resume_round",   "Resume the round"),
    move("extend",     ONCE_OPEN,             S.OPEN,     may_close, "funds.extend_round",   "Give more time"),
    move("extend_for", ONCE_OPEN,             None,       may_close, "funds.extend_round",   "Give one applicant more time", OFFICE),
    move("set_pot",      ONCE_OPEN,             None,      may_close, "funds.change_pot",     "Change how much there is"),
    move("answer",     ONCE_OPEN,             None,       may_check, "funds.clarifications", "Answer a question"),
    move("close",      {S.OPEN, S.PAUSED},    S.CLOSED,   may_close, "funds.close_round",    "Close the round"),
    move("archive",    {S.CLOSED},            S.ARCHIVED, may_check, "funds.archive_round",  "Archive the round"),
)  # fmt: skip
