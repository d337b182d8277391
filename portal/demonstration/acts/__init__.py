"""Steps of the story as functions that run the real actions, one write each; tests use them as factories.

A step takes the thing it is about and returns it, or what came of it. `by` is a person of the cast (or a row
of `User`); left out, it is whoever would do it. `ready.py` has things that are at a stage already.
"""

from portal.demonstration.acts.bids import admit, answer_all, answer_eligibility, ask, refuse_entry, start_bid, submit, withdraw
from portal.demonstration.acts.grants import (
    accept,
    accept_return,
    answer_query,
    award_of,
    decline_offer,
    file_return,
    fill_return,
    go_live,
    query,
    returns_of,
    start_return,
)  # fmt: skip
from portal.demonstration.acts.judging import (
    assign,
    begin_moderation,
    decide,
    declare,
    decline,
    moderate,
    publish,
    recommend,
    score,
)  # fmt: skip
from portal.demonstration.acts.ready import (
    a_bid_with_assessors,
    a_complete_draft,
    a_declined_bid,
    a_draft,
    a_draft_return,
    a_due_return,
    a_filled_return,
    a_live_award,
    a_moderated_bid,
    a_queried_return,
    a_recommended_bid,
    a_returned_bid,
    a_scored_bid,
    a_submitted_bid,
    a_submitted_return,
    an_accepted_award,
    an_accepted_return,
    an_admitted_bid,
    an_offered_award,
)  # fmt: skip

__all__ = [
    "a_bid_with_assessors", "a_complete_draft", "a_declined_bid", "a_draft", "a_draft_return", "a_due_return",
    "a_filled_return", "a_live_award", "a_moderated_bid", "a_queried_return", "a_recommended_bid", "a_returned_bid",
    "a_scored_bid", "a_submitted_bid", "a_submitted_return", "accept", "accept_return", "admit", "an_accepted_award",
    "an_accepted_return", "an_admitted_bid", "an_offered_award", "answer_all", "answer_eligibility",
    "answer_query", "ask", "assign", "award_of",
    "begin_moderation", "decide", "declare", "decline", "decline_offer", "file_return", "fill_return", "go_live",
    "moderate", "publish", "query", "recommend", "refuse_entry", "returns_of", "score", "start_bid", "start_return",
    "submit", "withdraw",
]  # fmt: skip
