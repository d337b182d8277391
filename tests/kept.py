"""What many tests begin with is lived once in a run: afterwards they begin with a copy of the database that it led to."""

import hashlib
import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import current_app

from portal.core import clock
from portal.core.db import Base, db
from tests.databases import NOW, WORLDS
from tests.run import once, run_folder

Made = Any  # a row, or a list or tuple of what was made


def kept(make: Callable[..., Made]) -> Callable[..., Made]:
    """`make`, but from a kept copy where it is the first thing that a test does. Else it is lived as it is."""

    @wraps(make)
    def factory(*args: Any, **options: Any) -> Made:
        world = WORLDS.get(current_app._get_current_object())  # type: ignore[attr-defined]
        if world is None or not world.is_untouched or clock.now() != NOW:
            return make(*args, **options)
        asked = hashlib.sha256(repr((args, sorted(options.items()))).encode()).hexdigest()[:8]
        world.model = name = f"{world.template.name}_{make.__name__}_{asked}"
        names = run_folder() / f"{world.kind}-{name}.json"
        with once(f"{world.kind}-{name}") as is_first:
            if is_first:
                world.model = world.template.name
                names.write_text(json.dumps(names_of(make(*args, **options))))
                world.keep(name)
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
