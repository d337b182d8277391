"""A corrected form in a round that runs: drafts are carried over with their answers, what was handed in stays."""

import pytest
from sqlalchemy import select

from portal.applications.actions.carrying import carry_form
from portal.applications.models import Application, Stage
from portal.core.db import db, write
from portal.core.problems import NotNow
from portal.questions.builder import beginning, drafts
from portal.questions.builder.parts import Place
from portal.questions.models import Answer
from tests.applications.forms import HTMX, answer_url, autosave, key, question, section_url, typed
from tests.cast import ADA, CLEO, OMAR, user_of
from tests.factories import a_complete_draft, a_submitted_bid, start_bid

FORM = "/commissioning/forms/safer_communities_form"


def corrected(take_out, new_label_of):
    """Version 2 of the form of the round: one question is gone, one asks in other words, one is new."""
    newest = beginning.newest_of("safer_communities_form")
    draft = write(beginning.correct, newest, by=user_of(OMAR))
    home = draft_section(draft, new_label_of)
    write(drafts.remove, draft, Place(question=take_out), by=user_of(OMAR))
    wording = {"label": "In new words?", "example": "Two benches and a lamp.", "filled_from": "earlier_bid"}
    write(drafts.save, draft, Place(question=new_label_of), wording, draft.edition, by=user_of(OMAR))
    facts = {"code": "", "kind": "short_text", "label": "Anything new?", "settings": {}}
    write(drafts.add, draft, Place(section=home), facts, by=user_of(OMAR))
    return write(drafts.publish, draft, draft.edition, by=user_of(OMAR))


def draft_section(draft, code):
    sections = drafts.document_of(draft)["sections"]
    return next(each["code"] for each in sections if any(asked["code"] == code for asked in each["questions"]))


def test_drafts_go_over_with_all_they_say_and_submitted_bids_stay(app, as_user, outbox):
    sent, bid = a_submitted_bid(), a_complete_draft(CLEO)
    round_, old = bid.round, bid.answer_set.version_id
    sheet_before = said(bid)
    gone, reworded = free_texts(bid)
    version = corrected(gone, reworded)

    assert "In new words?" in as_user(OMAR).get(f"/applications/carry/{round_.code}").text
    assert as_user(CLEO).post(f"/applications/carry/{round_.code}").status_code in (403, 404)
    assert as_user(OMAR).post(f"/applications/carry/{round_.code}").status_code == 303

    db.session.expire_all()
    bid, sent = db.session.get(Application, bid.id), db.session.get(Application, sent.id)
    assert (bid.answer_set.version_id, bid.answer_set.carried_from_id) == (version.id, old)
    assert sent.stage is Stage.SUBMITTED
    assert sent.answer_set.version_id == old
    assert said(bid) == {code: text for code, text in sheet_before.items() if code != gone}
    kept = db.session.scalars(select(Answer.raw).where(Answer.answer_set_id == bid.answer_set_id)).all()
    assert sheet_before[gone] in kept, "what is no longer asked is kept"
    page = as_user(CLEO).get(f"/applications/{bid.ref}").text
    assert "The form has been corrected since you began" in page
    assert "In new words?" in page
    assert "It is no longer asked." in page
    assert any("corrected form" in mail.subject for mail in outbox())
    assert "The example was empty, and is “Two benches and a lamp.” now." in page
    assert "filled in beforehand" not in page, "that is the office's"
    assert "It is filled in beforehand with what the organisation answered" in as_user(OMAR).get(f"{FORM}/2/changes").text
    with pytest.raises(NotNow, match="already"):
        write(carry_form, bid.round, version, by=user_of(OMAR))

    another, ada = start_bid(ADA), as_user(ADA)
    assert said(another)[reworded] == said(sent)[reworded]
    home = section_url(another, question(another, reworded).section.code)
    assert f"Filled in from your application {sent.ref}. Check it" in ada.get(home).text
    assert "Two benches and a lamp." in ada.get(home).text
    autosave(ada, another, reworded, "Written anew.")
    assert "Filled in from" not in ada.get(home).text


def test_what_windows_opened_before_send_afterwards_is_kept_or_shown_to_be_copied(app, as_user):
    bid = a_complete_draft(CLEO)
    gone, reworded = free_texts(bid)
    window = {code: typed(bid, code, f"{code}, typed in the old window") for code in (gone, reworded)}
    url = {code: answer_url(bid, code) for code in (gone, reworded)}
    home, group, old_key = section_url(bid, question(bid, reworded).section.code), question(bid, "budget").id, key(bid, reworded)
    corrected(gone, reworded)
    as_user(OMAR).post(f"/applications/carry/{bid.round.code}")
    cleo = as_user(CLEO)

    kept = cleo.post(url[reworded], data=window[reworded], headers=HTMX | {"HX-Target": f"answer-{old_key}"})
    assert kept.status_code == 200
    assert f'name="edition-{old_key}" value="2"' in kept.text, "the old page goes on with its own names"
    assert "load it again" in kept.text
    lost = cleo.post(url[gone], data=window[gone], headers=HTMX)
    assert (lost.status_code, "Not saved" in lost.text) == (409, True)

    window[reworded] = {f"answer-{old_key}": "Once more, as a whole page", f"edition-{old_key}": "2"}
    shown = cleo.post(home, data=window[reworded] | window[gone])
    assert shown.status_code == 409
    assert f"{gone}, typed in the old window" in shown.text
    assert "Once more" not in shown.text, "it is saved"
    assert said(bid)[reworded] == "Once more, as a whole page"
    assert cleo.post(f"/applications/{bid.ref}/sections/gone", data={}).status_code == 404
    line = cleo.post(
        f"/applications/{bid.ref}/lines/{group}/add", data={f"answer-{old_key}": "And a line", f"edition-{old_key}": "3"}
    )
    assert line.status_code == 303
    assert said(bid)[reworded] == "And a line"


def said(bid):
    from portal.applications.lists import sheet_of

    sheet = sheet_of(bid)
    return {question.code: sheet.item(question).raw for question in sheet.by_code.values() if sheet.item(question).raw}


def free_texts(bid):
    """Two answered texts that nothing else looks at."""
    from portal.questions.builder.wordings import users_of
    from portal.questions.published import form_of

    form, answered = form_of(bid.answer_set.version_id), said(bid)
    free = [each.code for each in form.by_code.values() if each.kind == "long_text" and each.code in answered
            and not each.writes_to and not list(users_of(form, {each.code}))]  # fmt: skip
    return free[0], free[1]
