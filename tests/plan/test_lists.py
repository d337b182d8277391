"""Plans: which is in force, what followed what, and what stands red."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.core.db import db, write
from portal.plan import lists
from portal.plan.models import Direction, Mapping, Objective, Plan, Rag, Reading


def objective(code: str) -> Objective:
    return db.session.scalars(select(Objective).where(Objective.code == code)).one()


@pytest.mark.parametrize(
    ("day", "key"),
    [
        (date(2013, 3, 30), None),
        (date(2013, 3, 31), "plan-2013"),
        (date(2017, 4, 1), "plan-2017"),
        (date(2021, 3, 16), "plan-2017"),  # beyond the years of its title
        (date(2021, 11, 14), "plan-2017"),
        (date(2021, 11, 15), "plan-2021"),
        (date(2026, 6, 9), "plan-2021"),
    ],
)
def test_a_plan_is_in_force_until_the_next_whatever_its_title_says(app, day, key):
    found = lists.plan_on(day)
    assert (found.key if found else None) == key


def test_an_objective_is_followed_through_every_later_plan(app):
    assert [each.code for each in lists.followers(objective("P1"))] == ["C-a", "PCF1"]
    assert [each.code for each in lists.followed(objective("PCF1"))] == ["P1", "C-a"]
    assert lists.followers(objective("PCF1")) == []


def test_a_mapping_in_a_circle_comes_to_an_end(app):
    write(db.session.add, Mapping(from_id=objective("PCF1").id, to_id=objective("P1").id))
    assert [each.code for each in lists.followers(objective("P1"))] == ["C-a", "PCF1"]


def test_an_action_is_red_by_its_last_reading_only(app):
    assert [reading.action.code for reading in lists.red_actions()] == ["V9"]
    action = lists.red_actions()[0].action
    write(
        db.session.add,
        Reading(action_id=action.id, on=date(2018, 11, 1), rag=Rag.AMBER, direction=Direction.IMPROVING, narrative="Better."),
    )
    assert lists.red_actions() == []


def test_themes_come_with_all_under_them_in_a_fixed_number_of_queries(app, query_count):
    counts = []
    for plan in lists.plans():
        with query_count() as queries:
            for theme in lists.themes_of(plan):
                [each.code for each in theme.objectives], [each.readings for each in theme.actions]
        counts.append(len(queries))
    assert max(counts) == 4
    assert db.session.query(Plan).count() == 3
