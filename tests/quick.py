"""What makes a portal under test quick and changes nothing of what it does: cheap hashes, templates compiled once."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from portal.people import signing_in
from tests.run import run_folder


def quickly_hashed(settings_of: Callable[[Flask], dict[str, Any]]) -> Callable[[Flask], dict[str, Any]]:
    """Passwords hashed with the same code, but not for a quarter of a second each."""
    cheap = {"argon2__rounds": 1, "argon2__memory_cost": 64, "argon2__parallelism": 1}
    return lambda app: settings_of(app) | {"SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": cheap}


signing_in.settings_of = quickly_hashed(signing_in.settings_of)


def keep_compiled(app: Flask) -> Flask:
    app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(run_folder()))
    return app
