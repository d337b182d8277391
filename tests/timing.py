"""How long something takes, told apart from how busy the machine and how full the memory of the tests is."""

import gc
import time
from collections.abc import Callable
from typing import Any


def least_seconds(act: Callable[[], Any], times: int = 3) -> float:
    """The least processor time of a few tries. What earlier tests have left in memory is not swept meanwhile."""
    gc.collect()
    gc.freeze()
    try:
        return min(seconds(act) for _ in range(times))
    finally:
        gc.unfreeze()


def seconds(act: Callable[[], Any]) -> float:
    begun = time.process_time()
    act()
    return time.process_time() - begun
