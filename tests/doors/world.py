"""The world that the doors are tried in: one thing in every state that a door asks about, each under a name."""

from typing import Any

from sqlalchemy import select

from portal import applications
from portal import monitoring as returns
from portal.applications.models import Application
from portal.assessment import actions as assessment
from portal.assessment import gate
from portal.awards.models import Decision
from portal.core import clock, jobs
from portal.core.db import db, write
from portal.core.files import keep
from portal.demonstration import reference
from portal.demonstration.form_being_written import form_being_written
from portal.demonstration.papers import upload
from portal.demonstration.telling import tell
from portal.funds import actions as funds
from portal.funds.models import Round
from portal.monitoring.models import Return
from portal.people import actions as people
from portal.people.actions import involve
from portal.people.models import (
    AccountRequest,
    Appointment,
    Capacity,
    EmailChange,
    OfficeRole,
    OrganisationKind,
    Right,
    SignIn,
    User,
)
from portal.people.tokens import digest
from portal.plan.models import Rag
from portal.questions.models import Answer, Question
from portal.reporting import workbook
from tests import factories as made
from tests.cast import (
    ADA,
    ALEX,
    BEN,
    CLEO,
    DANA,
    FINN,
    GUS,
    IRA,
    MONA,
    NED,
    OMAR,
    PAT,
    PRIYA,
    ROSA,
    SINCE,
    TESS,
    UMA,
    VIC,
    user_of,
)
from tests.databases import Template
from tests.doors import additions, canaries

ADDRESS_TOKEN = "in-the-letter-to-her-new-address"
ZOE, JACK = "zoe@opcc.example", "jack@opcc.example"
ROLES = {  # the columns of the table: who knocks, and as what
    "nobody": None,
    "ada": ADA,  # lead of the applicant
    "ben": BEN,  # contributor
    "rosa": ROSA,  # reader
    "gus": GUS,  # signatory of its accountable body
    "cleo": CLEO,  # lead of another applicant
    "ned": NED,  # signatory of another body
    "tess": TESS,  # the assigned assessor
    "zoe": ZOE,  # an assessor who is not assigned
    "vic": VIC,  # an assessor with an interest
    "omar": OMAR,  # grants officer
    "priya": PRIYA,  # head of commissioning
    "dana": DANA,  # decision-maker
    "finn": FINN,  # finance officer
    "mona": MONA,  # monitoring officer
    "pat": PAT,  # plan officer, with an interest in every case of Fenland's
    "alex": ALEX,  # auditor
    "ira": IRA,  # administrator
    "jack": JACK,  # a head of commissioning whose account is disabled
}
BIDS = {  # of Fenland's partnership, in the order in which they are begun
    "draft": "SCF26-0001",
    "submitted": "SCF26-0002",
    "judged": "SCF26-0003",
    "recommended": "SCF26-0004",
    "declined": "SCF26-0005",
    "offered": "SCF26-0006",
    "reporting": "SCF26-0007",  # its first return has been sent, its second begun
    "reported": "SCF26-0008",  # its first return has been accepted, its second is due
    "foreign": "SCF26-0009",  # Cleo's
    "returned": "SCF26-0010",
}


ROUNDS = {"draft": "SCF27", "open": "SCF26"}


def load() -> None:
    reference.load_reference()
    write(add_newcomers)
    with canaries.set_out():
        with canaries.telling_of("asked"):
            write_rounds()
        for name, ref in BIDS.items():
            with canaries.telling_of(name):
                assert LIVES[name]().ref == ref
        made.publish(decision_called("declined"))
    jobs.run(write(workbook.ask, {}, by=user_of(FINN)).id)
    write(let_people_move)
    write(conflict_pat)
    tell([form_being_written()])
    additions.add_to_organisations(bid_called("draft").organisation)
    write(additions.announce_and_propose)


def write_rounds() -> None:
    """A draft like the open one, of which somebody has asked something."""
    like = db.session.scalars(select(Round).where(Round.code == ROUNDS["open"])).one()
    write(funds.begin, like.fund, ROUNDS["draft"], "The next round", like.kind, like, by=user_of(OMAR))
    write(funds.ask, like, "May we bid twice?", by=None)


def add_newcomers() -> None:
    for name, email, role in (("Zoe Hart", ZOE, OfficeRole.ASSESSOR), ("Jack Doe", JACK, OfficeRole.HEAD_OF_COMMISSIONING)):
        user = User(name=name, email=email, fs_uniquifier=email, password=None)
        user.appointments.append(Appointment(role=role, from_on=SINCE))
        db.session.add(user)


def let_people_move() -> None:
    """Somebody is invited, somebody asks for an account, a grave role waits, Ada changes her address and is signed in."""
    ada, ira, fenland = user_of(ADA), user_of(IRA), user_of(ADA).memberships[0].organisation
    people.invite("wren@fenland.example", "Wren Ellis", organisation=fenland, rights=[Right.READER], by=ada)
    people.ask_for_account(
        "Bea Lund", "bea@spokes.example", "Spokes of Chatteris", OrganisationKind.CHARITY, "1999999", "Bicycles."
    )
    db.session.flush()
    people.verify(db.session.scalars(select(AccountRequest)).one())
    people.give_role(user_of(PRIYA), OfficeRole.DECISION_MAKER, clock.today(), None, "Stands in", by=ira)
    people.ask_new_address(ada, "ada.khan@fenland.example", by=ada)
    db.session.flush()
    db.session.scalars(select(EmailChange)).one().token_digest = digest(ADDRESS_TOKEN)
    now = clock.now()
    db.session.add(SignIn(token_digest=digest("a sign-in of hers"), user_id=ada.id, began_at=now, seen_at=now))


def conflict_pat() -> None:
    for name, ref in BIDS.items():
        if name != "foreign":
            involve(user_of(PAT), ref, Capacity.CONFLICTED)


def a_judged_bid() -> Application:
    """Tess is scoring, Uma has handed her scores in, Vic has an interest."""
    bid = made.submit(with_files(made.a_complete_draft()))
    noted = {each.check.id: (True, "Seen.") for each in gate.findings(bid)}
    write(assessment.admit, bid, noted, by=user_of(OMAR))
    made.score(made.declare(made.assign(bid, TESS)), hand_in=False)
    with canaries.telling_of("judged by Uma"):
        made.score(made.declare(made.assign(bid, UMA)))
    with canaries.telling_of("judged by Vic"):
        made.declare(made.assign(bid, VIC), conflict="I sit on the board of the partnership.")
    return bid


def a_reporting_grant() -> Application:
    award = made.a_live_award()
    first, second = made.returns_of(award)
    made.file_return(attach(made.fill_return(made.start_return(first)), returns, "evidence"))
    made.start_return(second)
    return award.application


def a_reported_grant() -> Application:
    queried = made.answer_query(made.a_queried_return())
    return made.accept_return(made.file_return(queried), delivery=Rag.AMBER, reason="Late by a month.").award.application


def a_recommended_bid() -> Application:
    """The scores were far apart, and something else was agreed."""
    return made.recommend(made.moderate(made.a_scored_bid(points=(2, 5)), points=4))


def with_files(bid: Application) -> Application:
    """One file that assessors are shown, and one that they are not."""
    return attach(attach(bid, applications, "quotes"), applications, "safeguarding_policy")


def attach(thing: Any, package: Any, code: str) -> Any:
    sheet = package.lists.sheet_of(thing)
    question = sheet.by_code[code]
    kept = keep(upload(code), question.settings["types"], question.settings["max_mb"])
    write(package.actions.save_section, thing, {}, [(question.id, kept)], by=user_of(ADA))
    return thing


def a_foreign_bid() -> Application:
    return made.a_scored_bid(by=CLEO, project="ely-bikes")


LIVES = {
    "returned": made.a_returned_bid,
    "draft": lambda: with_files(made.a_complete_draft()),
    "submitted": made.a_submitted_bid,
    "judged": a_judged_bid,
    "recommended": a_recommended_bid,
    "declined": made.a_declined_bid,
    "offered": lambda: made.an_offered_award().application,
    "reporting": a_reporting_grant,
    "reported": a_reported_grant,
    "foreign": a_foreign_bid,
}
DOORS = Template("doors", load)


def user_called(role: str) -> User | None:
    who = ROLES[role]
    if who is None:
        return None
    return db.session.scalars(select(User).where(User.email == (who if isinstance(who, str) else who.email))).one()


def disable_jack() -> None:
    user_called("jack").active = False


def bid_called(name: str) -> Application:
    return db.session.scalars(select(Application).where(Application.ref == BIDS[name])).one()


def decision_called(name: str) -> Decision:
    return db.session.scalars(select(Decision).where(Decision.application_id == bid_called(name).id)).one()


def file_called(name: str, code: str) -> int:
    """The number of the file in answer to this question of a bid, or of the first return of its grant."""
    answered = select(Answer.file_id).join(Answer.question).where(Question.code == code, Answer.file_id.is_not(None))
    bid = bid_called(name)
    sets = [bid.answer_set_id, *db.session.scalars(select(Return.answer_set_id).where(Return.ref == f"{bid.ref}-R1"))]
    return db.session.scalars(answered.where(Answer.answer_set_id.in_(sets))).one()
