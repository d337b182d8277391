"""What figures say: suggested red, amber or green, and what a return may not contradict. Pure functions."""

from portal.plan.models import Rag

GREEN_FROM, AMBER_FROM = 90, 70  # per cent of what the measures should have reached
GREEN_WITHIN, AMBER_WITHIN = 10, 25  # per cent of variance from the spend that was planned


def share(done: int, whole: int) -> int:
    """Whole per cent, halves up; nothing to reach is reached."""
    return 100 if whole <= 0 else (done * 200 + whole) // (whole * 2)


def delivery_rag(reached: list[tuple[int, int, int]], elapsed_percent: int) -> Rag:
    """The worst measure against its path, each as (baseline, target, achieved). Grey while nothing should have moved yet."""
    if not reached or elapsed_percent <= 0:
        return Rag.GREY
    worst = min(path_share(baseline, target, achieved, elapsed_percent) for baseline, target, achieved in reached)
    if worst >= GREEN_FROM:
        return Rag.GREEN
    return Rag.AMBER if worst >= AMBER_FROM else Rag.RED


def path_share(baseline: int, target: int, achieved: int, elapsed_percent: int) -> int:
    """How much of the way that should lie behind us does. Works for measures that rise and for those that fall."""
    way = abs(target - baseline)
    if way == 0:
        return 100
    come = (achieved - baseline) * (1 if target > baseline else -1)
    return share(max(come, 0) * 100, way * elapsed_percent)


def spend_rag(spent_pence: int, planned_pence: int) -> Rag:
    """How far the spend is from what was planned by now, either way."""
    if planned_pence <= 0:
        return Rag.GREY if spent_pence == 0 else Rag.RED
    variance = share(abs(spent_pence - planned_pence), planned_pence)
    if variance <= GREEN_WITHIN:
        return Rag.GREEN
    return Rag.AMBER if variance <= AMBER_WITHIN else Rag.RED
