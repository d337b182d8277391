"""The life of an assignment."""

from portal.assessment.models import Assignment
from portal.assessment.models import Stage as S
from portal.assessment.policy import is_assessor_of, may_score
from portal.core.audit import OFFICE
from portal.core.workflow import Workflow, move
from portal.people.models import User
from portal.people.policy import is_officer


def is_assessor_or_officer(user: User, assignment: Assignment) -> bool:
    return is_officer(user) or is_assessor_of(user, assignment)


OPEN = {S.INVITED, S.DECLARED, S.SCORING, S.SENT_BACK}

LIFE = Workflow(
    "assignment",
    #    name          from                     to            who                     endpoint                 button
    move("declare",    {S.INVITED},             S.DECLARED,   is_assessor_of,         "assessment.interest",   "Declare interests", OFFICE),
    move("conflict",   OPEN,                    S.STOOD_DOWN, is_assessor_or_officer, "assessment.interest",   "Declare a conflict", OFFICE),
    move("start",      {S.DECLARED},            S.SCORING,    may_score,              "assessment.score",      "Start scoring", OFFICE),
    move("submit",     {S.SCORING, S.SENT_BACK}, S.SUBMITTED, may_score,              "assessment.score",      "Submit scores", OFFICE),
    move("send_back",  {S.SUBMITTED},           S.SENT_BACK,  is_officer,             "assessment.send_back",  "Send scores back", OFFICE),
    move("stand_down", OPEN,                    S.STOOD_DOWN, is_officer,             "assessment.stand_down", "Stand the assessor down", OFFICE),
)  # fmt: skip
