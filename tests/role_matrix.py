"""Who may do what, written down: a change of any rule fails here until somebody has looked at it and agreed.

A row is a verb and, for each role in the order of the page, Y (may), o (only on what is theirs) or - (may not).
"""

from typing import Any

TABLE = """
See funds, sources and their money                            Y--YYYYYYYY-----
Begin a fund and change it                                    Y--Y------------
Announce an envelope and change it                            Y--Y------------
Add a source, set its amounts and carry over                  -----YY---------
Propose a budget                                              Y--Y-YY---------
Approve one that somebody else proposed                       -----YY---------
Refuse one, or take one's own back                            o--o-YY---------
Write forms and publish them                                  Y--Y------------
See the list of applications                                  Y--YYYYYYYYYYYYY
Start an application                                          -----------YY---
Answer its questions                                          -----------oo---
Submit it                                                     -----------o----
Take all answers of a round as a file                         Y--YYYYYYYY-----
Withdraw it                                                   -----------o----
See the list of bids                                          YY-YYYYYYYY-----
Read the office's file of a bid                               Y--YYYYYYYY-----
Confirm the first checks, return or refuse a bid              Y--Y------------
Take a refused bid back in                                    ---Y------------
Assign assessors and send scores back                         Y--Y------------
Ask an assessor again who was stood down                      Y--Y------------
See one's own assignments                                     -Y--------------
Declare interests                                             -o--------------
Declare a conflict of interest                                Yo-Y------------
Score a bid                                                   -o--------------
Moderate scores and recommend                                 Y--Y------------
Send a bid to the panel                                       Y--Y------------
Record that the panel defers a bid or keeps it in reserve     ---Y------------
Read the ranking of a round                                   Y--YYYYYYYY-----
Read how a round judges and whom it lets apply                Y--YYYYYYYY-----
Change how a round judges and whom it lets apply              Y--Y------------
Set a threshold once scores are known                         ---Y------------
See the register of decisions                                 Y--YYYYYYYY-----
See the list of grants                                        Y--YYYYYYYYYYYYY
Decide a bid, or stand aside                                  ----Y-----------
Publish a decision notice                                     -------Y--------
Accept or decline an offer                                    --------------o-
Start a grant                                                 Y--Y------------
See the rounds and the bank holidays                          YYYYYYYYYYY-----
Write a round, check it, pause it, answer questions           Y--Y------------
Open a round that somebody else has checked                   ---Y------------
Give more time or money, or close a round early               ---Y------------
Watch how a round goes                                        Y--YYYYYYYY-----
See the list of returns                                       Y--YYYYYYYYYYYYY
Prepare a return                                              -----------oo-o-
Certify and send it                                           -----------o--o-
Query or accept it                                            Y--Y------------
Waive it                                                      ---Y------------
Read the plan and its objectives                              YYYYYYYYYYY-----
Read the finance report                                       Y--YYYY--Y------
Verify the chain of events                                    ---------Y------
See the list of organisations                                 Y--YYYYYYYY-----
Change who an organisation is, its host and members           Y--Y------Y-----
Change an organisation's address and contacts                 Y--Y------Yo---o
End a contact of an organisation                              Y--Y------Yo---o
See the organisation that one acts for                        -----------YYYYY
Add an organisation's documents                               -----------oo-oo
Merge two organisations that are one, and undo it             Y--Y------Y-----
Bring in areas                                                ----------Y-----
See who has an account                                        Y--Y------Y----Y
Change rights in an organisation                              Y--Y------Y----o
Remove somebody from an organisation, or leave it             YooYooooooYooooo
Invite somebody into the office                               ----------Y-----
Disable an account and open it again                          ----------Y-----
Reset somebody's second factor                                ----------Y-----
Disconnect somebody's work account                            ----------Y-----
See the work that waits for somebody                          Y--Y------Y-----
Hand over work; admit and refuse new providers                Y--Y------------
Give a role to somebody else                                  ----------Y-----
End a role of somebody else                                   ----------Y-----
Agree to a grave change that another has asked for            ----------Y-----
Read this page                                                ----------Y-----
Search the history of everything                              ---------Y------
Read the history of a person                                  ---------YY-----
Have a copy of one's own data                                 YYYYYYYYYYYYYYYY
Search personal data                                          -------Y--Y-----
Have a copy of everything held about somebody                 -------Y--Y-----
See what an erasure would take                                -------Y--Y-----
Correct somebody's account                                    ----------Y-----
Erase somebody                                                ----------Y-----
Erase what was kept long enough                               ----------Y-----
"""


def written() -> dict[str, str]:
    """The rows of the table by their verb."""
    rows = [line.rstrip() for line in TABLE.strip().splitlines() if line.strip()]
    return {row.rsplit("  ", 1)[0].strip(): " ".join(row.split()) for row in rows}


def asked(matrix: Any) -> dict[str, str]:
    """The same rows as the code answers."""
    short = {"yes": "Y", "own": "o", "": "-"}
    rows = [row for _, rows in matrix.groups for row in rows]
    return {row.verb.label: f"{row.verb.label} {''.join(short[cell] for cell in row.cells)}" for row in rows}
