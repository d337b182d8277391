"""Reporting: pages that combine what the packages below hold, and own almost no table.

The *desk* says what waits for a person; a grant's *file* tells its whole story; a plan's
*objectives* show the money and the progress under them; the *finance report* adds up to the penny;
an *organisation's page* gathers its people, bids, grants and documents.
"""

from flask import Flask


def init_app(app: Flask) -> None:
    from portal.core.holders import holds_files
    from portal.reporting import views, workbook

    app.register_blueprint(views.bp)
    holds_files("reporting", workbook.may_read_file)
    views.register_places()
