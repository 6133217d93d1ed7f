"""CSV (RFC 4180): one row an event, lists separated by semicolons, text safe to open in a spreadsheet."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from events.atlas import Atlas
from events.export.record import COLUMNS, record
from events.export.spreadsheet import cell
from events.export.streaming import Progress, pages
from events.export.written import Tally, Written
from events.selection import Selection


def write_csv(
    atlas: Atlas,
    selection: Selection,
    out: BinaryIO,
    *,
    include_restricted: bool = False,
    progress: Progress | None = None,
) -> Written:
    """Write the selection as CSV in UTF-8, with the byte-order mark without which Excel garbles Arabic."""
    tally = Tally()
    begin(out, COLUMNS)
    for page in pages(atlas, selection, tally, include_restricted=include_restricted, progress=progress):
        full = (record(row) for row in page)
        add(out, ([r[column] for column in COLUMNS] for r in full))
        tally.events += len(page)
    return tally.written()


def begin(out: BinaryIO, columns: Sequence[str]) -> None:
    """Write the byte-order mark and the header."""
    out.write(codecs.BOM_UTF8)
    add(out, [columns])


def add(out: BinaryIO, rows: Iterable[Iterable[Any]]) -> None:
    """Write rows of text, numbers, days, lists and None; text and lists are disarmed."""
    text = io.StringIO()
    csv.writer(text).writerows([cell(value) for value in row] for row in rows)
    out.write(text.getvalue().encode())
