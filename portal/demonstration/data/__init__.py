"""The facts and texts of the demonstration, as JSON: what was published, with its source, and what is invented."""

import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def data(name: str) -> Any:
    """The content of one file, such as `plans`."""
    return json.loads((HERE / f"{name}.json").read_text())
