"""The life of an assignment."""

from portal.assessment.models import Stage as S
from portal.assessment.policy import is_assessor_of, is_assessor_or_officer, may_ask_again, may_score
from portal.core.audit import OFFICE
from portal.core.workflow import Workflow, move
from portal.people.policy import is_officer

OPEN = {S.INVITED, S.DECLARED, S.SCORING, S.SENT_BACK}

LIFE = Workflow(
    "assignment",
    #    name          from                      to            who                     endpoint                 button
    move("declare",    {S.INVITED},              S.DECLARED,   is_assessor_of,         "assessment.interest",   "Declare interests", OFFICE),
    move("start",      {S.DECLARED},             S.SCORING,    may_score,              "assessment.score",      "Start scoring", OFFICE),
    move("submit",     {S.SCORING, S.SENT_BACK}, S.SUBMITTED,  may_score,              "assessment.submit",     "Submit scores", OFFICE),
    move("send_back",  {S.SUBMITTED},            S.SENT_BACK,  is_officer,             "assessment.send_back",  "Send back", OFFICE),
    move("stand_down", OPEN,                     S.STOOD_DOWN, is_officer,             "assessment.stand_down", "Stand down", OFFICE),
    move("ask_again",  {S.STOOD_DOWN},           S.INVITED,    may_ask_again,          "assessment.ask_again", "Ask again", OFFICE),
    move("conflict",   OPEN | {S.SUBMITTED},     S.STOOD_DOWN, is_assessor_or_officer, "assessment.conflict",   "Record an interest", OFFICE),
)  # fmt: skip
