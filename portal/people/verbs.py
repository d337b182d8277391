"""What can be done in the portal, in plain words, by the address that does it; the rules stand on the addresses."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Verb:
    """One thing that somebody may or may not do."""

    label: str
    endpoint: str


VERBS: tuple[tuple[str, tuple[Verb, ...]], ...] = (
    ("Funds", (
        Verb("See funds, sources and their money", "funds.index"),
        Verb("Begin a fund and change it", "funds.edit"),
        Verb("Announce an envelope and change it", "funds.edit_envelope"),
        Verb("Add a source, set its amounts and carry over", "funds.set_year"),
        Verb("Propose a budget", "funds.propose"),
        Verb("Approve one that somebody else proposed", "funds.approve"),
        Verb("Refuse one, or take one's own back", "funds.refuse"),
        Verb("Write forms and publish them", "forms.publish"),
    )),
    ("Applications", (
        Verb("See the list of applications", "applications.index"),
        Verb("Start an application", "applications.start"),
        Verb("Answer its questions", "applications.save"),
        Verb("Submit it", "applications.submit"),
        Verb("Take all answers of a round as a file", "applications.answers_csv"),
        Verb("Withdraw it", "applications.withdraw"),
    )),
    ("Assessment", (
        Verb("See the list of bids", "assessment.index"),
        Verb("Read the office's file of a bid", "assessment.show"),
        Verb("Confirm the first checks, return or refuse a bid", "assessment.gate"),
        Verb("Take a refused bid back in", "assessment.reinstate"),
        Verb("Assign assessors and send scores back", "assessment.assign"),
        Verb("Ask an assessor again who was stood down", "assessment.ask_again"),
        Verb("See one's own assignments", "assessment.mine"),
        Verb("Declare interests", "assessment.interest"),
        Verb("Declare a conflict of interest", "assessment.conflict"),
        Verb("Score a bid", "assessment.score"),
        Verb("Moderate scores and recommend", "assessment.moderate"),
        Verb("Send a bid to the panel", "assessment.to_panel"),
        Verb("Record that the panel defers a bid or keeps it in reserve", "assessment.defer"),
        Verb("Read the ranking of a round", "assessment.ranking"),
    )),
    ("Rules of a round", (
        Verb("Read how a round judges and whom it lets apply", "funds.criteria"),
        Verb("Change how a round judges and whom it lets apply", "funds.scheme"),
        Verb("Set a threshold once scores are known", "funds.threshold"),
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
        Verb("Give more time or money, or close a round early", "funds.extend_round"),
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
    ("Organisations", (
        Verb("See the list of organisations", "people.organisations"),
        Verb("Change who an organisation is, its host and members", "people.change_host"),
        Verb("Change an organisation's address and contacts", "people.add_contact"),
        Verb("End a contact of an organisation", "people.end_contact"),
        Verb("See the organisation that one acts for", "reporting.own_organisation"),
        Verb("Add an organisation's documents", "people.add_paper"),
        Verb("Merge two organisations that are one, and undo it", "people.merge"),
        Verb("Bring in areas", "people.import_areas"),
    )),
    ("People", (
        Verb("See who has an account", "people.index"),
        Verb("Change rights in an organisation", "people.rights"),
        Verb("Remove somebody from an organisation, or leave it", "people.remove"),
        Verb("Invite somebody into the office", "people.invite_staff"),
        Verb("Disable an account and open it again", "people.disable"),
        Verb("Reset somebody's second factor", "people.reset_second_factor"),
        Verb("Disconnect somebody's work account", "people.disconnect"),
        Verb("See the work that waits for somebody", "people.work"),
        Verb("Hand over work; admit and refuse new providers", "people.admit"),
        Verb("Give a role to somebody else", "people.give_role"),
        Verb("End a role of somebody else", "people.end_role"),
        Verb("Agree to a grave change that another has asked for", "people.confirm_change"),
        Verb("Read this page", "people.matrix"),
    )),
    ("History and personal data", (
        Verb("Search the history of everything", "reporting.events"),
        Verb("Read the history of a person", "reporting.person_history"),
        Verb("Have a copy of one's own data", "people.own_data"),
        Verb("Search personal data", "people.personal"),
        Verb("Have a copy of everything held about somebody", "people.copy"),
        Verb("See what an erasure would take", "people.erasure"),
        Verb("Correct somebody's account", "people.correct"),
        Verb("Erase somebody", "people.erase"),
        Verb("Erase what was kept long enough", "people.carry_out"),
    )),
)  # fmt: skip
