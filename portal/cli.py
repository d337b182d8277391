"""Commands: thin doors to actions. Each says what it did."""

import sys
from pathlib import Path

import click
from flask import Flask, current_app
from flask_migrate import upgrade

from portal.core import anchors, audit
from portal.core.backup import restoring, taking
from portal.core.backup.archive import Manifest
from portal.core.db import db
from portal.core.problems import Refused


def init_app(app: Flask) -> None:
    for command in (assets, seed, serve, worker, history, backup, restore):
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
    consumer = current_app.extensions["huey"].create_consumer(workers=1, periodic=True, check_worker_health=True)
    consumer.run()


@click.group("audit")
def history() -> None:
    """The chain of events: check it, anchor it."""


@history.command("verify")
@click.option(
    "--anchor", "place", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Anchors that were kept elsewhere, or a log that holds some; else those of PORTAL_ANCHOR_FILE.",
)  # fmt: skip
def verify(place: Path | None) -> None:
    """Check the chain of events, and that it meets its anchors; exit 1 when it does not hold."""
    usual = current_app.extensions["settings"].anchor_file
    if place is None and usual:
        place = Path(usual)
    kept = list(anchors.read(place)) if place and place.exists() else []
    if place and not kept:
        sys.exit(f"There is no anchor in {place}.")
    faults = audit.verify(db.session()) + anchors.disagreements(db.session(), kept)
    if faults:
        sys.exit("\n".join(faults))
    end = anchors.take(db.session())
    held = f"meets each of {len(kept)} anchors" if kept else "was compared with no anchor"
    click.echo(f"The chain of {end.number if end else 0} events holds, and {held}.")


@history.command("anchor")
def anchor() -> None:
    """Print the end of the chain as one line, to keep where the database's owner cannot write."""
    click.echo(anchors.take(db.session()) or "Nothing has been told yet.")


@click.command("backup")
@click.argument("place", type=click.Path(path_type=Path))
def backup(place: Path) -> None:
    """Write database and files to PLACE, a new file or a folder, while people work; exit 1 when files are missing."""
    try:
        made, manifest = taking.take(place)
    except Refused as why:
        sys.exit(str(why))
    click.echo(f"{made} holds {held_by(manifest)}.")
    for name, fingerprint in manifest.keys.items():
        click.echo(f"It needs the {name} with the fingerprint {fingerprint}, which is not in it.")
    if manifest.lost:
        sys.exit(f"{len(manifest.lost)} files are not in the store as they were uploaded, so not in the backup: {manifest.lost}")


@click.command("restore")
@click.argument("place", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(place: Path) -> None:
    """Put a backup onto an empty database and file store, and compare; exit 1 when anything is not as it was."""
    try:
        manifest, faults = restoring.restore(place)
    except Refused as why:
        sys.exit(str(why))
    if faults:
        sys.exit("\n".join(faults))
    click.echo(f"Put back and compared: {held_by(manifest)}, as at {manifest.made_at}.")
    if manifest.lost:
        click.echo(f"{len(manifest.lost)} files were lost before the backup was made: {manifest.lost}")


def held_by(what: Manifest) -> str:
    return f"{what.rows:,} rows in {len(what.tables)} tables, a chain of {what.events:,} events and {what.files} files"
