"""Events in the columns of another codebook: its own rows as they came in, all others told in its terms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, BinaryIO

from events.atlas import Atlas
from events.engines.schema import Row
from events.export.csv_file import add, begin
from events.export.spreadsheet import Figure
from events.export.streaming import Progress, pages
from events.export.written import Tally, Written
from events.selection import Selection

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def write_coded(
    atlas: Atlas, selection: Selection, out: BinaryIO, *, origin: str, columns: Sequence[str],
    omitted: Callable[[Row], str], told: Callable[[Row], Mapping[str, Any]], include_restricted: bool,
    progress: Progress | None,
) -> Written:  # fmt: skip
    """Write the selection as CSV in a codebook's columns (UTF-8 with byte-order mark), safe to open in a spreadsheet.

    origin: of the events whose rows were the codebook's own. omitted: why it cannot hold an event, "" where it can.
    told: an event in its columns.
    """
    tally = Tally()
    begin(out, columns)
    found = pages(atlas, selection, tally, include_restricted=include_restricted, originals=origin, progress=progress)
    for page in found:
        kept: list[list[Any]] = []
        for row in page:
            if row["origin"] == origin and row["original"]:
                kept.append(as_it_came(row["original"], columns))
            elif reason := omitted(row):
                tally.omit(reason, row["id"])
            else:
                cells = told(row)
                kept.append([cells[column] for column in columns])
        add(out, kept)
        tally.events += len(kept)
    return tally.written()


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
