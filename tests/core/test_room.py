"""Readers are told before they type that nothing can be saved just now, and pages stay open to be read."""

import pytest
from sqlalchemy.exc import OperationalError

from portal.core import db as kernel
from tests.cast import ADA

TOLD = "Saving does not work at the moment"


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_a_full_disk_is_told_to_who_is_signed_in(app, as_user, monkeypatch):
    ada = as_user(ADA)
    assert TOLD not in ada.get("/desk").text
    monkeypatch.setattr(app.extensions["settings"], "least_free_mb", 10**9)
    assert TOLD in ada.get("/desk").text
    assert TOLD not in as_user(None).get("/").text


def test_after_a_write_that_failed_pages_say_so_until_one_succeeds(as_user, monkeypatch):
    ada, begin = as_user(ADA), kernel.begin_writing

    def fail(_session):
        raise OperationalError("INSERT", {}, Exception("attempt to write a readonly database"))

    monkeypatch.setattr(kernel, "begin_writing", fail)
    form = {"name": "Ada K", "csrf_token": ada.csrf_token()}
    assert ada.post("/account/details", data=form).status_code == 503
    reply = ada.get("/desk")
    assert reply.status_code == 200
    assert TOLD in reply.text
    monkeypatch.setattr(kernel, "begin_writing", begin)
    assert ada.post("/account/details", data=form).status_code == 303
    assert TOLD not in ada.get("/desk").text
