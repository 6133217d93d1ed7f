"""Values as the cells of a CSV that spreadsheets open."""

from __future__ import annotations

import re
from typing import Any

from events.formulas import disarmed


class Figure(str):
    """A number written as text, to the digit: no formula, whatever its sign."""

    __slots__ = ()


def cell(value: Any) -> Any:
    """A value for a CSV cell: text and lists (joined by semicolons) disarmed, numbers and days as they are."""
    kind = type(value)
    if kind is str:
        return value if value[:1].isalnum() else disarmed(value)
    return ";".join([disarmed(item) for item in value]) if kind is list else value


def listed(values: list[str] | tuple[str, ...]) -> str:
    """Names in one cell, parted by "; " as ACLED and UCDP do; a semicolon inside a name becomes a comma."""
    return "; ".join(re.sub(r"\s*;\s*", ", ", value) for value in values)
