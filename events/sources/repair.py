"""Unsound delimited text, record by record: a fault costs its own line and no more."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

RECORD = 1 << 18
"""Bytes after which a record that does not end counts as one whose quote was never closed."""

UNCLOSED = "a quote is opened here and not closed where a cell ends; the line was left out"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A record in which something is wrong. offset: its line from the buffer's start. kept: whether it gets in."""

    offset: int
    column: int | None
    value: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Repaired:
    """What a buffer held.

    rows: cells of the good records; offsets, records: their line and their number, both from 0.
    used, lines, seen: bytes, lines and records in all. wasted: bytes read in vain for quotes that never closed.
    """

    rows: list[list[str]]
    offsets: list[int]
    records: list[int]
    faults: list[Fault]
    used: int
    lines: int
    seen: int
    wasted: int


class _Lines:
    """The lines one after the other; `dry` once more were asked for than there are."""

    def __init__(self, lines: list[str], start: int) -> None:
        self._lines, self._next, self.dry = lines, start, False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._next >= len(self._lines):
            self.dry = True
            raise StopIteration
        self._next += 1
        return self._lines[self._next - 1]


class Repair:
    """Reads the records of one table wherever its text is unsound.

    width: cells a row must have. cell: most characters of a cell, None for any. damaged: whether U+FFFD stands
    for bytes that were no text.
    """

    def __init__(self, *, width: int, delimiter: str, quoting: bool, cell: int | None, damaged: bool) -> None:
        self._width, self._cell, self._damaged = width, cell, damaged
        self._delimiter = delimiter
        self._quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoting else csv.QUOTE_NONE

    def read(self, buffer: bytes, *, final: bool) -> Repaired:
        """The complete records of a buffer that starts with a record."""
        raw = buffer.split(b"\n")
        tail = raw.pop()
        raw = [line + b"\n" for line in raw]
        if final and tail:
            raw.append(tail)
        lines = [line.decode("utf-8", errors="replace") for line in raw]
        found = Repaired(rows=[], offsets=[], records=[], faults=[], used=0, lines=0, seen=0, wasted=0)
        at, seen, wasted = 0, 0, 0
        while at < len(lines):
            feed = _Lines(lines, at)
            reader = self._reader(feed, strict=False)
            start = at
            for _ in range(len(lines)):
                problem = ""
                try:
                    row = next(reader)
                except StopIteration:
                    at = len(lines)
                    break
                except csv.Error as error:
                    row, problem = [], f"the line is no row of a table ({error}); it was left out"
                after = start + reader.line_num
                open_ended = feed.dry
                if open_ended and not final and sum(map(len, raw[at:after])) < RECORD:
                    return self._done(found, raw, at, seen, wasted)
                several = after - at > 1
                unsound = several and (open_ended or len(row) != self._width or not self._strict(lines[at:after]))
                if unsound or (open_ended and len(row) != self._width):
                    wasted += sum(map(len, raw[at:after]))
                    problem = UNCLOSED
                if row or problem:
                    self._judge(found, row, problem, lines[at], offset=at, number=seen)
                    seen += 1
                at = at + 1 if problem else after
                if problem:
                    break
        return self._done(found, raw, at, seen, wasted)

    def _judge(self, found: Repaired, row: list[str], problem: str, line: str, *, offset: int, number: int) -> None:
        column: int | None = None
        value = line.rstrip("\r\n") if problem else ""
        if not problem and len(row) != self._width:
            quoted = "" if self._strict([line]) else ", and a quote stands where no cell starts or ends"
            problem = f"the row has {len(row)} cells, the header {self._width}{quoted}; it was left out"
            value = line.rstrip("\r\n")
        if not problem and self._cell is not None:
            column = next((i for i, cell in enumerate(row) if len(cell) > (self._cell or 0)), None)
            if column is not None:
                value = row[column]
                problem = f"the cell has {len(value):,} characters, more than the {self._cell:,} read here; "
                problem += "the row was left out"
        if problem:
            found.faults.append(Fault(offset=offset, column=column, value=value.replace("\0", "␀"), reason=problem))
            return
        found.rows.append(self._cleaned(found, row, offset))
        found.offsets.append(offset)
        found.records.append(number)

    def _cleaned(self, found: Repaired, row: list[str], offset: int) -> list[str]:
        """The row without NUL characters; faults say what was no text."""
        for i, cell in enumerate(row):
            if "\0" in cell:
                reason = "the cell holds NUL characters; they were taken out and the row kept"
                found.faults.append(Fault(offset=offset, column=i, value=cell.replace("\0", "␀"), reason=reason))
                row[i] = cell.replace("\0", "")
            if self._damaged and "\ufffd" in cell:
                reason = "the cell holds bytes that are no UTF-8; they show as � and the row was kept"
                found.faults.append(Fault(offset=offset, column=i, value=cell, reason=reason))
        return row

    def _strict(self, lines: list[str]) -> bool:
        """Whether a record of several lines is quoted as RFC 4180 wants it."""
        try:
            return len(list(self._reader(iter(lines), strict=True))) == 1
        except csv.Error:
            return False

    def _reader(self, lines: Iterator[str], *, strict: bool) -> csv._reader:  # type: ignore[name-defined]
        return csv.reader(lines, delimiter=self._delimiter, quoting=self._quoting, strict=strict)

    @staticmethod
    def _done(found: Repaired, raw: list[bytes], at: int, seen: int, wasted: int) -> Repaired:
        return Repaired(
            rows=found.rows, offsets=found.offsets, records=found.records, faults=found.faults,
            used=sum(map(len, raw[:at])), lines=at, seen=seen, wasted=wasted,
        )  # fmt: skip
