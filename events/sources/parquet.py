"""Parquet and GeoParquet. No line numbers: a row's number stands for its line in issues."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import shapely

from events.sources.errors import SourceError
from events.sources.issues import Issues
from events.sources.limits import Limits
from events.sources.points import LAT, LON, PREC, Point, point_of, point_of_json
from events.sources.rows import Chunk, unique_names

_ROWS = 20_000
_BYTES = 64 << 20
"""Text of one chunk. A dictionary makes a long text, written once, stand in every row."""
_COLUMNS = 2000


class Parquet:
    """The rows of a Parquet file; a geometry column gives two more, lat and lon."""

    def __init__(self, path: Path, *, limits: Limits) -> None:
        """Raises SourceError for a file that is no sound Parquet."""
        self.size = path.stat().st_size
        self._path, self._limits = path, limits
        try:
            with pq.ParquetFile(path) as file:
                schema, count = file.schema_arrow, file.metadata.num_rows
        except (pa.ArrowException, OSError, ValueError) as error:
            raise SourceError(f"The Parquet file cannot be read ({_line(error)}); write it anew.") from error
        if len(schema) > _COLUMNS or not len(schema):
            raise SourceError(f"The Parquet file has {len(schema):,} columns; expected a table of events.")
        limits.check_rows(count)
        self._count = count
        self._geometry = _geometry(schema)
        self._texts = [field.name for field in schema if pa.types.is_string(field.type)]
        names = [field.name for field in schema]
        self.columns = unique_names(names + ([LAT, LON, PREC] if self._geometry is not None else []))

    def preview(self, n: int) -> list[list[str]]:
        """The first n rows."""
        for found in self._batches(Issues(""), size=max(1, n)):
            rows = found.table.drop_columns(["record", "line"]).slice(0, n).to_pylist()
            return [[cell or "" for cell in row.values()] for row in rows]
        return []

    def chunks(self, issues: Issues) -> Iterator[Chunk]:
        """All rows. Raises SourceError where the file turns out broken."""
        return self._batches(issues, size=_ROWS)

    def _batches(self, issues: Issues, *, size: int) -> Iterator[Chunk]:
        seen = total = 0
        try:
            with pq.ParquetFile(self._path, read_dictionary=self._texts) as file:
                for batch in file.iter_batches(batch_size=size):
                    held = _size_of(batch)
                    total += held
                    self._limits.check_size(total)
                    rows = max(1, batch.num_rows * _BYTES // max(held, _BYTES))
                    for at in range(0, batch.num_rows, rows):
                        part = batch.slice(at, rows)
                        table = self._table(part, seen, issues)
                        seen += part.num_rows
                        yield Chunk(table=table, done=self.size * seen // max(1, self._count), seen=seen)
        except (pa.ArrowException, OSError, ValueError) as error:
            if isinstance(error, SourceError):
                raise
            raise SourceError(f"The Parquet file breaks off at row {seen + 1:,} ({_line(error)}).") from error

    def _table(self, batch: pa.RecordBatch, seen: int, issues: Issues) -> pa.Table:
        columns = [pc.fill_null(_texts(column), "") for column in batch.columns]
        if self._geometry is not None:
            columns += _points(batch.columns[self._geometry], seen, issues, self.columns[self._geometry])
        columns = self._fitted(columns, seen, issues)
        numbers = pa.array(range(seen + 1, seen + 1 + batch.num_rows), pa.int64())
        data = {"record": numbers, "line": pa.nulls(batch.num_rows, pa.int64())}
        return pa.table(data | {f"c{i}": column for i, column in enumerate(columns)})

    def _fitted(self, columns: list[pa.Array], seen: int, issues: Issues) -> list[pa.Array]:
        """The columns, empty in rows of which a cell is too long."""
        most = self._limits.cell
        for name, column in zip(self.columns, columns, strict=True):
            if most is None or (pc.max(pc.utf8_length(column)).as_py() or 0) <= most:
                continue
            long = pc.greater(pc.utf8_length(column), most)
            for at in pc.indices_nonzero(long).to_pylist():
                reason = f"the cell has more than the {most:,} characters read here; the row was left out"
                issues.add(line=seen + 1 + at, column=name, value=column[at].as_py()[:300], reason=reason)
            columns = [pc.if_else(long, "", other) for other in columns]
        return columns


def _size_of(batch: pa.RecordBatch) -> int:
    """Bytes that a batch's texts have once each stands in its row."""
    size = batch.num_rows
    for column in batch.columns:
        if pa.types.is_dictionary(column.type) and pa.types.is_string(column.type.value_type):
            lengths = pc.take(pc.binary_length(column.dictionary), column.indices)
            size += pc.sum(lengths).as_py() or 0
        else:
            size += column.nbytes
    return int(size)


def _geometry(schema: pa.Schema) -> int | None:
    """Index of the geometry column, by GeoParquet 1.1's metadata or its usual name and type."""
    told: Any = None
    try:
        meta = json.loads((schema.metadata or {}).get(b"geo", b"{}"))
        told = meta.get("primary_column")
        crs = meta.get("columns", {}).get(told, {}).get("crs")
    except (ValueError, AttributeError, RecursionError):
        crs = None
    _check_crs(crs)
    for i, field in enumerate(schema):
        named = field.name == told or (not told and field.name.casefold() in ("geometry", "geom", "wkb_geometry"))
        if named and (pa.types.is_binary(field.type) or pa.types.is_large_binary(field.type) or _is_xy(field.type)):
            return i
    return None


def _is_xy(kind: pa.DataType) -> bool:
    """Whether a geometry stands as GeoArrow's points do."""
    return pa.types.is_struct(kind) and {"x", "y"} <= {kind.field(i).name for i in range(kind.num_fields)}


def _check_crs(crs: Any) -> None:
    """GeoParquet without a crs is OGC:CRS84. Raises SourceError for any other than WGS 84 degrees."""
    if not isinstance(crs, dict):
        return
    identity = crs.get("id")
    code = str(identity.get("code")) if isinstance(identity, dict) else ""
    if code not in ("4326", "CRS84", "") or (not code and crs.get("type") == "ProjectedCRS"):
        raise SourceError(
            f"The GeoParquet's coordinates are in {crs.get('name', code)!s:.60}; expected degrees of WGS 84 "
            "(OGC:CRS84): convert them first."
        )


def _points(column: pa.Array, seen: int, issues: Issues, name: str) -> list[pa.Array]:
    found: list[Point] = []
    for i, wkb in enumerate(column.to_pylist(), start=seen + 1):
        point: Point = (None, None, None)
        if wkb is not None:
            try:
                point = point_of_json(wkb) if isinstance(wkb, dict) else point_of(shapely.from_wkb(wkb))
            except (shapely.errors.ShapelyError, ValueError) as error:
                reason = f"the geometry cannot be read ({_line(error)}); the row is kept without it"
                issues.add(line=i, column=name, value="", reason=reason)
        found.append(point)
    return [pa.array([point[n] or "" for point in found], pa.string()) for n in range(3)]


def _texts(column: pa.Array) -> pa.Array:
    """A column as text, the way a CSV would have it."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _texts(column.dictionary_decode())
    if pa.types.is_string(kind):
        return pc.replace_substring(column, "\0", "")
    plain = pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_date32(kind)
    if plain or pa.types.is_large_string(kind) or pa.types.is_null(kind):
        return pc.cast(column, pa.string())
    return pa.array([_text(value) for value in column.to_pylist()], pa.string())


def _text(value: Any) -> str | None:
    match value:
        case None:
            return None
        case str():
            return value.replace("\0", "")
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case bytes():
            return value.hex()
        case list() | tuple() if not any(isinstance(item, Sequence) and not isinstance(item, str) for item in value):
            return ";".join(_text(item) or "" for item in value)
        case list() | dict():
            return json.dumps(value, ensure_ascii=False, default=str)
        case _:
            return str(value)


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:120]
