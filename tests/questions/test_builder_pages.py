"""Pages of the form builder: previews, refusals beside their fields, hostile words, who may, and what a page costs."""

import pytest

from portal.core.db import db
from portal.questions.builder import beginning
from portal.questions.kinds import KINDS
from portal.questions.models import FormDraft
from tests.cast import ADA, FINN, OMAR, PRIYA
from tests.questions.drafting import FIRST, HOME, HOSTILE, a_draft, add, codes, now, waiting


def test_a_preview_asks_and_warns_as_the_real_form_does_and_keeps_nothing(app, as_user):
    waiting()
    around = as_user(OMAR).get(f"{HOME}/community_sport/draft/preview?width=phone")
    assert 'class="device device--phone" src="/commissioning/forms/community_sport/draft/preview/page?section=' in around.text
    preview = f"{HOME}/community_sport/draft/preview/page"
    omar = as_user(OMAR)
    for reply in (around, omar.get(preview)):
        assert reply.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert reply.headers["Content-Security-Policy"].endswith("; frame-src 'self'; frame-ancestors 'self'")
    assert "Will others pay too?" in omar.get(preview).text
    said = {"edition-1": "0", "answer-1": "yes", "edition-2": "0", "answer-2": "a lot", "check": "yes"}
    page = omar.post(preview, data=said).text
    assert "Enter an amount in pounds" in page
    assert "Answer: What is the project called?" in page
    assert 'value="a lot"' not in omar.get(preview).text


@pytest.mark.parametrize(("kind", "fields", "sentence"), [
    ("short_text", {"label": "x" * 5000}, "Use 500 characters or fewer"),
    ("short_text", {"label": ""}, "Enter the question"),
    ("long_text", {"label": "A", "set_words": "many"}, "Enter a whole number"),
    ("radios", {"label": "A", "set_choices": " \n "}, "Say: choices, one on each line"),
    ("radios", {"label": "A", "set_choices": "\n".join(f"Choice {n}" for n in range(400))}, "must be a list of 1 to 300 choices"),
    ("money", {"label": "A", "set_min_pence": "10", "set_max_pence": "1"}, "nothing could be answered"),
    ("calculated", {"label": "A", "set_reckon": "sum", "first": "nowhere"}, "Choose from the list"),
])  # fmt: skip
def test_what_cannot_be_asked_is_refused_beside_its_field(app, as_user, kind, fields, sentence):
    draft = a_draft()
    reply = as_user(OMAR).post(f"{HOME}/community_sport/draft/sections/{FIRST}/questions/add/{kind}", data=fields)
    assert reply.status_code == 422
    assert sentence in reply.text
    assert codes(draft) == []


def test_words_facts_and_the_columns_of_a_table_are_set_where_they_stand(app, as_user):
    draft, omar = a_draft(), as_user(OMAR)
    home = f"{HOME}/community_sport/draft"
    said = {"label": "What is it called?", "hint": "Short.", "example": "New Drove", "writes_to": "title",
            "filled_from": "earlier_bid", "holds": ["required"]}  # fmt: skip
    add_one = f"{home}/sections/{FIRST}/questions/add/short_text"
    assert omar.post(add_one, data=said).status_code == 303
    asked = now(draft)["sections"][0]["questions"][0]
    assert {name: asked[name] for name in said if name != "holds"} == {name: said[name] for name in said if name != "holds"}
    assert (
        "in the same fact of the bid (title) as “What is it called?”" in omar.post(add_one, data=said | {"label": "Again?"}).text
    )
    for page, words in (("", "with an example"), ("/print", "For example: New Drove"), ("/preview/page", "See an example")):
        assert words in omar.get(f"{home}{page}").text

    table = {
        "label": "Costs",
        "set_rows": "Staff\nVenue",
        "column_1": "Cost",
        "kind_1": "money",
        "column_2": "How many",
        "kind_2": "number",
    }
    assert omar.post(f"{home}/sections/{FIRST}/questions/add/table", data=table).status_code == 303
    column = f"{home}/questions/costs/columns/cost"
    limits = {
        "label": "Cost in a year",
        "set_min_pence": "1",
        "set_max_pence": "500",
        "edition": str(db.session.get(FormDraft, draft.id).edition),
    }
    assert omar.post(column, data=limits | {"set_max_pence": "0.50"}).status_code == 422
    assert omar.post(column, data=limits).status_code == 303
    assert omar.post(f"{column}/down").status_code == 303
    assert now(draft)["sections"][0]["questions"][1]["settings"]["columns"] == [
        {"code": "how_many", "kind": "number", "label": "How many", "settings": {}},
        {"code": "cost", "kind": "money", "label": "Cost in a year", "settings": {"min_pence": 100, "max_pence": 50000}},
    ]
    assert "highest amount: £500.00" in omar.get(home).text
    assert omar.post(f"{home}/questions/costs/up", data={"steps": "99"}).status_code == 303, "as far as there are places"
    assert codes(draft) == ["costs", "what_is_it_called"]
    assert omar.get(f"{column}/rules").status_code == 404
    assert omar.get(f"{home}/questions/costs/columns/add").status_code == 404


def test_a_button_is_answered_with_what_its_page_shows_otherwise(app, as_user):
    draft, omar = waiting(), as_user(OMAR)
    home = f"{HOME}/community_sport/draft"
    assert omar.post(f"{home}/sections/add", data={"title": "Money"}).status_code == 303
    last, edition = codes(draft)[-1], db.session.get(FormDraft, draft.id).edition

    def pressed(address, edition):
        headers = {"HX-Request": "true", "HX-Target": "latest"}
        return omar.post(f"{home}/{address}", data={"edition": str(edition)}, headers=headers).text

    moved = pressed(f"questions/{last}/up", edition)
    assert f'id="section-{FIRST}" hx-swap-oob="true"' in moved
    assert 'id="section-money"' not in moved
    assert f'name="edition" value="{edition + 1}"' in moved
    whole = '<div id="sections" hx-swap-oob="true">'
    assert whole in pressed(f"questions/{last}/down", edition), "the page does not show the last change"
    assert whole in pressed("sections/money/up", edition + 2), "the sections come in another order"
    refused = pressed(f"questions/{codes(draft)[0]}/remove", edition + 3)
    assert "govuk-error-summary" in refused
    assert "section-money" not in refused.partition("</form>")[0].replace("#section-money", "")


def test_hostile_words_are_shown_as_they_were_typed_on_every_page(app, as_user):
    draft = a_draft(HOSTILE)
    home = f"{HOME}/{draft.key}/draft"
    omar = as_user(OMAR)
    for kind, settings in (
        ("radios", {"set_choices": HOSTILE}),
        ("guidance", {"set_text": f"[x](javascript:alert(1)) {HOSTILE}"}),
    ):
        words = {"label": HOSTILE, "hint": HOSTILE, **settings}
        assert omar.post(f"{home}/sections/{FIRST}/questions/add/{kind}", data=words).status_code == 303
    code = codes(draft)[0]
    for page in (
        "",
        "/preview/page",
        "/print",
        "/publish",
        f"/questions/{code}",
        f"/questions/{codes(draft)[1]}/asked?of={code}",
    ):
        text = omar.get(f"{home}{page}").text
        assert "<script>alert" not in text
        assert 'href="javascript' not in text
        assert "49" not in text.replace(HOSTILE, ""), page
    for foreign in ("questions/nowhere", "sections/nowhere", f"questions/{code}/columns/x", "sections/x/questions/add/radios"):
        assert omar.get(f"{home}/{foreign}").status_code == 404
        assert omar.post(f"{home}/{foreign}/up").status_code in (404, 405)


def test_only_officers_write_forms_and_a_page_costs_the_same_for_one_question_and_many(app, as_user, query_count):
    assert [as_user(who).get(f"{HOME}/").status_code for who in (OMAR, PRIYA, FINN, ADA)] == [200, 200, 403, 403]
    draft, omar, counts = a_draft(), as_user(OMAR), []
    for number in (1, 3):
        while len(codes(draft)) < number:
            add(draft, "radios", "Which?", choices=[["a", "A"]])
        for page in ("", "/preview/page", "/questions/which", "/questions/which/asked", "/publish", "/copy"):
            omar.get(f"{HOME}/community_sport/draft{page}")
            with query_count() as count:
                omar.get(f"{HOME}/community_sport/draft{page}")
            counts.append(len(count))
    assert counts[:6] == counts[6:]
    assert max(counts) <= 12


def test_every_type_of_question_can_be_written_and_changed(app, as_user):
    omar = as_user(OMAR)
    omar.post(f"{HOME}/new", data={"name": "Sport", "like": "large_service_form/1"})
    document, tried = now(beginning.being_written("sport")), set()
    for kind in KINDS:
        page = omar.get(f"{HOME}/sport/draft/sections/{document['sections'][0]['code']}/questions/add/{kind}")
        assert page.status_code == 200, kind
    for section in document["sections"]:
        for asked in section["questions"]:
            if asked["kind"] not in tried:
                tried.add(asked["kind"])
                assert omar.get(f"{HOME}/sport/draft/questions/{asked['code']}").status_code == 200
