"""Every text of the database is held by some package, or is known to be nobody's words."""

from sqlalchemy import JSON, Enum, String

from portal.core import holders
from portal.core.db import Base
from portal.core.search import Words
from tests.source import expect_none

NOBODYS = """
bank_account: case
envelope: first_year last_year name slug
eligibility_question: hint refusal text
eligibility: answers
carried_over: from_year to_year
budget_change: year
account_request: identifier token_digest
action: code
answer: filled_from
alert_request: kinds area_ids token_digest
application: ref words eligibility
area: code name kind
attempts: key times
audit_head: digest
award: ref published_source words
award_line: category
bank_holiday: name
budget: year
commitment: case
criterion: code name guidance question_codes group own_steps
decision: ref legal_basis words
draft_edition: document words
email_change: token_digest
event_detail: words
event: verb case subject detail_digest digest
form_draft: key name
fund: words slug name purpose summary who_can_apply what_for not_funded how_judged legal_basis published_source accepts
gate_check: key label refusal prefill
identifier: number
invitation: rights token_digest
involvement: case apart
job: kind
kept_form: page action
likeness: reason
mail: template case unsubscribe
merge: moved
objective: code text
organisation: key folded identifier postcode website
plan: key title note
query: about
question: number code kind label hint guidance example settings writes_to filled_from shown_when
question_set: key name
recovery_code: digest
request: section_codes
return: ref words
role: name
round: code title accepts bands scale groups shortlist ties exclusions
section: code title guidance
sign_in: token_digest device
snapshot: digest
source: key name
source_year: year
stored_file: key media_type sha256
subscriber: kinds area_ids
theme: code title aim
user: password fs_uniquifier tf_primary_method tf_totp_secret reset_digest
work_account: issuer subject
"""  # references, codes, digests, secrets, search words that follow their texts, and forms and funds as they were published


def nobodys() -> set[tuple[str, str]]:
    lines = [line.split(": ") for line in NOBODYS.strip().splitlines()]
    return {(table, column) for table, columns in lines for column in columns.split()}


def test_every_text_is_held_by_a_package_or_is_nobodys(app):
    held = {(column.class_.__tablename__, column.key) for texts in holders.TEXTS.values() for column in texts.columns}
    there = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, String | JSON | Words) and not isinstance(column.type, Enum)
    }
    expect_none(
        there - held - nobodys(), "declare it in a `Texts` of its package (holding.py), or write down here that it is nobody's"
    )
    expect_none((held | nobodys()) - there, "no such column: take it out")
    assert not held & nobodys()


def test_who_holds_what_of_a_person_is_written_down(app):
    assert set(holders.PERSON_HOLDERS) == {"people", "applications", "assessment", "awards", "monitoring", "publishing"}
    assert set(holders.STAYS) == {"awards"}
    assert set(holders.RULES) == {"people", "sign-ins", "applications", "awards"}


def test_whoever_keeps_words_says_why(app):
    assert all(texts.place and (texts.case is not None or not texts.joins) for texts in holders.TEXTS.values())
    assert {texts.place for texts in holders.TEXTS.values() if texts.stays} == {
        "Decision notices", "Register of grants", "Organisations", "Plan actions", "Readings of plan actions", "Budgets",
        "Changes of budgets", "Money carried over", "Successions of sources", "Invitations into rounds",
    }  # fmt: skip
