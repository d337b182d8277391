"""What a person types into the forms of the thread: a bid of the demonstration's, and a return on it."""

from portal.applications.lists import sheet_of
from portal.applications.models import Application
from portal.core.db import db
from portal.demonstration.acts.grants import answers_about
from portal.demonstration.projects import answers_of, typed
from portal.monitoring.lists import sheet_of as return_sheet
from portal.monitoring.models import Return
from portal.questions.sheet import Sheet
from tests.browser.hand import Hand, Said

LASTS = 240  # days: long enough for a mid-point return


def sections_of(site, ref: str) -> list[tuple[str, bool]]:
    """The sections of a bid, and in which of them answers open more questions."""
    with site.looking():
        return [(section.code, any(each.shown_when for each in section.questions)) for section in bid_sheet(ref).sections]


def bid_sheet(ref: str) -> Sheet:
    return sheet_of(db.session.query(Application).filter_by(ref=ref).one())


def what_to_say(site, ref: str) -> Said:
    with site.looking():
        bid = db.session.query(Application).filter_by(ref=ref).one()
        return typed(sheet_of(bid), answers_of(bid, "new-drove", None, None, LASTS))


def add_missing_lines(ada: Hand, site, ref: str, code: str) -> None:
    """Press “Add” until each group of this section has the lines that the project needs."""
    with site.looking():
        bid = db.session.query(Application).filter_by(ref=ref).one()
        answers, sheet = answers_of(bid, "new-drove", None, None, LASTS), sheet_of(bid)
        groups = [each for each in sheet.by_code.values() if each.kind == "group" and each.section.code == code]
        wanted = {group.id: (group.code, len(answers.get(group.code, [])), len(sheet.rows(group))) for group in groups}
    for group_id, (_, needed, there) in wanted.items():
        for count in range(there + 1, needed + 1):
            ada.page.locator(f'main button[formaction$="/lines/{group_id}/add"]').click()
            ada.page.wait_for_load_state()
            ada.page.locator(f"#lines-{group_id} > fieldset").nth(count - 1).wait_for()


def fill_in_return(ada: Hand, site, number: str) -> None:
    with site.looking():
        return_ = db.session.query(Return).filter_by(ref=number).one()
        sheet = return_sheet(return_)
        said = typed(sheet, answers_about(return_, "All is on course."))
        codes = [section.code for section in sheet.sections]
    for code in codes:
        ada.open(f"/returns/{number}/sections/{code}")
        ada.answer(said)
        ada.press("Save and continue")
