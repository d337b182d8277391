"""Sign-ins stand on the server: their owner sees and ends them, grave changes end them, and nothing typed is lost with one."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.core.db import db, write
from portal.people import keeping
from portal.people.filling import fill
from portal.people.models import KeptForm, SignIn
from tests.cast import ADA, BEN, OMAR, PASSWORD
from tests.people.conftest import TOKEN

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
TYPED = {"name": "Ada Khan-Hill", "phone": '01632 <960> "001"'}
PAGE = "/account/details"


def is_in(browser):
    return browser.get("/account").status_code == 200


def test_one_sees_where_one_is_signed_in(as_user, type_in):
    browser = as_user(None)
    browser.environ_base["HTTP_USER_AGENT"] = CHROME
    type_in(browser)
    page = browser.get("/account/sign-ins").text
    assert "Chrome on Windows" in page
    assert "9 June 2026 at 11am" in page
    assert page.count("This one") == 1
    assert "End all others" not in page


def test_one_ends_one_or_all_others(as_user, person):
    here, there, elsewhere = as_user(ADA), as_user(ADA), as_user(ADA)
    numbers = db.session.scalars(select(SignIn.id).order_by(SignIn.id)).all()
    here.post(f"/account/sign-ins/{numbers[1]}/end")
    assert (is_in(here), is_in(there), is_in(elsewhere)) == (True, False, True)
    here.post("/account/sign-ins/end-others")
    assert (is_in(here), is_in(elsewhere)) == (True, False)


def test_nobody_ends_the_sign_in_of_another(as_user):
    ada, ben = as_user(ADA), as_user(BEN)
    number = db.session.scalars(select(SignIn.id).order_by(SignIn.id)).first()
    assert ben.post(f"/account/sign-ins/{number}/end").status_code == 404
    assert is_in(ada)


def test_a_changed_password_ends_all_others_and_is_told(as_user, type_in, outbox, verbs_about, person):
    here, there = as_user(None), as_user(ADA)
    type_in(here)
    new = {"password": PASSWORD, "new_password": "three unrelated words", "new_password_confirm": "three unrelated words"}
    reply = here.post("/account/password", data=new)
    assert (reply.status_code, reply.location) == (302, "/account")
    assert (is_in(here), is_in(there)) == (True, False)
    assert [mail.template for mail in outbox()] == ["people/password_changed"]
    assert verbs_about(person(ADA)) == ["account.password"]
    assert db.session.scalars(select(SignIn).where(SignIn.ended_at.is_(None))).one()


@pytest.mark.parametrize("new", ["short", "password1234", "three words that differ"])
def test_a_password_is_changed_to_a_good_one_typed_twice(as_user, new):
    reply = as_user(ADA).post(
        "/account/password", data={"password": PASSWORD, "new_password": new, "new_password_confirm": new[:-1]}
    )
    assert reply.status_code == 200
    assert "There is a problem" in reply.text


@pytest.mark.parametrize("typed", ["x" * 20_000, "\ufdfa" * 1000])
def test_a_password_that_no_hash_can_take_is_just_wrong(as_user, type_in, typed):
    assert type_in(password=typed).status_code == 200
    new = {"new_password": "three unrelated words", "new_password_confirm": "three unrelated words"}
    assert as_user(ADA).post("/account/password", data=new | {"password": typed}).status_code == 200
    assert as_user(ADA).post("/account/password", data={"password": PASSWORD} | dict.fromkeys(new, typed)).status_code == 200
    assert as_user(ADA).post("/account/email", data={"email": "x@y.example", "password": typed}).status_code == 422


def test_a_forgotten_password_is_set_anew_through_a_link_that_works_once(as_user, outbox, type_in):
    signed_in = as_user(ADA)
    as_user(None).post("/forgotten-password", data={"email": ADA.email.upper()})
    link = re.search(r"/forgotten-password/\S+", outbox()[-1].body)[0]
    stranger = as_user(None)
    assert stranger.get(link).status_code == 200
    new = {"password": "three unrelated words", "password_confirm": "three unrelated words"}

    assert stranger.post(link, data=new).location == "/sign-in"

    assert not is_in(stranger), "the link alone signs nobody in"
    assert not is_in(signed_in)
    assert stranger.get(link).status_code == stranger.post(link, data=new).status_code == 410
    assert type_in(password="three unrelated words").location == "/desk"


def test_an_old_link_says_so(as_user, outbox, monkeypatch, app):
    as_user(None).post("/forgotten-password", data={"email": ADA.email})
    link = re.search(r"/forgotten-password/\S+", outbox()[-1].body)[0]
    monkeypatch.setitem(app.config, "SECURITY_RESET_PASSWORD_WITHIN", timedelta(seconds=-1))
    reply = as_user(None).get(link)
    assert reply.status_code == 410
    assert "ask for a new link" in reply.text


@pytest.mark.parametrize(("who", "until"), [(OMAR, "11:30am"), (ADA, "1pm")])
def test_every_page_says_until_when_and_one_link_makes_it_longer(as_user, frozen, who, until):
    browser = as_user(who)
    page = browser.get("/account").text
    assert f"signed in until {until} unless" in page
    frozen.move(minutes=20)
    assert "You stay signed in" in browser.get("/account/stay").text
    frozen.move(minutes=20)
    assert is_in(browser)


def expire(browser, frozen, type_in=None, **sent):
    """Send a form two hours and a bit after the last page."""
    token = TOKEN.search(browser.get(PAGE).text)[1]
    frozen.move(hours=2, minutes=1)
    headers = {"Referer": f"http://localhost{PAGE}"}
    return browser.raw_post(PAGE, data=TYPED | {"csrf_token": token} | sent, headers=headers)


def test_a_form_sent_after_the_end_is_back_after_signing_in_and_forgotten_once_sent(as_user, frozen, type_in):
    browser = as_user(ADA)
    reply = expire(browser, frozen)
    assert (reply.status_code, reply.location) == (303, f"/sign-in?next={PAGE}")

    assert type_in(browser, reply.location).location == PAGE

    page = browser.get(PAGE).text
    assert "We kept what you had typed" in page
    assert 'value="Ada Khan-Hill"' in page
    assert "01632 &lt;960&gt; &quot;001&quot;" in page
    assert browser.post(PAGE, data=TYPED).status_code == 303
    assert db.session.scalars(select(KeptForm)).all() == []
    assert browser.get(PAGE).status_code == 200


def test_what_is_kept_cannot_be_read_in_the_database_and_holds_no_password(as_user, frozen, person):
    expire(as_user(ADA), frozen, new_password="my secret words")
    kept = db.session.scalars(select(KeptForm)).one()
    assert b"Khan-Hill" not in kept.secret
    assert set(keeping.typed_in(kept, person(ADA))) == {"name", "phone"}


def test_somebody_else_at_the_same_browser_does_not_get_it(as_user, frozen, type_in):
    browser = as_user(ADA)
    expire(browser, frozen)
    type_in(browser, email=BEN.email)
    assert "Khan-Hill" not in browser.get(PAGE).text


def test_it_is_gone_after_half_an_hour(as_user, frozen, type_in):
    browser = as_user(ADA)
    expire(browser, frozen)
    frozen.move(minutes=30, seconds=1)
    type_in(browser)
    assert "Khan-Hill" not in browser.get(PAGE).text
    write(keeping.forget_old)
    assert db.session.scalars(select(KeptForm)).all() == []


def test_nothing_is_kept_of_a_form_without_its_token_nor_after_signing_out(as_user, frozen):
    browser = as_user(ADA)
    frozen.move(hours=2, minutes=1)
    assert browser.raw_post(PAGE, data=TYPED).status_code == 400
    other = as_user(BEN)
    other.post("/sign-out")
    other.post(PAGE, data=TYPED)
    assert db.session.scalars(select(KeptForm)).all() == []


FORM = """<!DOCTYPE html><form method="post" action="/x"><input name="a" value="old">
<input type="hidden" name="csrf_token" value="t"><textarea name="b">old &amp; gone</textarea>
<input type="radio" name="c" value="1" checked><input type="radio" name="c" value="2">
<select name="d">
<option value="1" selected>One</option><option value="2">Two</option></select><input name="e"><input name="e">
<input type="file" name="f"><input type="password" name="a"></form>
<form method="post" action="/y"><input name="a" value="old"></form>&copy;"""


def test_a_form_is_filled_and_the_rest_of_the_page_stays_to_the_letter():
    typed = {
        "a": ['"<new>"'],
        "b": ["</textarea><script>"],
        "c": ["2"],
        "d": ["2"],
        "e": ["1", "2"],
        "f": ["x"],
        "csrf_token": ["old"],
    }
    made = fill(FORM, "/x", "/x", typed)
    wanted = [
        'name="a" value="&quot;&lt;new&gt;&quot;"', ">&lt;/textarea&gt;&lt;script&gt;</textarea>", 'value="2" checked>',
        '<option value="2" selected>', 'name="e" value="1"', 'name="e" value="2"', 'name="csrf_token" value="t"',
    ]  # fmt: skip
    assert [part for part in wanted if part not in made] == []
    assert 'value="1" checked' not in made
    assert made.endswith(FORM[FORM.index('<input type="file"') :])
    assert fill(FORM, "/x", "/elsewhere", typed) == FORM
