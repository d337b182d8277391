"""Who may do what, written down: a change of any rule fails here until somebody has looked at it and agreed.

A row is a verb and, for each role in the order of the page, Y (may), o (only on what is theirs) or - (may not).
"""

from typing import Any

TABLE = """
See the list of applications                                  Y--YYYYYYYYYYYYY
Start an application                                          -----------YY---
Answer its questions                                          -----------oo---
Submit it                                                     -----------o----
Withdraw it                                                   -----------o----
See the list of bids                                          YY-YYYYYYYY-----
Read the office's file of a bid                               Y--YYYYYYYY-----
Confirm the first checks, return or refuse a bid              Y--Y------------
Take a refused bid back in                                    ---Y------------
Assign assessors and send scores back                         Y--Y------------
See one's own assignments                                     -Y--------------
Declare interests                                             -o--------------
Declare a conflict of interest                                Yo-Y------------
Score a bid                                                   -o--------------
Moderate scores and recommend                                 Y--Y------------
See the register of decisions                                 Y--YYYYYYYY-----
See the list of grants                                        Y--YYYYYYYYYYYYY
Decide a bid, or stand aside                                  ----Y-----------
Publish a decision notice                                     -------Y--------
Accept or decline an offer                                    --------------o-
Start a grant                                                 Y--Y------------
See the rounds and the bank holidays                          YYYYYYYYYYY-----
Write a round, check it, pause it, answer questions           Y--Y------------
Open a round that somebody else has checked                   ---Y------------
Give more time, or close a round early                        ---Y------------
Watch how a round goes                                        Y--YYYYYYYY-----
See the list of returns                                       Y--YYYYYYYYYYYYY
Prepare a return                                              -----------oo-o-
Certify and send it                                           -----------o--o-
Query or accept it                                            Y--Y------------
Waive it                                                      ---Y------------
Read the plan and its objectives                              YYYYYYYYYYY-----
Read the finance report                                       Y--YYYY--Y------
Verify the chain of events                                    ---------Y------
See who has an account                                        Y--Y------Y----Y
Change rights in an organisation                              Y--Y------Y----o
Remove somebody from an organisation, or leave it             YooYooooooYooooo
Invite somebody into the office                               ----------Y-----
Disable an account and open it again                          ----------Y-----
Reset somebody's second factor                                ----------Y-----
See the work that waits for somebody                          Y--Y------Y-----
Hand over work; admit and refuse new providers                Y--Y------------
Give a role to somebody else                                  ----------Y-----
End a role of somebody else                                   ----------Y-----
Agree to a grave change that another has asked for            ----------Y-----
Read this page                                                ----------Y-----
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
