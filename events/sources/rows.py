"""What every container of rows gives: columns, a preview, and the rows in chunks of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from events.sources.issues import Issues


@dataclass(frozen=True, kw_only=True)
class Chunk:
    """Some rows of a file.

    table: record and line (int64; line may be null), then c0, c1 … (string), one for each column of the file;
    `original` (string, JSON) besides where the container knows the row better than its columns do.
    done: bytes of the file read so far. seen: data rows read so far, those left out included.
    """

    table: pa.Table
    done: int
    seen: int


class Rows(Protocol):
    """A table in a file, readable again and again."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, each once."""
        ...

    @property
    def size(self) -> int:
        """Bytes to read, the same measure as `Chunk.done`."""
        ...

    def preview(self, n: int) -> list[list[str]]:
        """The first n data rows."""
        ...

    def chunks(self, issues: Issues) -> Iterator[Chunk]:
        """All rows; those that are no rows of the table go to the issues. Raises SourceError."""
        ...


def chunk(
    *,
    records: Sequence[int],
    lines: Sequence[int | None],
    cells: Sequence[Sequence[str | None]],
    width: int,
    done: int,
    seen: int,
    originals: Sequence[str] | None = None,
) -> Chunk:
    """A chunk from rows of Python texts."""
    columns: list[Sequence[str | None]] = list(zip(*cells, strict=True)) if cells else [()] * width
    data = {"record": pa.array(records, pa.int64()), "line": pa.array(lines, pa.int64())}
    data |= {f"c{i}": pa.array(column, pa.string()) for i, column in enumerate(columns)}
    if originals is not None:
        data["original"] = pa.array(originals, pa.string())
    return Chunk(table=pa.table(data), done=done, seen=seen)


def unique_names(header: Sequence[str]) -> tuple[str, ...]:
    """The header's names, blanks named by their number, repeated ones numbered."""
    names: list[str] = []
    taken: set[str] = set()
    for number, cell in enumerate(header, start=1):
        name = base = " ".join(cell.replace("\ufeff", "").replace("\0", "").split()) or f"column {number}"
        copy = 1
        while name in taken:
            copy += 1
            name = f"{base} ({copy})"
        taken.add(name)
        names.append(name)
    return tuple(names)
