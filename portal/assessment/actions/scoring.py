"""Verbs of scoring: keeping points and words as they come, handing them in, sending them back."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.applications.models import Application
from portal.assessment.actions.locks import check_scored, hold, hold_scores
from portal.assessment.lists import assignments_of, awaited
from portal.assessment.models import Assignment, Score, Stage
from portal.assessment.workflow import LIFE
from portal.core import clock, outbox
from portal.core.constraints import explain
from portal.core.db import db
from portal.core.problems import Conflict, Incomplete, NotFound, NotNow, Refused
from portal.people.lists import holders_of
from portal.people.models import OfficeRole, User

LONGEST = 5_000  # characters of a justification; a longer one is kept, but cannot be handed in
explain(one_score_each="These scores were saved twice at the same moment. Look at what is there, then save again.")


@dataclass(frozen=True)
class Given:
    """What an assessor has typed for one criterion, and the edition it was typed over; None saves over whatever is there."""

    points: int | None
    justification: str
    edition: int | None = None


class Overtaken(Conflict):
    """Another window, or a colleague, saved first. Names the criteria, so that both texts can be shown."""

    def __init__(self, criterion_ids: list[int], who: str = "from another window") -> None:
        super().__init__(f"Something else is saved already, {who}. Choose which of the two to keep.")
        self.criterion_ids = criterion_ids


def save_score(
    assignment: Assignment, criterion_id: int, points: int | None, justification: str, *, edition: int | None, by: User
) -> Score | None:
    """Keep points and words on one criterion, complete or not; None while there is nothing to keep.

    Raises `Overtaken` when another window saved something else first.
    """
    return save_scores(assignment, {criterion_id: Given(points, justification, edition)}, by=by)[0]


def save_scores(assignment: Assignment, given: Mapping[int, Given], *, by: User) -> list[Score | None]:
    """Keep a whole page of scores, or nothing of it when another window was first."""
    hold_scores(assignment)
    if assignment.stage is Stage.DECLARED:
        LIFE.advance(assignment, "start", by=by)
    check_open(assignment)
    criteria = {criterion.id for criterion in assignment.application.round.criteria}
    if set(given) - criteria:
        raise NotFound("This round has no such criterion.")
    known = {score.criterion_id: score for score in assignment.scores}
    if overtaken := [key for key, new in given.items() if is_overtaken(known.get(key), new)]:
        raise Overtaken(overtaken)
    return [keep(assignment, known.get(key), key, new) for key, new in given.items()]


def check_open(assignment: Assignment) -> None:
    """Refuse to change what has been handed in, or what nobody has opened yet."""
    if assignment.stage is Stage.SUBMITTED:
        raise NotNow("Your scores have been submitted, so they can no longer be changed.")
    if assignment.stage not in (Stage.SCORING, Stage.SENT_BACK):
        raise NotNow(f"{assignment} is {assignment.stage.label.lower()}, so it cannot be scored now.")


def is_overtaken(score: Score | None, new: Given) -> bool:
    """The page showed an older edition, and says something else than what is stored by now."""
    if score is None or new.edition is None or new.edition == score.edition:
        return False
    return (score.points, score.justification) != (new.points, new.justification)


def keep(assignment: Assignment, score: Score | None, criterion_id: int, new: Given) -> Score | None:
    before = (None, "") if score is None else (score.points, score.justification)
    if before == (new.points, new.justification):
        return score
    if score is None:
        score = Score(criterion_id=criterion_id, edition=0)
        assignment.scores.append(score)
    score.points, score.justification = new.points, new.justification
    score.edition, score.saved_at = score.edition + 1, clock.now()
    return score


def submit_scores(assignment: Assignment, *, by: User) -> None:
    """Hand the scores in. Refused with all that is missing; the office is told when they were the last."""
    hold(assignment.application)  # alone, so that the last of several knows that it is the last
    hold_scores(assignment)
    if missing := missing_scores(assignment):
        raise Incomplete(missing)
    LIFE.advance(assignment, "submit", by=by)
    application = assignment.application
    db.session.flush()
    if awaited(application, assignments_of(application)) is None:
        outbox.send("assessment/all_in", to=holders_of(OfficeRole.GRANTS_OFFICER), case=application.ref, application=application)


def missing_scores(assignment: Assignment) -> list[tuple[str, str]]:
    """Each sentence with the address of the field it speaks of."""
    known = {score.criterion_id: score for score in assignment.scores}
    missing = []
    for criterion in assignment.application.round.criteria:
        score = known.get(criterion.id)
        if score is None or score.points is None:
            missing.append((f"Give points for: {criterion.name}", f"#points-{criterion.id}"))
        if score is None or not score.justification:
            missing.append((f"Say why, for: {criterion.name}", f"#justification-{criterion.id}"))
        elif len(score.justification) > LONGEST:
            missing.append((f"Use {LONGEST:,} characters or fewer, for: {criterion.name}", f"#justification-{criterion.id}"))
    return missing


def send_back(assignment: Assignment, reason: str, *, by: User) -> None:
    """Ask an assessor to look at their scores again; until then nobody sees the others', and an agreed score waits."""
    application: Application = assignment.application
    hold(application)
    check_scored(application)
    if not reason:
        raise Refused("Say what the assessor should look at again", "reason")
    LIFE.advance(assignment, "send_back", by=by, reason=reason)
    application.agreed_permille = None
    outbox.send("assessment/sent_back", to=[assignment.assessor], case=application.ref, application=application, reason=reason)
