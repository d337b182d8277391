"""How the schemes and scales of rounds read, and where each comes from."""

from portal.funds.schemes import Kind, Scale

SCHEMES: dict[Kind, tuple[str, str]] = {  # what people call it, and what it does
    Kind.WEIGHTED: ("Weighted score", "Points times weights give a percentage; bands say what it recommends."),
    Kind.THRESHOLD: (
        "Weighted score with a threshold",
        "As the weighted score, with one percentage from which bids are recommended. Until it is set, bands speak.",
    ),
    Kind.MARKS: ("Marks for each question", "Marks of 10 or 20 are added; with them questions that pass or fail."),
    Kind.MATRIX: ("Matrix of two axes", "Two criteria of up to 5 points each; their sum, of 10, decides what is recommended."),
    Kind.SHORTLIST: (
        "Shortlist, then weigh again",
        "Bids that reach a share of the most are shortlisted, and scored again with the second weights.",
    ),
    Kind.GRADED: ("Grades A, B and C, then a ranking", "Each bid is graded first; points put those of one grade in order."),
    Kind.GROUPED: ("Weighted groups", "Criteria stand in groups. Weights add to 100 in each group, and so do the groups."),
}
SCALES: dict[Scale, str] = {
    Scale.FOUR: "0 to 4 points",
    Scale.FIVE: "0 to 5 points",
    Scale.ONE_TO_FIVE: "1 to 5 points",
    Scale.TEN: "0 to 10 points",
    Scale.TWENTY: "0 to 20 points",
    Scale.GRADE: "Grade A, B or C",
    Scale.PASS: "Pass or fail",
}
FIXED_WORDS: dict[Scale, dict[int, str]] = {Scale.PASS: {1: "Pass", 0: "Fail"}, Scale.GRADE: {3: "A", 2: "B", 1: "C"}}
RECOMMENDS = {"award": "Award", "discuss": "Discuss", "decline": "Decline"}
SHORTLISTS = {
    "1/2": "Half of the most",
    "3/5": "Three fifths (60%)",
    "2/3": "Two thirds of the most",
    "3/4": "Three quarters (75%)",
}
TIES = {"area": "An area that has no grant of this fund yet this year", "earlier": "The bid that came in first"}


def weighed(kind: Kind, scale: Scale, weight: int, second: int, group: str, group_weight: int, most: int) -> str:
    """What one criterion is worth, as its heading says it."""
    if not scale.is_counted:
        return SCALES[scale]
    if kind is Kind.MARKS:
        return f"{scale.highest} of {most} marks"
    if kind is Kind.MATRIX:
        return f"one of two axes, up to {scale.highest} points"
    if kind is Kind.GROUPED:
        return f"{weight}% of {group or 'no group'}, which is {group_weight}% of the score"
    if kind is Kind.SHORTLIST and second != weight:
        return f"{weight}% of the score, {second}% once shortlisted"
    return f"{weight}% of the score"
