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
from tests.cast import CLEO, OMAR, user_of
from tests.factories import a_complete_draft, a_submitted_bid


def corrected(take_out, new_label_of):
    """Version 2 of the form of the round: one question is gone, one asks in other words, one is new."""
    newest = beginning.newest_of("safer_communities_form")
    draft = write(beginning.correct, newest, by=user_of(OMAR))
    home = draft_section(draft, new_label_of)
    write(drafts.remove, draft, Place(question=take_out), by=user_of(OMAR))
    write(drafts.save, draft, Place(question=new_label_of), {"label": "In new words?"}, draft.edition, by=user_of(OMAR))
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
    with pytest.raises(NotNow, match="already"):
        write(carry_form, bid.round, version, by=user_of(OMAR))


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
