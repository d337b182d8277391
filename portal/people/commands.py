"""Commands about people: `flask people …`, for whoever runs the service and has no account yet."""

import click
from flask import Flask
from flask.cli import AppGroup

from portal.core.db import write
from portal.people import actions
from portal.people.models import SYSTEM, OfficeRole

people = AppGroup("people", short_help="Invite the first administrator.")


def init_app(app: Flask) -> None:
    app.cli.add_command(people)


@people.command("invite-administrator")
@click.argument("email")
@click.option("--name", prompt="Their name", help="How the invitation addresses them.")
def invite_administrator(email: str, name: str) -> None:
    """Invite somebody as administrator, on the word of whoever can run commands here. Invite two: grave changes take two."""
    if "@" not in email:
        raise click.BadParameter("Enter an e-mail address in full, like name@example.org", param_hint="EMAIL")
    invitation = write(actions.invite, email, name, role=OfficeRole.ADMINISTRATOR, by=SYSTEM)
    click.echo(f"{invitation.name} is invited as administrator.")
    click.echo(f"The link is in the e-mail to {invitation.email}, and works for 7 days.")
