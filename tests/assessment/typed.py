"""The scoring form as a browser sends it."""

HTMX = {"HX-Request": "true"}


def criteria(assignment):
    return assignment.application.round.criteria


def place(assignment, rest=""):
    return f"/assessment/{assignment.application.ref}/score{rest}"


def fields(criterion, points="4", words="Because.", edition=0):
    key = criterion.id
    return {f"points-{key}": points, f"justification-{key}": words, f"edition-{key}": str(edition)}


def all_fields(assignment, **options):
    made = {}
    for criterion in criteria(assignment):
        made |= fields(criterion, **options)
    return made


def score_of(assignment, criterion):
    return next((each for each in assignment.scores if each.criterion_id == criterion.id), None)
