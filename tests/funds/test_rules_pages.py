"""Setting up how a round judges: in the browser, with the exact place of what is wrong, and never twice in one place."""

import pytest

from portal.core.db import db, write
from portal.core.problems import NotNow, Refused
from portal.funds import actions
from portal.funds.models import RoundStage
from portal.funds.schemes import Kind, Scale
from tests import factories
from tests.cast import ADA, ALEX, OMAR, PRIYA, TESS
from tests.funds.rounds import a_draft_round, round_called

RULES = "/commissioning/rounds/{}/{}"
PLACE = RULES.format("SCF27", "criteria")
FIVE = "\n".join(f"{points} Word: Means {points}" for points in range(5, -1, -1))


@pytest.fixture
def draft(app):
    return a_draft_round()


def weights_of(round_, *given):
    return {f"weight-{each.id}": str(weight) for each, weight in zip(round_.criteria, given, strict=True)} | {
        "edition": str(round_.judging_edition)
    }


def criterion_fields(**changes):
    return {"name": "Partners", "guidance": "Who takes part.", "scale": "usual", "steps": "", "weight": "10"} | changes


def band_fields(*starts, **more):
    fields = {"scheme": "weighted", "spread_points": "2", "spread_percent": "15", "shortlist": "2/3", "edition": "2"}
    for number, start in enumerate(starts):
        fields |= {
            f"band-name-{number}": f"Band {number}",
            f"band-from-{number}": str(start),
            f"band-recommends-{number}": "discuss",
        }
    return fields | more


@pytest.mark.parametrize(("who", "status"), [(OMAR, 200), (PRIYA, 200), (ALEX, 200), (TESS, 404), (ADA, 404), (None, 303)])
def test_who_reads_the_rules(as_user, draft, who, status):
    assert as_user(who).get(PLACE).status_code == status


def test_an_auditor_reads_and_changes_nothing(as_user, draft):
    browser = as_user(ALEX)
    assert "Save the weights" not in browser.get(PLACE).text
    assert browser.post(f"{PLACE}/weights", data=weights_of(draft, 30, 20, 20, 15, 10, 5)).status_code == 403


def test_weights_are_saved_together_and_told(as_user, draft, verbs_about):
    assert as_user(OMAR).post(f"{PLACE}/weights", data=weights_of(draft, 25, 25, 20, 15, 10, 5)).status_code == 303
    assert [each.weight for each in draft.criteria] == [25, 25, 20, 15, 10, 5]
    assert verbs_about(draft)[-1] == "round.change_judging"


@pytest.mark.parametrize(("given", "said", "place"), [
    ((29, 20, 20, 15, 10, 5), "Its weights add to 99 instead of 100. Add 1 to them.", "#weights"),
    ((31, 20, 20, 15, 10, 5), "Its weights add to 101 instead of 100. Take 1 off them.", "#weights"),
    ((30, 20, 20, 15, 15, 0), "Sustainability and legacy: enter a weight from 1 to 100", "#weight-"),
    ((30, 20, 20, 15, 10, "five"), "enter a weight from 1 to 100", "#weight-"),
])  # fmt: skip
def test_weights_that_cannot_be_are_refused_at_their_place_and_kept(as_user, draft, given, said, place):
    reply = as_user(OMAR).post(f"{PLACE}/weights", data=weights_of(draft, *given))
    assert reply.status_code == 422
    assert said in reply.text.replace("&#39;", "'") or said.split(":")[-1].strip() in reply.text
    assert f'href="{place}' in reply.text
    assert f'value="{given[-1]}"' in reply.text
    assert [each.weight for each in draft.criteria] == [30, 20, 20, 15, 10, 5]


def test_two_officers_at_the_weights_do_not_overwrite_each_other(as_user, draft):
    seen = weights_of(draft, 25, 25, 20, 15, 10, 5)
    as_user(PRIYA).post(f"{PLACE}/weights", data=weights_of(draft, 35, 15, 20, 15, 10, 5))
    reply = as_user(OMAR).post(f"{PLACE}/weights", data=seen)
    assert reply.status_code == 409
    assert "Saved by a colleague: 35%" in reply.text
    assert 'value="25"' in reply.text
    assert draft.criteria[0].weight == 35


def test_a_criterion_is_added_changed_moved_and_removed(as_user, draft):
    browser = as_user(OMAR)
    assert browser.post(f"{PLACE}/add", data=criterion_fields()).status_code == 303
    made = draft.criteria[-1]
    assert (made.code, made.weight, made.scale) == ("partners", 10, Scale.FIVE)
    assert "add to 110 instead of 100" in browser.get(PLACE).text
    fields = criterion_fields(scale="pass", steps="Pass: they have agreed\nFail: one has not", weight="", edition="1")
    assert browser.post(f"{PLACE}/{made.id}", data=fields).status_code == 303
    assert (made.weight, made.options) == (0, [(1, "Pass"), (0, "Fail")])
    browser.post(f"{PLACE}/{made.id}/move", data={"way": "up"})
    assert [each.code for each in draft.criteria[-2:]] == ["partners", "legacy"]
    browser.post(f"{PLACE}/{made.id}/remove")
    assert len(draft.criteria) == 6


@pytest.mark.parametrize(("changes", "said"), [
    ({"weight": "0"}, "Enter a weight from 1 to 100"),
    ({"name": ""}, "Enter a name, like: Need and evidence"),
    ({"scale": "0-5", "steps": FIVE.replace("3 Word: Means 3\n", "")}, "Say what this means, in a line of its own: 3 points"),
    ({"scale": "0-5", "steps": f"{FIVE}\n6 Best: more"}, "6 is not on the scale"),
    ({"scale": "0-5", "steps": f"{FIVE}\n5 Twice: again"}, "Two lines are about 5 points"),
    ({"scale": "0-5", "steps": "five strong"}, "This is not: five strong"),
    ({"scale": "pass", "steps": "Pass: yes", "weight": ""}, "in a line of its own: Fail"),
    ({"least": "6"}, "Its scale ends at 5"),
    ({"scale": "0-7"}, "Choose from the list"),
])  # fmt: skip
def test_a_criterion_that_cannot_be_is_refused_at_its_place(as_user, draft, changes, said):
    reply = as_user(OMAR).post(f"{PLACE}/add", data=criterion_fields(**changes))
    assert reply.status_code == 422
    assert said in reply.text
    assert len(draft.criteria) == 6


def test_two_officers_at_one_criterion_see_both_versions(as_user, draft):
    first = draft.criteria[0]
    as_user(PRIYA).post(f"{PLACE}/{first.id}", data=criterion_fields(name="Fit", weight="30", edition="1"))
    reply = as_user(OMAR).post(f"{PLACE}/{first.id}", data=criterion_fields(name="Plan fit", weight="30", edition="1"))
    assert reply.status_code == 409
    assert ("Fit</td>" in reply.text, 'value="Plan fit"' in reply.text) == (True, True)
    assert 'name="edition" value="2"' in reply.text
    assert first.name == "Fit"
    assert (
        as_user(OMAR).post(f"{PLACE}/{first.id}", data=criterion_fields(name="Plan fit", weight="30", edition="2")).status_code
        == 303
    )


@pytest.mark.parametrize(("starts", "said", "place"), [
    ((60, 70, 0), "“Band 1” does not begin below “Band 0”", "#band-from-1"),
    ((70, 60, 10), "The last band, “Band 2”, does not begin at 0", "#band-from-2"),
    ((70, "x", 0), "Enter where “Band 1” begins", "#band-from-1"),
    ((170, 0), "from 0 to 100", "#band-from-0"),
])  # fmt: skip
def test_bands_out_of_order_are_refused_at_their_place(as_user, draft, starts, said, place):
    reply = as_user(OMAR).post(f"{PLACE}/scheme", data=band_fields(*starts))
    assert reply.status_code == 422
    assert (said in reply.text, f'href="{place}"' in reply.text) == (True, True)


@pytest.mark.parametrize(("more", "said"), [
    ({"scheme": "magic"}, "Choose a scheme"), ({"threshold": "101"}, "Enter a percentage from 1 to 100"),
    ({"scheme": "grouped", "groups": "Case 53\nOther 40"}, "The groups add to 93 instead of 100"),
    ({"groups": "Case"}, "This is not: Case"), ({"spread_points": "0"}, "from how many points on"),
])  # fmt: skip
def test_a_scheme_that_cannot_be_is_refused(as_user, draft, more, said):
    reply = as_user(OMAR).post(f"{PLACE}/scheme", data=band_fields(70, 0, **more))
    assert (reply.status_code, said in reply.text) == (422, True)


def test_a_scheme_is_chosen_and_an_older_page_does_not_undo_it(as_user, draft):
    fields = band_fields(70, 0, scheme="threshold", threshold="65", edition=str(draft.judging_edition))
    assert as_user(OMAR).post(f"{PLACE}/scheme", data=fields | {"tie-0": "area", "tie-1": "area"}).status_code == 303
    assert (draft.scheme, draft.threshold_percent, draft.ties) == (Kind.THRESHOLD, 65, ["area"])
    reply = as_user(PRIYA).post(f"{PLACE}/scheme", data=fields | {"scheme": "weighted"})
    assert (reply.status_code, "Saved by a colleague" in reply.text) == (409, True)


def test_the_points_of_the_round_are_described_for_all_its_criteria(as_user, draft):
    steps = "\n".join(f"{points} Mark: Worth {points}" for points in range(11))
    data = {"scale": "0-10", "steps": steps, "edition": str(draft.judging_edition)}
    assert as_user(OMAR).post(f"{PLACE}/points", data=data).status_code == 303
    assert {each.scale for each in draft.criteria} == {Scale.TEN}
    assert as_user(OMAR).post(f"{PLACE}/points", data=data | {"steps": steps[5:]}).status_code == 422


def test_trying_scores_saves_nothing_and_says_what_they_would_recommend(as_user, draft, query_count):
    tries = "&".join(f"try-{each.id}={points}" for each, points in zip(draft.criteria, (4, 3, 4, 3, 5, 2), strict=True))
    browser = as_user(OMAR)
    page = browser.get(f"{PLACE}?{tries}").text
    assert ("73%" in page, "Would recommend" in page, ">Fund<" in page) == (True, True, True)
    fragment = browser.get(f"{PLACE}?{tries}", headers={"HX-Request": "true", "HX-Target": "tried"}).text
    assert ("<html" not in fragment, "73%" in fragment) == (True, True)
    some = browser.get(f"{PLACE}?try-{draft.criteria[0].id}=5&try-9=x&try-{draft.criteria[1].id}=77").text
    assert "Still without points" in some
    with query_count() as queries:
        browser.get(f"{PLACE}?{tries}")
    assert len(queries) <= 12


def test_rules_are_taken_over_from_an_earlier_round_whole(as_user, draft):
    browser = as_user(OMAR)
    assert browser.post(f"{PLACE}/copy", data={"from": "nowhere"}).status_code == 422
    assert browser.post(f"{PLACE}/copy", data={"from": "YCF26"}).status_code == 303
    assert (draft.scheme, [each.code for each in draft.criteria][-1]) == (Kind.THRESHOLD, "safeguarding")
    assert len(round_called("YCF26").criteria) == 6


def test_the_first_bid_fixes_the_rules_and_the_page_says_so(as_user):
    factories.a_submitted_bid()
    round_, browser = round_called("SCF26"), as_user(OMAR)
    page = browser.get(RULES.format("SCF26", "criteria")).text
    assert "These rules are fixed. The first bid was handed in on" in page
    assert "Save the weights" not in page
    assert browser.get(RULES.format("SCF26", "criteria/scheme")).status_code == 409
    reply = browser.post(RULES.format("SCF26", "criteria/weights"), data=weights_of(round_, 25, 25, 20, 15, 10, 5))
    assert (reply.status_code, "judged by the same rules" in reply.text) == (409, True)


def test_a_round_that_was_checked_stays_fit_to_judge_by(draft, person):
    write(actions.check, draft, by=person(OMAR))
    assert draft.stage is RoundStage.CHECKED
    with pytest.raises(Refused, match="its weights add to 95 instead of 100"):
        write(actions.remove_row, draft.criteria[-1], by=person(OMAR))
    assert len(draft.criteria) == 6


def test_a_threshold_may_follow_the_scores_once_with_its_reason(as_user, draft, person):
    fields = band_fields(70, 0, scheme="threshold", edition=str(draft.judging_edition))
    as_user(OMAR).post(f"{PLACE}/scheme", data=fields)
    write(actions.fix_rules, draft)
    assert as_user(OMAR).get(f"{PLACE}/threshold").status_code == 403
    head = as_user(PRIYA)
    assert head.post(f"{PLACE}/threshold", data={"threshold": "65", "reason": ""}).status_code == 422
    assert head.post(f"{PLACE}/threshold", data={"threshold": "65", "reason": "Half of the bids lie above."}).status_code == 303
    with pytest.raises(NotNow, match="65% already"):
        write(actions.set_threshold, draft, 60, "Lower.", by=person(PRIYA))
    db.session.expire_all()
    assert draft.threshold_percent == 65
