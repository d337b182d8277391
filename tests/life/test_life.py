"""From draft to closed in any order, by anybody: limits, stages, separation, sums and the chain hold after every step."""

import os

import pytest
from hypothesis import Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import lack
from tests.databases import COPIES
from tests.life.machine import Life
from tests.run import Missing

LONG = bool(os.environ.get("LONG"))
PHASES = [Phase.generate] if LONG else list(Phase)  # making a failing life shorter can take longer than all lives
LIVES, STEPS = (100, 50) if LONG else (3, 40)  # the long form takes 10,000 steps on the two databases


@pytest.mark.parametrize("kind", COPIES)
def test_no_step_of_any_life_breaks_what_must_hold(kind):
    machine = type("Life", (Life,), {"kind": kind, "done": {}})
    try:
        run_state_machine_as_test(machine, settings=settings(max_examples=LIVES, stateful_step_count=STEPS, phases=PHASES))
    except Missing as missing:
        lack(missing)
    print(f"{machine.steps} steps on {kind}: {machine.done}")
    assert machine.steps > LIVES * STEPS / 2
