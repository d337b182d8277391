"""Commands about people: `flask people …`, for whoever runs the service and has no account yet."""

import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from portal.core.clock import read_day
from portal.core.db import write
from portal.core.problems import Incomplete, Refused
from portal.people import actions, retention
from portal.people.models import SYSTEM, OfficeRole

people = AppGroup("people", short_help="Invite the first administrator; bring in areas.")
people = AppGroup("people", short_help="Invite the first administrator; erase what was kept long enough.")


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


@people.command("import-areas")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_areas(file: Path) -> None:
    """Bring in areas from a CSV file, all of it or nothing: code, name, kind, within, from, to."""
    try:
        added, changed = write(actions.import_areas, file.read_bytes(), by=SYSTEM)
    except Incomplete as problem:
        sys.exit("\n".join(["Nothing was changed.", *(sentence for sentence, _ in problem.missing)]))
    except Refused as problem:
        sys.exit(f"Nothing was changed. {problem}")
    click.echo(f"{added} areas are new, {changed} are changed.")


@people.command("retention")
@click.option("--carry-out", is_flag=True, help="Erase it; without this, only say what would go.")
def carry_out_retention(carry_out: bool) -> None:
    """Say what has been kept long enough, rule by rule, or have the worker erase it. Safe to run again."""
    for _, rule, due in retention.all_due():
        click.echo(f"{rule.title}: kept until {rule.says()}. {len(due) or 'None'} due.")
        for each in due:
            click.echo(f"  {each.name}, since {read_day(each.since)}")
    if carry_out:
        job = write(retention.ask, by=SYSTEM)
        click.echo(f"The worker is carrying it out (job {job.id}).")
