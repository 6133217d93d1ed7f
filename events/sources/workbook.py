"""Tables in XLSX workbooks: the first sheet that holds one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from events.sources.errors import SourceError
from events.sources.issues import Issues
from events.sources.limits import Limits
from events.sources.rows import Chunk, chunk, unique_names

_ROWS = 5_000
_ABOVE = 10


class Workbook:
    """The rows of a workbook's first filled sheet; the line of a row is its number in the sheet."""

    def __init__(self, path: Path, *, limits: Limits) -> None:
        """Raises SourceError for a broken or empty workbook."""
        self.size = path.stat().st_size
        self._limits = limits
        try:
            book = CalamineWorkbook.from_path(str(path))
            for name in book.sheet_names:
                sheet = book.get_sheet_by_name(name)
                if sheet.height:
                    self._sheet, self._first = sheet, (sheet.start or (0, 0))[0]
                    break
            else:
                raise SourceError("The workbook has no rows; expected a table of events with a header.")
        except (CalamineError, OSError, ValueError) as error:
            if isinstance(error, SourceError):
                raise
            raise SourceError(f"The workbook cannot be read ({error}); save it anew as .xlsx or as CSV.") from error
        self._above, header = self._header()
        self.columns = unique_names(header)

    def preview(self, n: int) -> list[list[str]]:
        """The first n data rows."""
        return [[cell or "" for cell in row] for _, row in islice(self._rows(), n)]

    def chunks(self, issues: Issues) -> Iterator[Chunk]:
        """All rows in order; wholly blank ones are none. Raises SourceError beyond the limits."""
        lines: list[int] = []
        cells: list[list[str]] = []
        seen = 0
        total = max(1, self._sheet.total_height)
        for line, row in self._rows():
            seen += 1
            self._limits.check_rows(seen)
            long = next((i for i, cell in enumerate(row) if self._limits.cell and len(cell) > self._limits.cell), None)
            if long is not None:
                reason = f"the cell has more than the {self._limits.cell:,} characters read here; the row was left out"
                issues.add(line=line, column=self.columns[long], value=row[long], reason=reason)
                row = [""] * len(row)
            lines.append(line)
            cells.append(row)
            if len(lines) >= _ROWS:
                yield self._chunk(lines, cells, seen, done=self.size * line // total)
                lines, cells = [], []
        if lines:
            yield self._chunk(lines, cells, seen, done=self.size)

    def _chunk(self, lines: list[int], cells: list[list[str]], seen: int, *, done: int) -> Chunk:
        first = seen - len(lines) + 1
        return chunk(
            records=range(first, seen + 1), lines=lines, cells=cells, width=len(self.columns), done=done, seen=seen
        )

    def _header(self) -> tuple[int, list[str]]:
        """Index of the header among the rows, and its cells: the first row of several filled ones."""
        for i, row in enumerate(islice(self._sheet.iter_rows(), _ABOVE)):
            cells = [_text(cell) for cell in row]
            if sum(bool(cell.strip()) for cell in cells) > 1:
                return i, cells
        raise SourceError("The workbook's first sheet has no header of several columns; expected a table of events.")

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        width = len(self.columns)
        for i, row in enumerate(self._sheet.iter_rows()):
            if i <= self._above:
                continue
            cells = [_text(cell).replace("\0", "") for cell in row[:width]]
            if any(cell.strip() for cell in cells):
                yield self._first + i + 1, cells + [""] * (width - len(cells))


def _text(cell: Any) -> str:
    """A cell as a CSV would have it: whole numbers without a point, days without midnight."""
    match cell:
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
