"""The tables of the database and of the code agree: constraints, indexes, moves, lists and registrations."""

import importlib
import pkgutil
from datetime import date, datetime

import pytest
from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Bundle

import portal
from portal.core import anchors, holders, jobs
from portal.core.constraints import EXPLAINED
from portal.core.db import Base
from portal.core.listing import Listing
from portal.core.workflow import Workflow
from tests.source import expect_none

for module in pkgutil.walk_packages(portal.__path__, "portal."):
    if not module.name.startswith("portal.demonstration"):  # it has no table, list or move of its own
        importlib.import_module(module.name)
TABLES = Base.metadata.tables
NEVER_EMPTY_HERE = {
    ("DecisionRegister", "published"),  # it lists only what was published
    ("ComingRounds", "opens"), ("ClosedRounds", "opened"),  # only a draft may lack its dates
}  # fmt: skip


def workflows():
    """Every table of moves of the portal by the name of its thing."""
    found = [value for name, module in vars(portal).items() if not name.startswith("_") for value in lives_in(module)]
    return {life.thing: life for life in found}


def lives_in(package):
    module = getattr(package, "workflow", None)
    return [value for value in vars(module).values() if isinstance(value, Workflow)] if module else []


def lists(kind=Listing):
    for child in kind.__subclasses__():
        if child.__module__.startswith("portal.") and child.columns:
            yield child
        yield from lists(child)


def leading_columns(table):
    """The columns that an index of some kind begins with."""
    unique = [each for each in table.constraints if isinstance(each, UniqueConstraint | PrimaryKeyConstraint)]
    return {next(iter(each.columns)).name for each in [*unique, *table.indexes] if each.columns}


@pytest.mark.parametrize("table", [*TABLES.values()], ids=lambda table: table.name)
def test_every_foreign_key_is_indexed(table):
    keys = [each for each in table.constraints if isinstance(each, ForeignKeyConstraint)]
    bare = {key.column_keys[0] for key in keys} - leading_columns(table)
    expect_none(bare, "use ref_to(…): deleting and joining would read the whole table")


@pytest.mark.parametrize("table", [*TABLES.values()], ids=lambda table: table.name)
def test_units_and_kinds_are_in_the_names_of_columns(table):
    wrong = {
        column.name: column.type
        for column in table.columns
        for ending, kind in (("_pence", int), ("_at", datetime), ("_on", date))
        if column.name.endswith(ending) and column.type.python_type is not kind
    }
    assert wrong == {}
    assert [column.name for column in table.columns if column.type.python_type is float] == []
    instants = [column.name for column in table.columns if column.type.python_type is datetime]
    misnamed = [name for name in instants if name != "at" and not name.endswith("_at")]
    expect_none(misnamed, "an instant is named …_at")


def test_every_explained_constraint_exists():
    names = {str(each.name) for table in TABLES.values() for each in [*table.constraints, *table.indexes] if each.name}
    unknown = [key for key in EXPLAINED if not any(name == key or name.endswith(f"_{key}") for name in names)]
    expect_none(unknown, "explain() speaks of a constraint that no table has")


def test_every_move_has_an_address(app):
    missing = [
        f"{thing}.{step.name} → {step.endpoint}"
        for thing, life in workflows().items()
        for step in life.moves.values()
        if step.endpoint and step.endpoint not in app.view_functions
    ]
    assert missing == []


def test_every_move_is_from_and_to_stages_of_its_thing():
    for thing, life in workflows().items():
        kinds = {type(stage) for step in life.moves.values() for stage in (*step.from_stages, step.to) if stage is not None}
        assert len(kinds) == 1, f"{thing} mixes stages of {kinds}"


def test_what_follows_what_is_written_down():
    following = [
        f"{life.thing}.{move}: {follower.__name__}"
        for life in workflows().values()
        for move, followers in life.followers.items()
        for follower in followers
    ]
    assert sorted(following) == [
        "award.accept: schedule_returns",
        "round.answer: tell_answered",
        "round.archive: require_all_over",
        "round.close: tell_closed_early",
        "round.extend: tell_extended",
        "round.extend_for: tell_extended_one",
        "round.open: tell_all_invited",
        "round.open: tell_of",
        "round.pause: tell_paused",
        "round.resume: tell_resumed",
        "round.set_pot: require_pot_lasts",
    ]


def test_who_holds_files_is_written_down(app):
    assert set(holders.FILE_HOLDERS) == {"applications", "assessment", "funds", "monitoring", "people", "reporting"}


def test_what_points_at_an_organisation_moves_with_a_merge_or_says_why_not(app):
    stays = {"organisation.merged_into_id", "merge.kept_id", "merge.gone_id", "likeness.first_id", "likeness.second_id"}
    counted_anew = {"standing.organisation_id"}
    stays |= {"eligibility.organisation_id"}  # whether one may apply is asked again of the one that is kept
    pointing = {
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        if any(key.column.table.name == "organisation" for key in column.foreign_keys)
    }
    moving = {f"{each.class_.__tablename__}.{each.key}" for held in holders.ORGANISATION_HOLDERS.values() for each in held}
    assert pointing - moving == stays | counted_anew


def test_who_does_jobs_and_duties_is_written_down(app):
    assert set(jobs.KINDS) == {"answers_workbook", "finance_workbook", "forget_files", "reset", "retention", "attempts_cap"}
    assert anchors.note in jobs.EVERY_MINUTE
    others = {duty.__code__.co_names[-1] for duty in jobs.EVERY_MINUTE if duty is not anchors.note}
    assert others == {
        "open_due",
        "close_overdue",
        "lapse_overdue",
        "count_overdue",
        "forget_made",
        "forget_old",
        "forget_unconfirmed",
        "remind_of_returns",
        "remind_of_offers",
        "remind_of_papers",
    }


@pytest.mark.parametrize("kind", [*lists()], ids=lambda kind: kind.__name__)
def test_a_list_is_sorted_by_what_is_always_there(kind):
    sortable = {
        column.key: column.sorted_by if isinstance(column.value, Bundle) else column.value
        for column in kind.columns
        if column.sort
    }
    assert kind.default_sort.lstrip("-") in sortable
    for key, value in sortable.items():
        assert value.type.python_type in (str, int, date, datetime), f"{key}: no place in the list can be kept in an address"
        is_empty_somewhere = getattr(value, "nullable", False) and (kind.__name__, key) not in NEVER_EMPTY_HERE
        assert not is_empty_somewhere, f"{key}: rows without it would be lost between two pages"


@pytest.mark.parametrize("kind", [*lists()], ids=lambda kind: kind.__name__)
def test_a_list_says_what_it_is(kind):
    assert kind.caption
    assert kind.noun != Listing.noun
    assert len({column.key for column in (*kind.columns, *kind.more_columns)}) == len((*kind.columns, *kind.more_columns))
