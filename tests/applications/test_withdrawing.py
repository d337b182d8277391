"""Taking a bid back: by its lead, with a reason once somebody has read it."""

import pytest

from portal.applications.models import Stage
from tests.applications.forms import reload
from tests.cast import ADA, BEN, CLEO, OMAR, ROSA
from tests.factories import a_draft, a_submitted_bid


def url(bid):
    return f"/applications/{bid.ref}/withdraw"


@pytest.mark.parametrize(("who", "status"), [(ADA, 200), (BEN, 403), (ROSA, 403), (OMAR, 403), (CLEO, 404)])
def test_who_may_withdraw(as_user, who, status):
    assert as_user(who).get(url(a_submitted_bid(ADA))).status_code == status


def test_a_draft_is_withdrawn_without_a_word_and_without_mail(as_user, outbox):
    bid = a_draft(ADA)
    reply = as_user(ADA).post(url(bid))
    assert (reply.status_code, reload(bid).stage, outbox()) == (303, Stage.WITHDRAWN, [])


def test_after_submission_the_office_is_told_why(as_user, outbox):
    bid = a_submitted_bid(ADA)
    before = len(outbox())
    client = as_user(ADA)
    assert client.post(url(bid)).status_code == 422
    assert client.post(url(bid), data={"reason": "word " * 101}).status_code == 422
    assert reload(bid).stage is Stage.SUBMITTED
    assert client.post(url(bid), data={"reason": "A partner has pulled out."}).status_code == 303
    assert reload(bid).stage is Stage.WITHDRAWN
    assert [mail.template for mail in outbox()[before:]] == ["applications/withdrawn"]
    assert "A partner has pulled out." in outbox()[-1].body
    page = client.get(f"/applications/{bid.ref}").text
    assert "Withdrawn" in page
    assert "Withdraw this application" not in page


def test_doing_it_again_leads_to_the_bid(as_user):
    bid = a_draft(ADA)
    client = as_user(ADA)
    client.post(url(bid))
    assert client.post(url(bid)).location == f"/applications/{bid.ref}"
    assert client.get(url(bid)).status_code == 409
