"""Setting up whom a round lets apply: questions before the form and checks at the gate, in order, from an earlier round."""

import pytest

from tests.cast import ADA, OMAR, PRIYA
from tests.funds.rounds import a_draft_round

PLACE = "/commissioning/rounds/YCF28/eligibility"
GATE = "/commissioning/rounds/YCF28/gate"
QUESTION = {"text": "Do you hold insurance?", "hint": "", "passing": "yes", "refusal": "You need public liability insurance."}
CHECK = {"label": "The venue is accessible", "refusal": "The venue cannot be reached by everybody.", "prefill": "by_hand"}


@pytest.fixture
def draft(app):
    return a_draft_round("YCF28", like="YCF26")


def test_both_lists_are_read_by_the_office_only(as_user, draft, query_count):
    omar = as_user(OMAR)
    page = omar.get(PLACE).text
    assert "Does your bank account need two people" in page
    assert "Overdue returns of earlier grants" in page
    with query_count() as queries:
        omar.get(PLACE)
    assert len(queries) <= 12
    assert as_user(ADA).get(PLACE).status_code == 404


def test_a_question_is_added_changed_moved_and_removed(as_user, draft, verbs_about):
    omar = as_user(OMAR)
    assert omar.post(f"{PLACE}/add", data=QUESTION).status_code == 303
    made = draft.eligibility[-1]
    made_id = made.id
    assert omar.post(f"{PLACE}/{made.id}", data=QUESTION | {"passing": "no", "edition": "1"}).status_code == 303
    assert (made.passing, made.edition) == ("no", 2)
    omar.post(f"{PLACE}/{made.id}/move", data={"way": "up"})
    assert draft.eligibility[-2] is made
    omar.post(f"{PLACE}/{draft.eligibility[0].id}/move", data={"way": "up"})  # at the top already
    omar.post(f"{PLACE}/{made_id}/remove")
    assert len(draft.eligibility) == 4
    assert verbs_about(draft)[-1] == "round.change_eligibility"
    assert omar.post(f"{PLACE}/{made_id}/remove").status_code == 404


def test_a_check_is_set_up_with_what_the_portal_can_look_at(as_user, draft):
    omar = as_user(OMAR)
    assert "Whether every document asked for is there" in omar.get(f"{GATE}/add").text
    assert omar.post(f"{GATE}/add", data=CHECK | {"prefill": "within_cap"}).status_code == 303
    made = draft.gate_checks[-1]
    assert (made.key, made.prefill) == ("the", "within_cap")
    assert omar.post(f"{GATE}/{made.id}", data=CHECK | {"edition": "1"}).status_code == 303
    assert made.prefill is None
    omar.post(f"{GATE}/{made.id}/move", data={"way": "up"})
    omar.post(f"{GATE}/{made.id}/remove")
    assert len(draft.gate_checks) == 13


@pytest.mark.parametrize(("address", "data", "said"), [
    (PLACE, QUESTION | {"text": ""}, "Enter a question that is answered with Yes or No"),
    (PLACE, QUESTION | {"refusal": " "}, "Give the reason that they read"),
    (PLACE, QUESTION | {"passing": "perhaps"}, "Choose from the list"),
    (GATE, CHECK | {"label": ""}, "Enter what must hold"),
    (GATE, CHECK | {"refusal": ""}, "Give the reason that the applicant reads"),
    (GATE, CHECK | {"prefill": "guess"}, "Choose from the list"),
])  # fmt: skip
def test_what_is_missing_is_said_at_its_place(as_user, draft, address, data, said):
    reply = as_user(OMAR).post(f"{address}/add", data=data)
    assert (reply.status_code, said in reply.text) == (422, True)


def test_two_officers_at_one_question_see_both_versions(as_user, draft):
    first = draft.eligibility[0]
    as_user(PRIYA).post(f"{PLACE}/{first.id}", data=QUESTION | {"edition": "1"})
    reply = as_user(OMAR).post(f"{PLACE}/{first.id}", data=QUESTION | {"text": "Are you insured?", "edition": "1"})
    assert reply.status_code == 409
    assert ("Do you hold insurance?" in reply.text, 'value="Are you insured?"' in reply.text) == (True, True)
    assert first.text == "Do you hold insurance?"


def test_both_lists_are_taken_over_from_an_earlier_round(as_user, draft):
    omar = as_user(OMAR)
    assert omar.post(f"{PLACE}/copy", data={}).status_code == 422
    assert omar.post(f"{PLACE}/copy", data={"from": "SCF26"}).status_code == 303
    assert (len(draft.eligibility), draft.gate_checks[0].prefill) == (0, "applicant_is_csp")
