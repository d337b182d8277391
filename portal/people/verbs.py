"""What can be done in the portal, in plain words, by the address that does it; the rules stand on the addresses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verb:
    """One thing that somebody may or may not do."""

    label: str
    endpoint: str


VERBS: tuple[tuple[str, tuple[Verb, ...]], ...] = (
    ("Applications", (
        Verb("See the list of applications", "applications.index"),
        Verb("Start an application", "applications.start"),
        Verb("Answer its questions", "applications.save"),
        Verb("Submit it", "applications.submit"),
        Verb("Withdraw it", "applications.withdraw"),
    )),
    ("Assessment", (
        Verb("See the list of bids", "assessment.index"),
        Verb("Read the office's file of a bid", "assessment.show"),
        Verb("Confirm the first checks, return or refuse a bid", "assessment.gate"),
        Verb("Take a refused bid back in", "assessment.reinstate"),
        Verb("Assign assessors and send scores back", "assessment.assign"),
        Verb("See one's own assignments", "assessment.mine"),
        Verb("Declare interests", "assessment.interest"),
        Verb("Declare a conflict of interest", "assessment.conflict"),
        Verb("Score a bid", "assessment.score"),
        Verb("Moderate scores and recommend", "assessment.moderate"),
    )),
    ("Decisions and grants", (
        Verb("See the register of decisions", "awards.decisions"),
        Verb("See the list of grants", "awards.index"),
        Verb("Decide a bid, or stand aside", "awards.decide"),
        Verb("Publish a decision notice", "awards.publish"),
        Verb("Accept or decline an offer", "awards.accept"),
        Verb("Start a grant", "awards.go_live"),
    )),
    ("Rounds", (
        Verb("See the rounds and the bank holidays", "funds.rounds"),
        Verb("Write a round, check it, pause it, answer questions", "funds.section"),
        Verb("Open a round that somebody else has checked", "funds.open_round"),
        Verb("Give more time, or close a round early", "funds.extend_round"),
        Verb("Watch how a round goes", "reporting.round_watch"),
    )),
    ("Returns", (
        Verb("See the list of returns", "monitoring.index"),
        Verb("Prepare a return", "monitoring.save"),
        Verb("Certify and send it", "monitoring.send"),
        Verb("Query or accept it", "monitoring.review"),
        Verb("Waive it", "monitoring.waive"),
    )),
    ("Reports", (
        Verb("Read the plan and its objectives", "reporting.plan"),
        Verb("Read the finance report", "reporting.finance"),
        Verb("Verify the chain of events", "reporting.chain"),
    )),
    ("People", (
        Verb("See who has an account", "people.index"),
        Verb("Change rights in an organisation", "people.rights"),
        Verb("Remove somebody from an organisation, or leave it", "people.remove"),
        Verb("Invite somebody into the office", "people.invite_staff"),
        Verb("Disable an account and open it again", "people.disable"),
        Verb("Reset somebody's second factor", "people.reset_second_factor"),
        Verb("See the work that waits for somebody", "people.work"),
        Verb("Hand over work; admit and refuse new providers", "people.admit"),
        Verb("Give a role to somebody else", "people.give_role"),
        Verb("End a role of somebody else", "people.end_role"),
        Verb("Agree to a grave change that another has asked for", "people.confirm_change"),
        Verb("Read this page", "people.matrix"),
    )),
)  # fmt: skip
