"""Filling in a return: kept as typed, by those who may write, with nothing lost to a colleague."""

import re
from io import BytesIO

import pytest

from portal.core.db import db, write
from portal.core.problems import NotNow
from portal.monitoring import actions
from portal.monitoring.account import account_of
from portal.monitoring.models import Stage
from portal.plan.models import Rag
from tests.cast import ADA, ALEX, BEN, CLEO, FINN, GUS, NED, OMAR, ROSA, TESS
from tests.factories import a_draft_return, a_due_return, a_submitted_return, file_return, fill_return


def typed_for(return_, **changes):
    fields = {"edition": str(return_.figures_edition), "delivery_rag": "green", "spend_rag": "amber", "rag_reason": "As planned."}
    for reading in return_.measures:
        fields |= {f"measure-{reading.measure_id}": "3", f"about-measure-{reading.measure_id}": ""}
    for line in return_.spending:
        fields |= {f"line-{line.line_id}": "0", f"about-line-{line.line_id}": ""}
    return fields | changes


def first_line(return_):
    return f"line-{return_.spending[0].line_id}"


def test_who_may_start_and_fill_in_a_return(as_user):
    return_ = a_due_return()
    url = f"/returns/{return_.ref}"
    for who, see, do in [(OMAR, 200, 403), (FINN, 200, 403), (ALEX, 200, 403), (ROSA, 200, 403), (CLEO, 404, 404),
                         (NED, 404, 404), (TESS, 404, 404), (None, 303, 303)]:  # fmt: skip
        client = as_user(who)
        assert client.get(url).status_code == see, who
        assert client.post(f"{url}/start").status_code == do, who
        assert client.get(f"{url}/figures").status_code == do, who
        assert client.post(f"{url}/figures", data={}).status_code == do, who
        assert client.get(f"{url}/sections/progress").status_code == do, who
        assert client.post(f"{url}/sections/progress", data={}).status_code == do, who
    ben = as_user(BEN)
    assert ben.post(f"{url}/start").status_code == 303
    assert return_.stage is Stage.DRAFT
    assert ben.post(f"{url}/start").status_code == 303  # a second click
    for page in ("", "/figures", "/sections/progress", "/sections/publicity", "/check"):
        for who in (ADA, BEN, GUS):
            assert as_user(who).get(url + page).status_code == 200, (page, who)
    assert ben.get(f"{url}/sections/nonsense").status_code == 404


def test_the_figures_page_shows_what_was_agreed(as_user):
    return_ = a_draft_return()
    page = as_user(BEN).get(f"/returns/{return_.ref}/figures").text
    for reading in return_.measures:
        assert reading.measure.name in page
    assert "£920.00" in page
    assert "£725.00 would be spent" in page


def test_figures_are_kept_and_lead_to_the_check(as_user):
    return_ = a_draft_return()
    place = first_line(return_)

    reply = as_user(BEN).post(f"/returns/{return_.ref}/figures", data=typed_for(return_, **{place: "£460.50"}))

    assert (reply.status_code, reply.location) == (303, f"/returns/{return_.ref}/check")
    assert (return_.spending[0].spent_pence, return_.spending[0].typed) == (46_050, "£460.50")
    assert [reading.achieved for reading in return_.measures] == [3, 3]
    assert (return_.delivery_rag, return_.spend_rag, return_.rag_reason) == (Rag.GREEN, Rag.AMBER, "As planned.")
    assert "£460.50" in as_user(BEN).get(reply.location).text


def test_what_cannot_be_read_is_kept_as_typed_with_a_word_beside_it(as_user):
    return_ = a_draft_return()
    ben, place, count = as_user(BEN), first_line(return_), f"measure-{return_.measures[0].measure_id}"

    reply = ben.post(f"/returns/{return_.ref}/figures", data=typed_for(return_, **{place: "about 400", count: "some"}))

    assert (reply.status_code, reply.location) == (303, f"/returns/{return_.ref}/figures?check=yes")
    page = ben.get(reply.location).text
    for wanted in ('value="about 400"', "Enter an amount in pounds", 'value="some"', "Enter a whole number", f'href="#{place}"'):
        assert wanted in page, wanted
    assert (return_.spending[0].spent_pence, return_.spending[0].typed) == (None, "about 400")


HOSTILE = ["-1", "1e9", "9" * 300, "\x00\u202e12", "=1+1", "<b hx-post=/x>", "12.345", "\u0661\u0662"]


def test_hostile_figures_are_text_and_nothing_else(as_user):
    return_ = a_draft_return()
    ben, place, url = as_user(BEN), first_line(return_), f"/returns/{return_.ref}/figures"
    for hostile in HOSTILE:
        about = {place: hostile, place.replace("line", "about-line"): hostile}
        assert ben.post(url, data=typed_for(return_, **about)).status_code == 303, hostile
        assert "<b hx-post" not in ben.get(url).text
        assert return_.spending[0].spent_pence in (None, 1200), hostile


def test_fields_of_other_returns_and_unknown_ratings_are_passed_over(as_user):
    return_, other = a_draft_return(), a_draft_return(by=CLEO, project="ely-bikes")
    theirs = first_line(other)
    as_user(BEN).post(f"/returns/{return_.ref}/figures", data=typed_for(return_, delivery_rag="purple", **{theirs: "1"}))
    assert other.spending[0].typed == ""
    assert return_.delivery_rag is None


def test_a_colleagues_figures_are_not_overwritten_unseen(as_user):
    return_ = a_draft_return()
    url, place = f"/returns/{return_.ref}/figures", first_line(return_)
    stale = typed_for(return_, **{place: "100"})
    as_user(ADA).post(url, data=typed_for(return_, **{place: "200"}))

    reply = as_user(BEN).post(url, data=stale)

    assert reply.status_code == 409
    assert "Ada Khan saved other figures" in reply.text
    assert 'value="100"' in reply.text
    assert re.search(r"Saved by your colleague: <span[^>]*>200<", reply.text)
    assert return_.spending[0].spent_pence == 20_000

    again = as_user(BEN).post(url, data=stale | {"edition": re.search(r'name="edition" value="(\d+)"', reply.text)[1]})
    assert again.status_code == 303
    assert return_.spending[0].spent_pence == 10_000


def test_the_same_figures_saved_twice_are_no_conflict(as_user):
    return_ = a_draft_return()
    url, typed = f"/returns/{return_.ref}/figures", typed_for(return_)
    assert as_user(ADA).post(url, data=typed).status_code == 303
    assert as_user(BEN).post(url, data=typed).status_code == 303
    assert return_.figures_edition == 1


def test_answers_are_saved_as_typed_with_and_without_scripts(as_user):
    return_ = a_draft_return()
    page = as_user(BEN).get(f"/returns/{return_.ref}/sections/progress").text
    key = re.search(r'name="answer-(\d+)"[^>]*value="in_progress"', page)[1]
    url = f"/returns/{return_.ref}/answers/{key}/0"

    saved = as_user(BEN).post(
        url,
        data={f"answer-{key}": "in_progress", f"edition-{key}": "0"},
        headers={"HX-Request": "true", "HX-Target": f"answer-{key}"},
    )
    assert saved.status_code == 200
    assert "Saved" in saved.text
    plain = as_user(BEN).post(
        f"/returns/{return_.ref}/sections/progress", data={f"answer-{key}": "on_hold", f"edition-{key}": "1"}
    )
    assert (plain.status_code, plain.location) == (303, f"/returns/{return_.ref}/sections/publicity")
    stale = as_user(ADA).post(
        url,
        data={f"answer-{key}": "complete", f"edition-{key}": "1"},
        headers={"HX-Request": "true", "HX-Target": f"answer-{key}"},
    )
    assert stale.status_code == 409
    assert as_user(CLEO).post(url, data={f"answer-{key}": "complete"}).status_code == 404


def test_a_moved_milestone_brings_up_its_lines_which_can_be_added_and_taken_out(as_user):
    return_ = a_draft_return()
    ben, url = as_user(BEN), f"/returns/{return_.ref}"
    sheet_page = ben.get(f"{url}/sections/progress").text
    group = re.search(rf"{url}/lines/(\d+)/add", sheet_page)[1]
    for verb, status in [("add", 303), ("2/remove", 303), ("2/restore", 303)]:
        assert ben.post(f"{url}/lines/{group}/{verb}", data={}).status_code == status, verb


def test_papers_can_be_attached_read_by_the_office_and_taken_off(as_user):
    return_ = a_draft_return()
    ben, url = as_user(BEN), f"/returns/{return_.ref}"
    question = re.search(rf"{url}/files/(\d+)/attach", ben.get(f"{url}/sections/publicity").text)[1]
    paper = {f"file-{question}": (BytesIO(b"counted on Friday"), "counts.txt")}
    refused = ben.post(f"{url}/files/{question}/attach", data=paper)
    assert refused.status_code == 422
    assert "Choose a" in refused.text
    picture = {f"file-{question}": (BytesIO(b"\x89PNG\r\n\x1a\n" + b"\0" * 2_000_000), "drove.png")}
    assert ben.post(f"{url}/files/{question}/attach", data=picture).status_code == 303
    number = re.search(r"/files/(\d+)\"", ben.get(f"{url}/sections/publicity").text)[1]
    for who, status in [(ADA, 200), (OMAR, 200), (CLEO, 404), (TESS, 404)]:
        assert as_user(who).get(f"/files/{number}").status_code == status, who
    assert ben.post(f"{url}/files/{question}/1/detach", data={}).status_code == 303
    assert as_user(ADA).get(f"/files/{number}").status_code == 404


def test_a_return_that_was_sent_cannot_be_changed(as_user, person):
    return_ = a_submitted_return()
    ben, url = as_user(BEN), f"/returns/{return_.ref}"
    for page in ("/figures", "/sections/progress", "/check"):
        assert ben.get(url + page).location == url, page
    assert ben.post(f"{url}/figures", data=typed_for(return_)).status_code == 409
    late = ben.post(f"{url}/sections/progress", data={})
    assert late.status_code == 409
    with pytest.raises(NotNow):
        write(actions.save_figures, return_, {}, {}, Rag.RED, Rag.RED, "x", edition=None, by=person(BEN))


def test_saving_needs_a_writer_even_in_a_race_with_sending(person):
    return_ = fill_return(a_draft_return())
    before = account_of(return_).spent_pence
    file_return(return_)
    with pytest.raises(NotNow):
        write(actions.save_section, return_, {}, by=person(BEN))
    db.session.rollback()
    assert account_of(return_).spent_pence == before
