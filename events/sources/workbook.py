"""Tables in XLSX workbooks, row by row: the sheet that looks most like a table of events."""

from __future__ import annotations

import struct
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from events.sources.columns import guess_mapping
from events.sources.errors import SourceError
from events.sources.issues import Issues
from events.sources.limits import Limits
from events.sources.recognise import recognise, refuse_aggregate
from events.sources.rows import Chunk, chunk, unique_names
from events.sources.sniff import header_at
from events.sources.table import check_table

_ROWS = 5_000
_HEAD = 40
_COLUMNS = 2_000
_LAST = 1 << 20
"""The last row a workbook can have."""
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What a file that is no sound workbook makes its reader raise."""

# Such as charts and rules for entries, which nobody asks it for.
warnings.filterwarnings("ignore", module="openpyxl")


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """A sheet with a table. header: its line, from 1. worth: how much it looks like a table of events."""

    name: str
    cells: Any
    header: int
    columns: tuple[str, ...]
    worth: tuple[int, int]


class Workbook:
    """The rows of one sheet of a workbook; the line of a row is its number in the sheet."""

    def __init__(self, path: Path, *, limits: Limits) -> None:
        """Raises SourceError for a broken workbook and one without a table."""
        self.size = path.stat().st_size
        self._limits = limits
        self._file = path.open("rb")
        try:
            book = load_workbook(self._file, read_only=True, data_only=True, keep_links=False)
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            found = [table for sheet in shown or book.worksheets if (table := _looked_at(sheet))]
        except _BROKEN as error:
            self.close()
            raise _refusal(error, "cannot be read") from error
        except BaseException:
            self.close()
            raise
        if not found:
            self.close()
            raise SourceError(
                "No sheet of the workbook has a header of several columns; expected a table of events with a header."
            )
        self._sheet = max(found, key=lambda sheet: sheet.worth)
        self._others = [sheet.name for sheet in found if sheet is not self._sheet and sheet.worth[0]]
        self.columns = self._sheet.columns

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def preview(self, n: int) -> list[list[str]]:
        """The first n data rows."""
        return [row for _, row in islice(self._rows(Issues("")), n)]

    def chunks(self, issues: Issues) -> Iterator[Chunk]:
        """All rows in order; wholly blank ones are none. Raises SourceError beyond the limits."""
        if self._others:
            names = ", ".join(repr(name[:40]) for name in self._others[:5])
            reason = f"this sheet was read; others that look like tables of events were not ({names}): "
            issues.add(line=1, column="", value=self._sheet.name, reason=reason + "save each as a file of its own")
        lines: list[int] = []
        cells: list[list[str]] = []
        seen = 0
        for line, row in self._rows(issues):
            seen += 1
            self._limits.check_rows(seen)
            lines.append(line)
            cells.append(self._within(row, line, issues))
            if len(lines) >= _ROWS:
                yield self._chunk(lines, cells, seen)
                lines, cells = [], []
        if lines:
            yield self._chunk(lines, cells, seen)

    def _chunk(self, lines: list[int], cells: list[list[str]], seen: int) -> Chunk:
        first, width = seen - len(lines) + 1, len(self.columns)
        # Where the reading stands in the packed file.
        done = min(self._file.tell(), self.size)
        return chunk(records=range(first, seen + 1), lines=lines, cells=cells, width=width, done=done, seen=seen)

    def _within(self, row: list[str], line: int, issues: Issues) -> list[str]:
        """The row, empty where a cell of it is too long."""
        most = self._limits.cell
        if most is None or max(map(len, row)) <= most:
            return row
        at = next(i for i, cell in enumerate(row) if len(cell) > most)
        reason = f"the cell has more than the {most:,} characters read here; the row was left out"
        issues.add(line=line, column=self.columns[at], value=row[at], reason=reason)
        return [""] * len(row)

    def _rows(self, issues: Issues) -> Iterator[tuple[int, list[str]]]:
        width = len(self.columns)
        line = 0
        try:
            for line, row in _grid(self._sheet.cells):
                if line <= self._sheet.header:
                    continue
                cells = [_text(cell) for cell in row[:width]]
                if any(cell.strip() for cell in cells):
                    yield line, cells + [""] * (width - len(cells))
                if len(row) > width and (beyond := next((_text(c) for c in row[width:] if c is not None), "")):
                    reason = "a cell stands to the right of the last column that the header names; it was not read"
                    issues.add(line=line, column="", value=beyond, reason=reason)
        except _BROKEN as error:
            raise _refusal(error, f"breaks off after row {line:,}") from error


def _looked_at(sheet: Any) -> _Sheet | None:
    """A sheet with its header; None where no row has several cells."""
    head = [[_text(cell) for cell in row] for _, row in islice(_grid(sheet), _HEAD)]
    at = header_at(head)
    if at is None:
        return None
    width = max((n + 1 for row in head[at:] for n, cell in enumerate(row) if cell.strip()), default=0)
    if width > _COLUMNS:
        raise SourceError(f"The workbook's sheet has {width:,} columns; expected a table of events.")
    columns = unique_names([*head[at], *[""] * width][:width])
    rows = [[*row, *[""] * width][:width] for row in head[at + 1 :]]
    return _Sheet(name=sheet.title, cells=sheet, header=at + 1, columns=columns, worth=_worth(columns, rows))


def _worth(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """Whether it is a table of events; where it is none its width tells which of several is most likely meant."""
    if recognise(columns) != "table":
        return 2, 0
    mapping = guess_mapping("table", columns)
    try:
        check_table(tuple(columns), mapping)
        refuse_aggregate(columns, mapping, rows)
    except SourceError:
        return 0, len(columns)
    return 1, 0


def _grid(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """The rows by their numbers. Raises ValueError for a number that no workbook has."""
    # What a sheet says of its size is often wrong.
    sheet.reset_dimensions()
    for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        if line > _LAST:
            raise ValueError(f"a row has a number above {_LAST:,}")
        yield line, row


def _refusal(error: BaseException, what: str) -> SourceError:
    if isinstance(error, SourceError):
        return error
    told = " ".join(str(error).split())[:120] or type(error).__name__
    return SourceError(f"The workbook {what} ({told}); save it anew as .xlsx or as CSV.")


def _text(cell: Any) -> str:
    """A cell as a CSV would have it: whole numbers without a point, days without midnight."""
    match cell:
        case None:
            return ""
        case str():
            return (unescape(cell) if "_x" in cell else cell).replace("\0", "")
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell)
