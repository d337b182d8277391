"""The facts and texts of the demonstration: what was published, with its source, and what is invented.

`wards.csv` has the wards of 2025 by the names and codes of the Office for National Statistics (Open Government Licence v3.0),
as the list of wards of postcodes.io gives them; a district's wards are numbered in a row, which is how they were told apart.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def data(name: str) -> Any:
    """The content of one file, such as `plans`."""
    return json.loads((HERE / f"{name}.json").read_text())
