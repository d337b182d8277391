"""Every form of the portal is lived: filled in on its pages, handed in, judged or justified, decided; then its return."""

from io import BytesIO

import pytest

from portal.applications.lists import sheet_of
from portal.demonstration import acts
from portal.demonstration.new_rounds import WHY, open_round
from portal.funds.models import RoundKind
from portal.monitoring import lists as returns
from tests.cast import ADA, DANA, OMAR, TESS
from tests.questions.filling import said

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"
COMPETED, CONTRIBUTION, DIRECT = RoundKind.COMPETED, RoundKind.CONTRIBUTION, RoundKind.DIRECT
LIVES = [  # a form, the return of its grants where it is lived, and how its money is given
    ("safer_communities_form", "small_return_form", COMPETED),
    ("youth_and_community_form", None, COMPETED),
    ("victim_services_form", "victims_return_form", COMPETED),
    ("large_service_form", "quarterly_return_form", COMPETED),
    ("safer_streets_form", None, COMPETED),
    ("csp_capacity_form", None, DIRECT),
    ("contribution_form", None, CONTRIBUTION),
]


def page_of(sheet, section):
    """What somebody sends who answers all that the section shows them."""
    sent = {}
    for question in section.questions:
        if question.group_id is None and sheet.is_shown(question):
            if question.kind == "file" and not sheet.uploads.get(question.id):
                sent[f"file-{question.id}"] = (BytesIO(PDF), "policy.pdf")
            row = next(iter(sheet.rows(question)), 0) if question.kind == "group" else 0
            asked = sheet.columns[question.id] if question.kind == "group" else [question]
            for each in asked if question.kind != "group" or row else []:
                if sheet.item(each, row).kind.is_typed:
                    key = sheet.item(each, row).key
                    sent |= {f"answer-{key}": said(sheet, each, row, 0), f"edition-{key}": str(sheet.item(each, row).edition)}
    return sent


def fill_in(client, address, read):
    """Section by section, saving again while an answer brings up or changes others."""
    for section in read().sections:
        for _ in range(4):
            reply = client.post(f"{address}/sections/{section.code}", data=page_of(read(), section))
            assert reply.status_code == 303, reply.text
            if not read().problems(section):
                break
        assert [sentence for _, sentence in read().problems(section)] == []


@pytest.mark.parametrize(("form", "return_form", "kind"), LIVES, ids=[form for form, _, _ in LIVES])
def test_a_form_goes_from_its_first_question_to_a_decision_and_its_return_to_acceptance(as_user, form, return_form, kind):
    open_round("LIFE1", "A round for this form", form, return_form or "small_return_form", kind=kind, assessors_required=1,
               cap_pence=500_000_00, longest_months=36, eligibility=[])  # fmt: skip
    ada, bid = as_user(ADA), acts.start_bid(ADA, "LIFE1")
    fill_in(ada, f"/applications/{bid.ref}", lambda: sheet_of(bid))
    assert ada.post(f"/applications/{bid.ref}/submit").location == f"/applications/{bid.ref}/receipt"
    assert bid.ref in ada.get(f"/applications/{bid.ref}/receipt").text

    acts.admit(bid)
    if kind is COMPETED:
        acts.score(acts.declare(acts.assign(bid, TESS)))
    else:
        assert WHY in as_user(OMAR).get(f"/assessment/{bid.ref}/recommend").text
    acts.recommend(bid)
    assert (WHY in as_user(DANA).get(f"/awards/decide/{bid.ref}").text) is (kind is not COMPETED)
    acts.decide(bid)
    award = acts.award_of(bid)
    assert sum(line.asked_pence for line in award.lines) == bid.requested_pence == award.pence
    assert award.measures
    assert award.objectives
    if return_form:
        live_return(as_user(ADA), acts.go_live(acts.accept(award)))


def live_return(ada, award):
    due = acts.start_return(acts.returns_of(award)[0])
    acts.fill_return(due)
    fill_in(ada, f"/returns/{due.ref}", lambda: returns.sheet_of(due))
    assert ada.post(f"/returns/{due.ref}/check", data={"certified": "y", "early_reason": "All is done."}).status_code == 303
    acts.accept_return(due)
    assert due.stage.value == "accepted"
