"""GeoParquet 1.1.0: a row group a page, points as WKB in longitude and latitude of WGS 84 (OGC:CRS84)."""

from __future__ import annotations

import json
import math
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from events.atlas import Atlas
from events.engines.schema import Row
from events.export.record import CLAIM_COLUMNS, COLUMNS, DAYS, LISTS, REAL, WHOLE, record
from events.export.streaming import Progress, pages
from events.export.written import Tally, Written
from events.selection import Selection


def _kind(column: str) -> pa.DataType:
    if column in DAYS:
        return pa.date32()
    if column in LISTS:
        return pa.list_(pa.string())
    if column in WHOLE:
        return pa.int64()
    return pa.float64() if column in REAL else pa.string()


# Spans are as free as JSON is: as text, every reader of Parquet can open them.
_CLAIM = pa.struct({name: _kind(name) for name in CLAIM_COLUMNS})
SCHEMA = pa.schema(
    {column: _kind(column) for column in COLUMNS} | {"claims": pa.list_(_CLAIM), "geometry": pa.binary()}
)


def write_geoparquet(
    atlas: Atlas,
    selection: Selection,
    out: BinaryIO,
    *,
    include_restricted: bool = False,
    progress: Progress | None = None,
) -> Written:
    """Write the selection as GeoParquet: COLUMNS, `claims` as structs, and `geometry`, null without a place."""
    tally = Tally()
    west, south, east, north = math.inf, math.inf, -math.inf, -math.inf
    with pq.ParquetWriter(out, SCHEMA, compression="zstd") as writer:
        for page in pages(atlas, selection, tally, include_restricted=include_restricted, progress=progress):
            full = [record(row) for row in page]
            for r in full:
                if r["lat"] is not None:
                    west, east = min(west, r["lon"]), max(east, r["lon"])
                    south, north = min(south, r["lat"]), max(north, r["lat"])
            writer.write_table(_table(full))
            tally.events += len(page)
        box = [west, south, east, north] if west <= east else None
        writer.add_key_value_metadata({"geo": json.dumps(_geo(box))})
    return tally.written()


def _table(full: list[Row]) -> pa.Table:
    located = [r["lat"] is not None for r in full]
    points = shapely.points(
        [r["lon"] if known else math.nan for r, known in zip(full, located, strict=True)],
        [r["lat"] if known else math.nan for r, known in zip(full, located, strict=True)],
    )
    shapes = [wkb if known else None for wkb, known in zip(shapely.to_wkb(points, byte_order=1), located, strict=True)]
    rows = [
        r | {"geometry": shape, "claims": [_flat(claim) for claim in r["claims"]]}
        for r, shape in zip(full, shapes, strict=True)
    ]
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _flat(claim: Row) -> Row:
    return claim | {"spans": json.dumps(claim["spans"]) if "spans" in claim else None}


def _geo(box: list[float] | None) -> dict[str, Any]:
    """The file's metadata. Without `crs` the specification says OGC:CRS84."""
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"] if box else []}
    if box:
        column["bbox"] = box
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
