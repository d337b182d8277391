"""What tests begin with is lived once in a run: afterwards they begin with a copy of the database that it led to."""

import hashlib
import inspect
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app

from portal.core import clock
from portal.core.db import Base, db
from tests.databases import WORLDS
from tests.run import once, run_folder

Made = Any  # a row, or a list or tuple of what was made


def kept(make: Callable[..., Made]) -> Callable[..., Made]:
    """`make`, but from a kept copy as long as a test has done nothing else than such steps. Else it is lived as it is."""
    signature = inspect.signature(make)

    @wraps(make)
    def factory(*args: Any, **options: Any) -> Made:
        world = WORLDS.get(current_app._get_current_object())  # type: ignore[attr-defined]
        if world is None or world.is_changed:
            return make(*args, **options)
        given = signature.bind(*args, **options)
        given.apply_defaults()
        step = f"{world.model} {make.__name__} {given.arguments} {clock.now()}"
        model = f"{world.template.name}_{make.__name__}_{hashlib.sha256(step.encode()).hexdigest()[:12]}"
        names = run_folder() / f"{world.kind}-{model}.json"
        with once(f"{world.kind}-{model}") as is_first:
            if is_first:
                made = names_of(make(*args, **options))
                world.keep(model)
                names.write_text(json.dumps(made))
        world.go_to(model)
        return found(json.loads(names.read_text()))

    return factory


def names_of(made: Made) -> Any:
    """What was made, by the names of tables and the keys of rows."""
    if isinstance(made, list | tuple):
        return [names_of(each) for each in made]
    return {"table": made.__tablename__, "id": made.id}


def found(names: Any) -> Made:
    if isinstance(names, list):
        return [found(each) for each in names]
    return db.session.get(CLASSES[names["table"]], names["id"])


CLASSES = {mapper.class_.__tablename__: mapper.class_ for mapper in Base.registry.mappers}
