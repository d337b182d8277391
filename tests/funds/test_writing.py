"""Writing a round down: clones, sections, what is missing, what is refused and where, and two officers at once."""

import re
from datetime import timedelta

import pytest

from portal.core.db import write
from portal.core.problems import Conflict, Incomplete, NotNow, Refused
from portal.funds import actions
from portal.funds.models import RoundKind, RoundStage
from tests.at_once import at_once
from tests.cast import ADA, ALEX, DANA, OMAR, PRIYA, user_of
from tests.funds.lives import a_checked_round, a_clone, dated, fund_called, round_called

DATES = {"opens_on": ["1", "9", "2026"], "opens_time": "9am", "closes_on": ["30", "9", "2026"], "closes_time": "17:00"}
MONEY = {"pot_pence": "40,000", "cap_pence": "5,000", "cap_per": "bid", "least_pence": "", "match_percent": "0",
         "payment_mode": "in_advance"}  # fmt: skip
DECISION = {"assessors_required": "2", "quorum": "", "scores_seen": "all_in", "has_second_look": "no", "has_panel": "no",
            "keeps_reserve": "yes", "decision_working_days": "10", "acceptance_days": "28"}  # fmt: skip


def send(client, round_, section, **typed):
    return client.post(f"/commissioning/rounds/{round_.code}/{section}", data={"edition": str(round_.edition)} | typed)


def test_a_clone_has_everything_of_the_earlier_round_but_its_dates(app):
    made, like = a_clone(), round_called("SCF26")
    assert (made.opens_at, made.closes_at, made.stage, made.last_number) == (None, None, RoundStage.DRAFT, 0)
    for name in (
        "cap_pence",
        "cap_per",
        "accepts",
        "scale",
        "bands",
        "question_version_id",
        "return_version_id",
        "longest_months",
    ):
        assert getattr(made, name) == getattr(like, name)
    assert [(each.code, each.weight) for each in made.criteria] == [(each.code, each.weight) for each in like.criteria]
    assert [each.key for each in made.gate_checks] == [each.key for each in like.gate_checks]
    assert {each.id for each in made.criteria}.isdisjoint(each.id for each in like.criteria)
    assert {each.section for each in actions.missing_from(made)} == {"dates"}


def test_what_is_missing_is_listed_and_each_leads_to_its_place(as_user):
    write(actions.begin, fund_called(), "NEW1", "From nothing", RoundKind.COMPETED, by=user_of(OMAR))
    page = as_user(OMAR).post("/commissioning/rounds/NEW1/check")
    assert page.status_code == 422
    for section in ("dates", "money", "who", "questions", "criteria"):
        assert f'href="/commissioning/rounds/NEW1/{section}"' in page.text
    assert as_user(OMAR).get("/commissioning/rounds/NEW1").text.count("Something is missing") == 5


@pytest.mark.parametrize(("section", "typed", "sentence", "field"), [
    ("dates", DATES | {"closes_on": ["31", "8", "2026"]}, "It must close after it opens", "closes_on-day"),
    ("dates", DATES | {"closes_on": ["25", "10", "2026"], "closes_time": "1:30am"}, "The clocks change", "closes_time"),
    ("dates", DATES | {"opens_on": ["29", "3", "2026"], "opens_time": "01:30"}, "The clocks change at that time", "opens_time"),
    ("dates", DATES | {"closes_time": ""}, "Enter the hour as well", "closes_time"),
    ("dates", DATES | {"opens_time": "25:00"}, "Enter a time, like 9am or 17:00", "opens_time"),
    ("money", MONEY | {"cap_pence": "40,000.01"}, "The limit is above the £40,000.00 that there are", "cap_pence"),
    ("money", MONEY | {"least_pence": "5,001"}, "The least is above the limit of £5,000.00", "least_pence"),
    ("money", MONEY | {"cap_pence": "0"}, "Enter an amount above zero", "cap_pence"),
    ("money", MONEY | {"match_percent": "100"}, "Enter 99 or less", "match_percent"),
    ("decision", DECISION | {"quorum": "3"}, "Enter 1 to 2, as many as score", "quorum"),
    ("who", {"accepts": "csp", "longest_months": "0", "exclusions": ""}, "Enter 1 to 120 months", "longest_months"),
])  # fmt: skip
def test_bad_input_is_refused_at_its_exact_place(as_user, section, typed, sentence, field):
    reply = send(as_user(OMAR), a_clone(), section, **typed)
    assert reply.status_code == 422
    assert re.search(rf'href="#{field}">[^<]*{re.escape(sentence)}', reply.text)


def test_every_section_is_saved_as_it_was_typed(as_user):
    round_, omar = a_clone(), as_user(OMAR)
    for section, typed in (("dates", DATES), ("money", MONEY), ("decision", DECISION)):
        assert send(omar, round_called("SCF27"), section, **typed).status_code == 303
    round_ = round_called("SCF27")
    assert round_.opens_at.isoformat() == "2026-09-01T08:00:00+00:00"
    assert round_.closes_at.isoformat() == "2026-09-30T16:00:00+00:00"
    assert (round_.pot_pence, round_.cap_pence, round_.keeps_reserve, round_.edition) == (4_000_000, 500_000, True, 4)
    for section in ("about", "dates", "money", "who", "questions", "decision", "monitoring"):
        assert omar.get(f"/commissioning/rounds/SCF27/{section}").status_code == 200


def test_who_saves_over_newer_words_sees_both_and_loses_nothing(as_user):
    round_ = a_clone()
    omar, priya, edition = as_user(OMAR), as_user(PRIYA), str(round_.edition)
    assert send(priya, round_, "money", **(MONEY | {"cap_pence": "4,000"})).status_code == 303
    reply = send(omar, round_, "money", edition=edition, **(MONEY | {"cap_pence": "4,500", "pot_pence": "50,000"}))
    assert reply.status_code == 409
    assert "Nothing of yours is lost" in reply.text
    assert 'value="4,500"' in reply.text
    assert "400000" in reply.text or "£4,000.00" in reply.text
    edition = re.search(r'name="edition"[^>]*value="(\d+)"', reply.text)[1]
    again = omar.post("/commissioning/rounds/SCF27/money", data=MONEY | {"cap_pence": "4,500", "edition": edition})
    assert again.status_code == 303
    assert round_called("SCF27").cap_pence == 450_000


def test_two_who_save_at_the_same_moment_leave_one_and_tell_the_other(app):
    round_ = a_clone()
    code, edition = round_.code, round_.edition

    def save(title, who):
        write(actions.save, round_called(code), {"title": title}, edition, by=user_of(who))
        return "saved"

    found = at_once(app, [lambda: save("One", OMAR), lambda: save("Two", PRIYA)])
    assert sorted(map(str, found))[1] == "saved"
    assert sum(isinstance(each, Conflict) for each in found) == 1


def test_a_checked_round_is_not_changed_before_it_is_a_draft_again(app, frozen):
    round_ = a_checked_round(frozen)
    with pytest.raises(NotNow, match="its rules stand"):
        write(actions.save, round_, {"title": "Other"}, round_.edition, by=user_of(OMAR))
    write(actions.change, round_called("SCF27"), by=user_of(PRIYA))
    assert round_called("SCF27").checked_by_id is None


def test_a_code_is_used_once_and_reads_as_one(app):
    for code, sentence in (("SCF26", "There is a round SCF26 already"), ("scf", "capital letters"), ("S", "capital letters")):
        with pytest.raises(Refused, match=sentence):
            write(actions.begin, fund_called(), code, "Again", RoundKind.COMPETED, by=user_of(OMAR))


def test_a_direct_award_needs_a_name_and_a_reason(app, frozen):
    write(actions.begin, fund_called(), "DIR1", "Direct", RoundKind.DIRECT, by=user_of(OMAR))
    round_ = dated(round_called("DIR1"), frozen.now + timedelta(days=1), None)
    with pytest.raises(Incomplete):
        write(actions.check, round_, by=user_of(OMAR))
    fenland = user_of(ADA).memberships[0].organisation
    with pytest.raises(Refused, match="need not compete"):
        write(actions.invite, round_called("DIR1"), fenland, "", by=user_of(OMAR))
    write(actions.invite, round_called("DIR1"), user_of(ADA).memberships[0].organisation, "The only body.", by=user_of(OMAR))
    write(actions.check, round_called("DIR1"), by=user_of(OMAR))
    assert round_called("DIR1").stage is RoundStage.CHECKED


@pytest.mark.parametrize(("who", "status"), [(OMAR, 200), (PRIYA, 200), (DANA, 403), (ALEX, 403), (ADA, 404)])
def test_who_may_write_a_round(as_user, who, status):
    a_clone()
    assert as_user(who).get("/commissioning/rounds/SCF27/dates").status_code == status


def test_pages_of_rounds_are_light(as_user, query_count):
    a_clone()
    omar = as_user(OMAR)
    pages = (("", 5), ("/SCF26", 3), ("/SCF27", 6), ("/SCF27/preview", 5), ("/SCF26/watch", 5), ("/SCF26/clarifications", 4))
    for address, most in pages:
        with query_count() as queries:
            assert omar.get(f"/commissioning/rounds{address}").status_code == 200
        assert len([each for each in queries if not each.startswith(("BEGIN", "SAVEPOINT"))]) <= most
