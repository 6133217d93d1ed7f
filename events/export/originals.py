"""The rows of foreign files that events came from, to go out again as they came in."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from events.export.spreadsheet import Figure

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def as_it_came(original: Mapping[str, str], columns: Sequence[str]) -> list[str | None]:
    """The cells of an original row under the columns of today's release; None where its own had no such column.

    Numbers go out to the digit, and as numbers: a minus before one is no formula.
    """
    values = list(original.values())
    return [None if at is None else _cell(values[at]) for at in _where(tuple(original), tuple(columns))]


@lru_cache(maxsize=64)
def _where(names: tuple[str, ...], columns: tuple[str, ...]) -> tuple[int | None, ...]:
    """Which of the file's columns each of ours is; nearly all rows have the same."""
    known = {name.strip().lower(): at for at, name in enumerate(names)}
    return tuple(known.get(column) for column in columns)


def _cell(text: str | None) -> str | None:
    # Only a number with a minus looks like a formula.
    return Figure(text) if text and text[0] == "-" and _NUMBER.fullmatch(text) else text
