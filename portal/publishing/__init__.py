"""Publishing: what the public sees. Open funds and how bids are judged, decision notices, and the pages every service owes."""

from flask import Flask


def init_app(app: Flask) -> None:
    from portal.people.signing_in.limits import limit
    from portal.publishing import views

    app.register_blueprint(views.bp)
    limit(app, "publishing.ask", "letters_per_address")
    views.register_places()
