"""Tables whose first row is no header: GDELT's files, and releases of UCDP's candidate events that lack it."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from events.sources.errors import SourceError

_DATA = Path(__file__).parent / "data"
_GDELT_2 = 61
_GDELT_1 = (57, 58)
_MENTIONS, _KNOWLEDGE = 16, 27
_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}.*")
_MOMENT = re.compile(r"[12][0-9]{13}")


def headerless(cells: Sequence[str], *, told_gdelt: bool) -> tuple[str, ...] | None:
    """The columns of a table that begins with this row, None where the row may be a header.

    told_gdelt: a person says that it is GDELT's. Raises SourceError for GDELT's files of other things than events.
    """
    cells = [cell.strip() for cell in cells]
    if any(cell.casefold() in ("globaleventid", "date_start", "event_date") for cell in cells):
        return None
    if _is_gdelt(cells):
        return gdelt_columns(len(cells))
    if len(cells) == _MENTIONS and cells[0].isdecimal() and _MOMENT.fullmatch(cells[1]) and _MOMENT.fullmatch(cells[2]):
        raise SourceError("This is GDELT's table of mentions, a row an article; expected its events (export.CSV).")
    if len(cells) == _KNOWLEDGE and _MOMENT.fullmatch(cells[1]) and cells[0].startswith(cells[1]):
        raise SourceError("This is GDELT's knowledge graph, a row an article; expected its events (export.CSV).")
    if told_gdelt:
        return gdelt_columns(len(cells))
    names = _ucdp_columns()
    if len(cells) == len(names):
        row = dict(zip(names, cells, strict=True))
        days = _DAY.fullmatch(row["date_start"]) and _DAY.fullmatch(row["date_end"])
        if days and row["type_of_violence"] in ("1", "2", "3") and row["id"].isdecimal():
            return names
    return None


def _is_gdelt(cells: Sequence[str]) -> bool:
    """An id, a day, and 50 or more further cells."""
    return len(cells) > 50 and cells[0].isdecimal() and cells[1].isdecimal() and len(cells[1]) == 8


@cache
def gdelt_columns(width: int = _GDELT_2) -> tuple[str, ...]:
    """The columns of GDELT's events, which the files do not name. width: 61 of GDELT 2, 58 or 57 of GDELT 1.

    Raises SourceError for another width.
    """
    if width not in (_GDELT_2, *_GDELT_1):
        raise SourceError(
            f"GDELT's events have 61 columns, or 58 or 57 in GDELT 1; this table has {width}: "
            "open it with another --format."
        )
    with (_DATA / "gdelt_columns.csv").open(encoding="utf-8", newline="") as file:
        names = [row["column"] for row in csv.DictReader(file) if width == _GDELT_2 or not row["since"]]
    return tuple(names[:width])


@cache
def _ucdp_columns() -> tuple[str, ...]:
    with (_DATA / "ucdp_columns.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row["column"] for row in csv.DictReader(file))
