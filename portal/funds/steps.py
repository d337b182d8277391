"""What each of the points means, as people type it: one line for each, like “3 Satisfactory: good enough, with some gaps”."""

import re
from typing import Any

from portal.funds.schemes import Scale
from portal.funds.words import FIXED_WORDS, SCALES

LINE = re.compile(r"(\d{1,2})\s*([^:]*?)\s*:\s*(\S.*)")
WORD = re.compile(r"(\w+)\s*:\s*(\S.*)")
Steps = list[dict[str, Any]]


def read_steps(scale: Scale, text: str) -> Steps:
    """The points with their words and meanings, the highest first. Raises ValueError with the line that is wrong or missing."""
    found: dict[int, dict[str, Any]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        step = read_line(scale, line)
        if step["points"] not in scale.points:
            raise ValueError(f"{step['points']} is not on the scale “{SCALES[scale]}”. Take this line out: {line}")
        if step["points"] in found:
            raise ValueError(f"Two lines are about {name_of(scale, step['points'])}. Keep one of them")
        found[step["points"]] = step
    missing = [points for points in reversed(scale.points) if points not in found]
    if missing:
        names = ", ".join(name_of(scale, points) for points in missing)
        raise ValueError(f"Say what this means, in a line of its own: {names}")
    return [found[points] for points in reversed(scale.points)]


def read_line(scale: Scale, line: str) -> dict[str, Any]:
    fixed = FIXED_WORDS.get(scale)
    if fixed is None:
        if match := LINE.fullmatch(line):
            return {"points": int(match[1]), "word": match[2], "descriptor": match[3]}
        raise ValueError(
            f"Write a number, a word, a colon and what it means, like “3 Satisfactory: some gaps”. This is not: {line}"
        )
    match = WORD.fullmatch(line)
    points = {word.lower(): points for points, word in fixed.items()}.get(match[1].lower()) if match else None
    if match is None or points is None:
        raise ValueError(f"Begin each line with {' or '.join(f'“{word}:”' for word in fixed.values())}. This does not: {line}")
    return {"points": points, "word": fixed[points], "descriptor": match[2]}


def name_of(scale: Scale, points: int) -> str:
    if scale in FIXED_WORDS:
        return FIXED_WORDS[scale][points]
    return "1 point" if points == 1 else f"{points} points"


def as_text(steps: Steps) -> str:
    """The same as it is typed."""
    return "\n".join(f"{start_of(step)}: {step['descriptor']}" for step in steps)


def start_of(step: dict[str, Any]) -> str:
    is_fixed = any(step["word"] in words.values() for words in FIXED_WORDS.values())
    return step["word"] if is_fixed else f"{step['points']} {step['word']}".strip()
