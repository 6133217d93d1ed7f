"""The rows of foreign files, kept as they came: packed in blocks by the thousand, opened one row at a time.

A block is an Arrow IPC stream compressed with Zstandard: `record`, the number of a row in its file, then the
file's own columns as texts. It takes a quarter of the text's room, any engine holds it as bytes, and it is
written seven times faster than a column of JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

ROWS = 1_000
"""Rows of a block."""
_CODEC = "zstd"
_JSON = "row"
_RECORD = "record"


@dataclass(frozen=True, kw_only=True)
class Block:
    """Rows of one file, one after the other. first, last: number of the first and of the last one. packed: all."""

    first: int
    last: int
    packed: bytes


def pack(table: pa.Table, columns: Sequence[str]) -> Iterator[Block]:
    """Blocks of the rows of a chunk (see `events.sources.rows.Chunk`). columns: the file's own names for c0, c1 …"""
    known = "original" in table.column_names
    cells = ["original"] if known else [f"c{i}" for i in range(len(columns))]
    kept = table.select([_RECORD, *cells]).rename_columns([_RECORD, *([_JSON] if known else columns)])
    kept = kept.replace_schema_metadata({"rows": "json" if known else "columns"})
    for at in range(0, kept.num_rows, ROWS):
        part = kept.slice(at, ROWS)
        records = part.column(0)
        yield Block(first=records[0].as_py(), last=records[-1].as_py(), packed=_packed(part))


def _packed(table: pa.Table) -> bytes:
    # Compressed as a whole: buffer by buffer, which is Arrow's own way, takes twice the time and is larger.
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table.combine_chunks())
    return pa.Codec(_CODEC).compress(sink.getvalue(), asbytes=True)  # type: ignore[no-any-return]


class Opened:
    """A block's rows."""

    def __init__(self, packed: bytes) -> None:
        with pa.CompressedInputStream(pa.BufferReader(packed), _CODEC) as stream:
            raw = stream.read_buffer()
        with pa.ipc.open_stream(raw) as reader:
            self._table = reader.read_all()

    def rows(self, nths: Sequence[int]) -> list[Mapping[str, str]]:
        """The rows whose numbers are `nths` above the first one's, by the file's columns. Raises LookupError."""
        records = self._table.column(0)
        # Rows that could not be read leave gaps, so the numbers are sought.
        at = pc.index_in(pa.array(nths, records.type), value_set=pc.subtract(records, records[0]))
        if at.null_count:
            missing = nths[at.is_null().index(True).as_py()]
            raise LookupError(f"no row {missing} above the first one; expected one of {len(records)} rows")
        found: list[Mapping[str, str]] = self._table.remove_column(0).take(at).to_pylist()
        if (self._table.schema.metadata or {}).get(b"rows") == b"json":
            return [json.loads(row[_JSON]) for row in found]
        return found
