"""Bank details: typed once, sealed, masked everywhere, whole only for those who pay; who gave them never pays."""

import pytest
from sqlalchemy import select

from portal.core.audit import Event
from portal.core.db import db, write
from portal.core.problems import Refused
from portal.demonstration.new_rounds import open_round
from portal.funds.models import RoundKind
from portal.people.actions import involve
from portal.people.bank import Details
from portal.people.models import BankAccount, Capacity
from tests.applications.forms import HTMX, autosave, item, key, question, section_url
from tests.cast import ADA, ALEX, CARA, DANA, FINN, OMAR
from tests.doors.test_requests import whole_database
from tests.factories import start_bid, submit
from tests.life.test_every_form import fill_in, sheet_of

TYPED = ["Fenland Council 7", "09-01-27", "31926819"]
SECRETS = ("31926819", "09-01-27", "090127")


@pytest.fixture
def bid(app):
    open_round("BANK1", "Contributions", "contribution_form", "small_return_form", kind=RoundKind.CONTRIBUTION,
               cap_pence=500_000_00, eligibility=[])  # fmt: skip
    return start_bid(ADA, "BANK1")


def test_the_numbers_are_nowhere_but_with_those_who_pay(as_user, person, bid, outbox, log):
    ada, name = as_user(ADA), key(bid, "bank_account")
    fill_in(ada, f"/applications/{bid.ref}", lambda: sheet_of(bid))
    for typed in (["Fenland", "09-01-27", ""], TYPED):
        assert autosave(ada, bid, "bank_account", typed).status_code == 200
    ada.post(section_url(bid, "money"), data={f"answer-{name}": ["", "", ""], f"edition-{name}": "9"})  # a page read again
    assert item(bid, "bank_account").shown == "Fenland Council •, account ••••6819, sort code ••••27"
    submit(bid)
    assert ada.post(section_url(bid, "money"), data={f"answer-{name}": TYPED, f"edition-{name}": "1"}).status_code == 409

    account = db.session.scalars(select(BankAccount)).one()
    assert (account.organisation_id, account.details) == (bid.accountable_body_id, Details(*TYPED))
    pages = [as_user(who).get(address).text
             for who in (ADA, OMAR, DANA, ALEX, FINN)
             for address in (f"/applications/{bid.ref}", f"/assessment/{bid.ref}", f"/organisations/{account.organisation_id}",
                             "/applications/export.csv", f"/grants/{bid.ref}")]  # fmt: skip
    late = ada.post(section_url(bid, "money"), data={f"answer-{name}": TYPED, f"edition-{name}": "1"}).text
    told = [*pages, late, str(whole_database()), log.text, *(mail.body for mail in outbox())]
    assert [secret for secret in SECRETS for text in told if secret in text] == []
    assert sum("••••6819" in text for text in pages) >= 3

    for who, status in ((ADA, 404), (OMAR, 404), (ALEX, 404), (CARA, 200), (FINN, 200)):
        reply = as_user(who).get(f"/bank-details/{account.id}")
        assert (reply.status_code, "31926819" in reply.text) == (status, status == 200)
    looks = select(Event.actor_id).where(Event.verb == "access.looked", Event.case == bid.ref)
    assert set(db.session.scalars(looks)) == {person(CARA).id, person(FINN).id}


def test_who_gave_them_never_releases_a_payment_of_the_case(as_user, person, bid):
    autosave(as_user(ADA), bid, "bank_account", TYPED)
    with pytest.raises(Refused, match="may not both change bank details and release a payment"):
        write(lambda: involve(person(ADA), bid.ref, Capacity.PAYER))


def test_they_can_be_taken_out_and_what_is_wrong_is_said_without_a_digit(as_user, bid):
    ada, name = as_user(ADA), key(bid, "bank_account")
    wrongs = {"Enter the name": ["", "1", "2"], "6 digits": ["A", "0901", "2"], "6 to 8": ["A", "090127", "x9"]}
    for sentence, wrong in wrongs.items():
        assert sentence in autosave(ada, bid, "bank_account", wrong).text
    address = f"/applications/{bid.ref}/answers/{question(bid, 'bank_account').id}/0"
    ada.post(address, data={f"answer-{name}": ["", "", "", "remove"], f"edition-{name}": "3"})
    assert item(bid, "bank_account").raw == ""


def test_sums_and_figures_are_told_with_the_answer_they_are_worked_out_from(as_user, bid):
    ada, share, left = as_user(ADA), question(bid, "our_share"), question(bid, "uncovered")
    autosave(ada, bid, "total_cost", "5000")
    reply = autosave(ada, bid, "requested", "2000").text
    assert f'id="figure-{share.id}" data-value="4000" hx-swap-oob="true">40%</b>' in reply
    funder = autosave(ada, bid, "funders", "1000", "amount", 1).text
    assert f'id="figure-{left.id}" data-value="200000" hx-swap-oob="true">£2,000.00</b>' in funder
    assert "Together:" in funder
    assert "most you can ask for" not in funder
    group = question(bid, "funders").id
    assert 'data-value="300000" hx-swap-oob="true">£3,000.00</b>' in ada.post(
        f"/applications/{bid.ref}/lines/{group}/1/remove", headers=HTMX).text  # fmt: skip
    plain = ada.post(section_url(bid, "money"), data={"again": str(share.id)})
    assert plain.location == f"{section_url(bid, 'money')}#question-{share.id}"
