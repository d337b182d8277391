"""The lives of a decision notice and of an award."""

from portal.awards.models import AwardStage as A
from portal.awards.models import NoticeStage as N
from portal.awards.policy import is_decider, is_signatory, may_close, may_head, may_publish, may_run
from portal.core.audit import OFFICE
from portal.core.workflow import Workflow, move
from portal.people.policy import is_decision_maker

NOTICE = Workflow(
    "decision",
    #    name        from                        to            who                endpoint          button
    move("approve",   {N.DRAFT},                  N.APPROVED,   is_decider,        None,             "Approve the notice", OFFICE),
    move("publish",   {N.APPROVED},               N.PUBLISHED,  may_publish,       "awards.publish", "Publish the notice"),
    move("supersede", {N.APPROVED, N.PUBLISHED},  N.SUPERSEDED, is_decision_maker, None,             "Supersede the notice"),
)  # fmt: skip

LIFE = Workflow(
    "award",
    #    name            from                          to             who           endpoint                button
    move("accept",       {A.OFFERED},                  A.ACCEPTED,    is_signatory, "awards.accept",        "Accept the grant"),
    move("decline_offer", {A.OFFERED},                 A.LAPSED,      is_signatory, "awards.decline_offer", "Decline the offer"),
    move("lapse",        {A.OFFERED},                  A.LAPSED,      may_run,      None,                   "Let the offer lapse"),
    move("set_up",       {A.ACCEPTED},                 A.SETTING_UP,  may_run,      None,                   "Begin setting up"),
    move("go_live",      {A.ACCEPTED, A.SETTING_UP},   A.LIVE,        may_run,      "awards.go_live",       "Start the grant"),
    move("suspend",      {A.LIVE},                     A.SUSPENDED,   may_head,     None,                   "Suspend the grant"),
    move("resume",       {A.SUSPENDED},                A.LIVE,        may_head,     None,                   "Resume the grant"),
    move("begin_close",  {A.LIVE},                     A.CLOSING,     may_run,      None,                   "Begin closing"),
    move("close",        {A.CLOSING},                  A.CLOSED,      may_close,    None,                   "Close the grant"),
)  # fmt: skip
