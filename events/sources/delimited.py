"""Tables of delimited text: CSV, TSV, semicolons. Fast where the text is sound, exact where it is not.

Text that `scan` finds sound is parsed by Arrow, segment by segment; a segment with a fault in it goes again in
small pieces, and the pieces with the faults go through `repair`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from events.sources.errors import SourceError
from events.sources.issues import Issues
from events.sources.limits import Limits
from events.sources.repair import Repair
from events.sources.rows import Chunk, chunk
from events.sources.scan import scan
from events.sources.text import Text
from events.sources.window import Bytes, Window

_FIRST, _MOST = 4 << 20, 64 << 20
"""Bytes of the first segment and of the largest: the first rows come soon, the many in few steps."""
_PIECE = 1 << 18
_WASTE = 256 << 20


@dataclass(kw_only=True)
class _Place:
    """Where a reading stands: the next line, the records seen, bytes done, bytes wasted on unclosed quotes."""

    line: int
    record: int = 0
    done: int = 0
    wasted: int = 0

    def move(self, *, lines: int, records: int, used: int) -> None:
        self.line += lines
        self.record += records
        self.done += used


class Delimited:
    """The rows of a delimited text.

    above: bytes of the header and of what stands over it, in UTF-8; lines_above: how many lines those are.
    """

    def __init__(
        self, text: Text, *, columns: tuple[str, ...], delimiter: str, quoting: bool, above: int, lines_above: int,
        limits: Limits,
    ) -> None:  # fmt: skip
        self.columns = columns
        self._text, self._limits = text, limits
        self._delimiter, self._quoting = delimiter, quoting
        self._above, self._lines_above = above, lines_above
        self._repair = Repair(
            width=len(columns), delimiter=delimiter, quoting=quoting, cell=limits.cell, damaged=text.damaged
        )

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._text.size

    def preview(self, n: int) -> list[list[str]]:
        """The first n rows that have as many cells as there are columns."""
        rows: list[list[str]] = []
        for part in islice(self._chunks(Issues(""), size=_PIECE, most=_PIECE), 8):
            rows += [list(row.values())[2:] for row in part.table.slice(0, n - len(rows)).to_pylist()]
            if len(rows) >= n:
                break
        return rows

    def chunks(self, issues: Issues) -> Iterator[Chunk]:
        """All rows, in order. Raises SourceError beyond the limits and where quotes are broken throughout."""
        return self._chunks(issues, size=_FIRST, most=_MOST)

    def _chunks(self, issues: Issues, *, size: int, most: int) -> Iterator[Chunk]:
        """size: bytes of the first segment; each is twice the one before, up to `most`."""
        here = _Place(line=self._lines_above + 1, done=self._above)
        with self._text.open() as file:
            window, more = Window(file, skip=self._above), True
            while more:
                more = window.more(size)
                for table in self._tables(window, here, issues, final=not more):
                    self._limits.check_rows(here.record)
                    if table.num_rows:
                        yield Chunk(table=table, done=min(here.done, self.size), seen=here.record)
                size = min(2 * size, most)

    def _tables(self, window: Window, here: _Place, issues: Issues, *, final: bool) -> Iterator[pa.Table]:
        """The complete records of what is in the window: all at once, or piece by piece where there are faults."""
        size, small = len(window.bytes), False
        while left := len(window.bytes):
            piece, last = window.bytes[:size], final and size >= left
            before = here.done
            table = self._fast(piece, here, final=last)
            if table is None and not small:
                size, small = _PIECE, True
                continue
            if table is None:
                table = self._exact(piece.tobytes(), here, issues, final=last)
            used = here.done - before
            if not used and size >= left:
                return
            window.drop(used)
            size = _PIECE if used else 2 * size
            yield table

    def _fast(self, buffer: Bytes, here: _Place, *, final: bool) -> pa.Table | None:
        """The complete records of sound text, None for any other."""
        if (self._text.nuls or not self._text.as_is) and not buffer.all():
            return None
        if self._text.damaged and b"\xef\xbf\xbd" in buffer.tobytes():
            return None
        found = scan(buffer, delimiter=self._delimiter, quoting=self._quoting, final=final)
        if found is None or not len(found.offsets):
            return None
        names = [f"c{i}" for i in range(len(self.columns))]
        try:
            table = csv.read_csv(
                pa.BufferReader(pa.py_buffer(buffer[: found.used])),
                # This is a thread among others already; with more of its own Arrow works nearly twice as long.
                read_options=csv.ReadOptions(column_names=names, block_size=1 << 20, use_threads=False),
                parse_options=csv.ParseOptions(
                    delimiter=self._delimiter, quote_char='"' if self._quoting else False, newlines_in_values=True
                ),
                convert_options=csv.ConvertOptions(
                    column_types={name: pa.string() for name in names}, strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid:
            return None
        if table.num_rows != len(found.offsets) or self._too_long(table):
            return None
        table = table.add_column(0, "line", pa.array(found.offsets + here.line, pa.int64()))
        first = here.record + 1
        numbers = pa.array(range(first, first + table.num_rows), pa.int64())
        here.move(lines=found.lines, records=table.num_rows, used=found.used)
        return table.add_column(0, "record", numbers)

    def _too_long(self, table: pa.Table) -> bool:
        most = self._limits.cell
        if most is None or table.nbytes < most:
            return False
        # Bytes stand for characters here: what is too long by bytes alone passes the exact reading.
        return any((pc.max(pc.binary_length(column)).as_py() or 0) > most for column in table.columns)

    def _exact(self, buffer: bytes, here: _Place, issues: Issues, *, final: bool) -> pa.Table:
        """The complete records of any text, what is wrong with the others noted."""
        found = self._repair.read(buffer, final=final)
        for fault in found.faults:
            column = "" if fault.column is None else self.columns[fault.column]
            issues.add(line=here.line + fault.offset, column=column, value=fault.value, reason=fault.reason)
        here.wasted += found.wasted
        if here.wasted > _WASTE:
            raise SourceError(
                f"Up to line {here.line + found.lines:,} quotes are opened again and again and never closed; "
                "expected cells quoted as RFC 4180 says: export the table anew."
            )
        part = chunk(
            records=[here.record + 1 + n for n in found.records],
            lines=[here.line + offset for offset in found.offsets],
            cells=found.rows, width=len(self.columns), done=0, seen=0,
        )  # fmt: skip
        here.move(lines=found.lines, records=found.seen, used=found.used)
        return part.table
