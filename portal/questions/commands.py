"""Commands about forms: `flask questions …` writes one as a document, for machines or for Word, and brings one in."""

import sys
from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import select

from portal.core.db import db, write
from portal.core.problems import NotNow
from portal.people.models import SYSTEM
from portal.questions import documents
from portal.questions.builder import beginning
from portal.questions.documents import Faulty, as_text
from portal.questions.documents.present import refused_answers
from portal.questions.models import QuestionSet, QuestionVersion
from portal.questions.word import as_word

questions = AppGroup("questions", short_help="Write a form as JSON; bring one in.")


def init_app(app: Flask) -> None:
    app.cli.add_command(questions)


@questions.command("export")
@click.argument("key")
@click.option("--version", "number", type=int, help="Which version; the newest unless given.")
def export(key: str, number: int | None) -> None:
    """Write a version of the form KEY as JSON, see docs/forms.md."""
    click.echo(as_text(version_called(key, number)), nl=False)


@questions.command("word")
@click.argument("key")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--version", "number", type=int, help="Which version; the newest unless given.")
def word(key: str, file: Path, number: int | None) -> None:
    """Write a version of the form KEY as a Word document, to draft in. Needs the extra `word`."""
    version = version_called(key, number)
    try:
        file.write_bytes(as_word(version))
    except NotNow as problem:
        sys.exit(str(problem))
    click.echo(f"{version.question_set.name}, version {version.number}, is in {file}.")


def version_called(key: str, number: int | None) -> QuestionVersion:
    """The newest, or the one of this number; else the command ends with what there is."""
    found = select(QuestionVersion).join(QuestionVersion.question_set).where(QuestionSet.key == key)
    if number is not None:
        found = found.where(QuestionVersion.number == number)
    version = db.session.scalars(found.order_by(QuestionVersion.number.desc())).first()
    if version is None:
        known = ", ".join(db.session.scalars(select(QuestionSet.key).order_by(QuestionSet.key)))
        sys.exit(f"There is no such form or version. The forms are: {known}.")
    return version


@questions.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--publish", is_flag=True, help="Publish it at once; without this it is a draft.")
def import_(file: Path, publish: bool) -> None:
    """Bring in a form from a JSON file: all of it, or nothing and a list of what is wrong where."""
    try:
        said = write(bring_in, file.read_bytes(), publish)
    except Faulty as problem:
        sys.exit("\n".join(["Nothing was saved.", *map(str, problem.faults)]))
    for sentence in said:
        click.echo(sentence)


def bring_in(content: bytes, publish: bool) -> list[str]:
    """What to say: notes about answers that are there already, and what became of the file."""
    document = documents.parse(content)
    if not publish:
        draft = beginning.bring_in(document, by=SYSTEM)
        return [f"{draft.name}: it is a draft now, which officers find under Forms."]
    version = documents.bring_in(document, publish=True, by=SYSTEM)
    name, sections = version.question_set.name, len(version.sections)
    notes = [f"Note. {fault}" for fault in refused_answers(version)]
    return [*notes, f"{name}: version {version.number} is published, with {sections} sections."]
