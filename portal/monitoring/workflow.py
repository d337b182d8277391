"""The life of a return."""

from portal.core.workflow import Workflow, move
from portal.monitoring.models import Stage as S
from portal.monitoring.policy import may_certify, may_check, may_prepare, may_waive

LIFE = Workflow(
    "return",
    #    name       from                    to            who          endpoint                button
    move("start",   {S.DUE},                S.DRAFT,      may_prepare, "monitoring.start",     "Start the return"),
    move("certify", {S.DRAFT, S.QUERIED},   S.CERTIFIED,  may_certify, "monitoring.check",     "Certify and send"),
    move("submit",  {S.CERTIFIED},          S.SUBMITTED,  may_certify, None,                   "Send the return"),
    move("query",   {S.SUBMITTED},          S.QUERIED,    may_check,   "monitoring.review",    "Ask about the return"),
    move("accept",  {S.SUBMITTED},          S.ACCEPTED,   may_check,   "monitoring.review",    "Accept the return"),
    move("waive",   {S.DUE},                S.WAIVED,     may_waive,   "monitoring.waive",     "Waive the return"),
)  # fmt: skip
