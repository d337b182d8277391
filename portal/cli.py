"""Commands: thin doors to actions. Each says what it did."""

import sys

import click
from flask import Flask
from flask_migrate import upgrade

from portal.core import audit
from portal.core.db import db


def init_app(app: Flask) -> None:
    for command in (assets, seed, serve, worker, audit_verify):
        app.cli.add_command(command)


@click.command("assets")
def assets() -> None:
    """Bring the front-end packages into static/vendor."""
    from portal.assets import bring_assets

    bring_assets()


@click.command("seed")
@click.option("--bids", type=click.IntRange(min=0), default=0, help="Add so many synthetic bids, to measure with.")
def seed(bids: int) -> None:
    """Load the demonstration world into an empty database."""
    from portal.demonstration import bulk, story

    click.echo(story.load())
    with click.progressbar(length=bids, label="Synthetic bids", hidden=not bids) as bar:
        for added in bulk.load(bids):
            bar.update(added)


@click.command("serve")
@click.option("--port", type=int, default=8000, envvar="PORT")
def serve(port: int) -> None:
    """Bring the database up to date, fill an empty one, then start the web server and the worker."""
    from portal.demonstration import story
    from portal.serving import serve as run

    upgrade()
    click.echo(story.load())
    db.session.remove()
    db.engine.dispose()
    run(port)


@click.command("worker")
def worker() -> None:
    """Run the jobs that requests leave behind, and the duties of every minute."""
    from flask import current_app

    consumer = current_app.extensions["huey"].create_consumer(workers=1, periodic=True, check_worker_health=True)
    consumer.run()


@click.command("audit-verify")
def audit_verify() -> None:
    """Check the chain of events; exit 1 when it does not hold."""
    faults = audit.verify(db.session())
    for fault in faults:
        click.echo(fault)
    if faults:
        sys.exit(1)
    click.echo("The chain of events holds.")
