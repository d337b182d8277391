"""Reporting: pages that combine what the packages below hold, and own almost no table.

The *desk* says what waits for a person; a grant's *file* tells its whole story; a plan's
*objectives* show the money and the progress under them; the *finance report* adds up to the penny.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from portal.reporting import views

    app.register_blueprint(views.bp)
    views.register_places()
