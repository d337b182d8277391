"""The life of a round."""

from portal.core.workflow import Workflow, move
from portal.funds.models import RoundStage as S
from portal.funds.policy import may_check, may_close, may_open

LIFE = Workflow(
    "round",
    move("check", {S.DRAFT}, S.CHECKED, may_check, None, "Check the round"),
    move("open", {S.CHECKED}, S.OPEN, may_open, None, "Open the round"),
    move("close", {S.OPEN, S.PAUSED}, S.CLOSED, may_close, None, "Close the round"),
)
