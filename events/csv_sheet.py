"""A CSV file kept by hand, read row by row: every fault is noted with its line and column, and the reading goes on."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date

from events.errors import RowIssue
from events.selection import read_day


@dataclass
class CsvSheet:
    """One table while it is read: the row at hand, and the faults found so far.

    issues: faults of this and other files. unreadable: whether the rest of the file was given up.
    """

    file: str
    issues: list[RowIssue] = field(default_factory=list)
    line: int = 1
    unreadable: bool = False
    row: dict[str, str] = field(default_factory=dict)

    def fault(self, column: str, reason: str) -> None:
        """Note what is wrong with a column of the row; "" where it is the row or the file."""
        self.issues.append(RowIssue(file=self.file, line=self.line, column=column, reason=reason))

    def text(self, column: str, *, required: bool = True) -> str:
        """A cell without the spaces around it."""
        value = self.row[column].strip()
        if required and not value:
            self.fault(column, "is empty; every row needs a value here")
        return value

    def one_of(self, column: str, known: Container[str], expected: str, *, required: bool = True) -> str:
        """A cell that holds one of the known values. expected: those, in words."""
        value = self.text(column, required=required)
        if value and value not in known:
            self.fault(column, f"holds {value!r}; expected {expected}")
        return value

    def list_of(self, column: str, known: Container[str], expected: str) -> tuple[str, ...]:
        """A cell of values parted by semicolons, each known and none twice."""
        values = tuple(v.strip() for v in self.row[column].split(";") if v.strip())
        for value in values:
            if value not in known:
                self.fault(column, f"names {value!r}; expected {expected}")
        if len(set(values)) != len(values):
            self.fault(column, f"names a value twice in {self.row[column]!r}")
        return values

    def whole(self, column: str, allowed: range | None = None) -> int | None:
        """A whole number, None where the cell is empty or holds none."""
        value = self.text(column, required=False)
        if not value:
            return None
        if not re.fullmatch(r"[0-9]{1,7}", value):
            self.fault(column, f"holds {value!r}; expected a whole number or nothing")
            return None
        if allowed is not None and int(value) not in allowed:
            self.fault(column, f"holds {value}; expected {allowed.start} to {allowed.stop - 1}")
        return int(value)

    def day(self, column: str, *, required: bool = False) -> date | None:
        """A day, None where the cell is empty or holds none."""
        value = self.text(column, required=required)
        if not value:
            return None
        day = read_day(value)
        if day is None:
            self.fault(column, f"holds {value!r}; expected a day such as 2017-10-12")
        return day

    def rows(self, raw: bytes, columns: tuple[str, ...]) -> Iterator[None]:
        """Point the sheet at each good row of a file in turn; `line` is the line the row starts on."""
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.unreadable = True
            self.fault("", f"is not UTF-8 at byte {error.start}; save it as CSV UTF-8")
            return
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        try:
            header = tuple(next(reader, ()))
            if header != columns:
                self.unreadable = True
                self.fault("", f"has the columns {', '.join(header)!r}; expected {', '.join(columns)!r}")
                return
            before = reader.line_num
            for cells in reader:
                self.line, before = before + 1, reader.line_num
                if len(cells) != len(columns):
                    self.fault("", f"has {len(cells)} cells; expected {len(columns)}")
                    continue
                self.row = dict(zip(columns, cells, strict=True))
                yield
        except csv.Error as error:
            self.line, self.unreadable = reader.line_num, True
            self.fault("", f"is not CSV: {error}; look for an unclosed quote")
