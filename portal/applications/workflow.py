"""The life of a bid, from draft to its end."""

from portal.applications.models import Stage as S
from portal.applications.policy import is_lead, may_decide
from portal.core.audit import OFFICE
from portal.core.workflow import Workflow, move
from portal.people.policy import is_head_of_commissioning, is_officer

BEFORE_DECISION = {
    S.SUBMITTED,
    S.RETURNED,
    S.IN_ASSESSMENT,
    S.IN_MODERATION,
    S.AT_PANEL,
    S.DEFERRED,
    S.RESERVE,
    S.RECOMMENDED,
}
SCORED = {S.IN_ASSESSMENT, S.IN_MODERATION, S.AT_PANEL, S.DEFERRED, S.RESERVE}

LIFE = Workflow(
    "application",
    #    name            from                            to                who           endpoint                   button
    move("submit",       {S.DRAFT, S.SIGNING, S.RETURNED}, S.SUBMITTED,    is_lead,      "applications.check",      "Submit application"),
    move("withdraw",     {S.DRAFT} | BEFORE_DECISION,    S.WITHDRAWN,      is_lead,      "applications.withdraw",   "Withdraw"),
    move("return",       {S.SUBMITTED, S.IN_ASSESSMENT}, S.RETURNED,       is_officer,   "assessment.return_",      "Ask the applicant"),
    move("refuse_entry", {S.SUBMITTED},                  S.INELIGIBLE,     is_officer,   "assessment.refuse",       "Refuse at the gate"),
    move("reinstate",    {S.INELIGIBLE, S.DECLINED},     S.SUBMITTED, is_head_of_commissioning, "assessment.reinstate", "Reinstate"),
    move("admit",        {S.SUBMITTED},                  S.IN_ASSESSMENT,  is_officer,   "assessment.gate",         "Check and pass to assessors"),
    move("moderate",     {S.IN_ASSESSMENT},              S.IN_MODERATION,  is_officer,   "assessment.moderate",     "Moderate scores", OFFICE),
    move("to_panel", {S.IN_ASSESSMENT, S.IN_MODERATION, S.DEFERRED}, S.AT_PANEL, is_officer, "assessment.to_panel", "Send to the panel", OFFICE),
    move("recommend",    SCORED,                         S.RECOMMENDED,    is_officer,   "assessment.recommend",    "Recommend", OFFICE),
    move("defer",      {S.AT_PANEL, S.RECOMMENDED}, S.DEFERRED, is_head_of_commissioning, "assessment.defer", "Defer", OFFICE),
    move("hold_in_reserve", {S.AT_PANEL, S.RECOMMENDED}, S.RESERVE, is_head_of_commissioning, "assessment.hold_in_reserve", "Keep in reserve", OFFICE),
    move("award",        {S.RECOMMENDED},                S.AWARDED,        may_decide,   "awards.decide",           "Decide"),
    move("decline",      BEFORE_DECISION,                S.DECLINED,       may_decide,   "awards.decide",           "Decide"),
    move("lapse",        {S.AWARDED, S.RESERVE},         S.LAPSED,         is_officer,   None,                      "Let the offer lapse"),
)  # fmt: skip
