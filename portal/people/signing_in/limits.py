"""How often one address may knock: loosely, because a whole council shares one. Accounts are counted in `attempts`."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

DOORS = {  # endpoint → the setting that says how often in five minutes
    "security.login": "sign_ins_per_address",
    "security.verify": "sign_ins_per_address",
    "security.two_factor_token_validation": "sign_ins_per_address",
    "security.mf_recovery": "sign_ins_per_address",
    "security.change_password": "sign_ins_per_address",
    "security.forgot_password": "letters_per_address",
    "security.reset_password": "sign_ins_per_address",
}


def init_app(app: Flask) -> None:
    """Counted in Redis where there is one; in the memory of each worker where there is none or it does not answer."""
    settings = app.extensions["settings"]
    redis = settings.jobs_url if settings.jobs_url.startswith("redis") else None
    waiting: dict[str, str | int] = {"socket_connect_timeout": 1, "socket_timeout": 1} if redis else {}
    limiter = Limiter(
        get_remote_address,
        app=app,
        storage_uri=redis or "memory://",
        storage_options=waiting,
        in_memory_fallback_enabled=bool(redis),
        strategy="moving-window",
        headers_enabled=True,
        key_prefix="portal",
    )
    app.extensions["portal_limiter"] = limiter
    for endpoint, setting in DOORS.items():
        limit(app, endpoint, setting)


def limit(app: Flask, endpoint: str, setting: str, method: str = "POST") -> None:
    """Let this address be sent to so often in five minutes by one network address; looking is free, where it does nothing."""
    often = f"{getattr(app.extensions['settings'], setting)} per 5 minutes"
    limited = app.extensions["portal_limiter"].limit(often, methods=[method])
    app.view_functions[endpoint] = limited(app.view_functions[endpoint])
