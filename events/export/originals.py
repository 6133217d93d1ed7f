"""The rows of foreign files that events came from, to go out again as they came in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def as_it_came(original: Mapping[str, str], columns: Sequence[str]) -> dict[str, Any]:
    """An original row by the columns of today's release; None where its own release had no such column.

    Numbers are numbers, to the digit, so that none is taken for a formula; the rest is text.
    """
    known = {name.strip().lower(): value for name, value in original.items()}
    return {column: _value(known.get(column)) for column in columns}


def _value(text: str | None) -> Decimal | str | None:
    return Decimal(text) if text and _NUMBER.fullmatch(text) else text
