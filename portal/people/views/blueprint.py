"""The blueprint that the views of this package share, and how their forms are carried out."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from portal.core.db import write
from portal.core.forms import Form
from portal.core.problems import Refused

bp = Blueprint("people", __name__)


def carried_out(form: Form, action: Callable[[], Any]) -> bool:
    """Run the action when a good form was sent; what the action refuses is said on the form."""
    if not form.validate_on_submit():
        return False
    try:
        write(action)
    except Refused as problem:
        form.refuse(str(problem), problem.field)
        return False
    return True
