"""The portal as the server of the journeys starts it: everybody's, and quick."""

from flask import Flask

from portal import create_app
from tests.quick import keep_compiled


def portal() -> Flask:
    return keep_compiled(create_app())
