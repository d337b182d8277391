"""E-mails: one's own, and everybody's for the administrator of a demonstration."""

import pytest

from tests import factories as acts
from tests.cast import ADA, BEN, CLEO, FINN, IRA, OMAR, TESS


@pytest.fixture
def mails(app, outbox):
    """What a submitted bid and an invited assessor have set in motion."""
    acts.a_bid_with_assessors()
    return {mail.to_address: mail for mail in outbox()}


def test_one_reads_ones_own_and_nobody_elses(as_user, mails):
    own, other = mails[ADA.email], mails[OMAR.email]
    ada = as_user(ADA)
    assert own.subject in ada.get("/mail").text
    assert other.subject not in ada.get("/mail").text
    assert f'href="/mail/{own.id}"' in ada.get("/mail").text
    assert own.body.split("\n")[0] in ada.get(f"/mail/{own.id}").text
    assert ada.get(f"/mail/{other.id}").status_code == 404
    assert ada.get("/mail/999999").status_code == 404
    assert as_user(None).get(f"/mail/{own.id}").status_code == 303


def test_the_administrator_reads_everybodys_in_the_demonstration_only(as_user, app, mails, monkeypatch):
    other = mails[ADA.email]
    assert as_user(IRA).get(f"/mail/{other.id}").status_code == 404
    monkeypatch.setattr(app.extensions["settings"], "profile", "demonstration")
    assert as_user(IRA).get(f"/mail/{other.id}").status_code == 200
    assert as_user(FINN).get(f"/mail/{other.id}").status_code == 404


def test_a_link_in_an_e_mail_can_be_followed(as_user, mails):
    mail = mails[ADA.email]
    page = as_user(ADA).get(f"/mail/{mail.id}").text
    assert 'href="http://127.0.0.1:8000/applications/' in page


def test_the_file_is_offered_to_who_may_open_it(as_user, mails):
    invited = mails[TESS.email]
    assert f"/grants/{invited.case}" not in as_user(TESS).get(f"/mail/{invited.id}").text
    assert f'href="/grants/{invited.case}"' in as_user(ADA).get(f"/mail/{mails[ADA.email].id}").text


def test_what_people_wrote_stays_text(as_user, app, outbox):
    acts.ask(acts.a_submitted_bid(), reason='<b hx-post="/sign-out">now</b>')
    mail = next(mail for mail in outbox() if "hx-post" in mail.body)
    page = as_user(ADA).get(f"/mail/{mail.id}").text
    assert "&lt;b hx-post" in page
    assert '<b hx-post="/sign-out">' not in page


def test_an_empty_box_says_so(as_user, app):
    assert "No e-mails yet" in as_user(CLEO).get("/mail").text
    assert as_user(BEN).get("/mail?q=%00&after=x").status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_mails(as_user, app, query_count, outbox):
    acts.a_submitted_bid()
    ada, counts = as_user(ADA), []
    for _ in range(2):
        with query_count() as queries:
            ada.get("/mail")
        counts.append(len(queries))
        acts.a_submitted_bid()
    assert counts[0] == counts[1]
