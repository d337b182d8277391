"""Commands about funds: the bank holidays that deadlines pass over."""

import click
from flask.cli import with_appcontext

from portal.core import holidays
from portal.core.db import write


@click.command("bank-holidays")
@with_appcontext
def bank_holidays() -> None:
    """Write down the bank holidays of England that are missing: the announced ones, and two years ahead by their rules."""
    added = write(holidays.load)
    click.echo(f"Added {added} bank holidays; {len(holidays.known())} are known.")
