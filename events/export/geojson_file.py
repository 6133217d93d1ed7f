"""GeoJSON (RFC 7946): Point geometry, null where the place is unknown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, BinaryIO

from events.atlas import Atlas
from events.engines.schema import Row
from events.export.cited import Sources, reports_of
from events.export.record import plain, record
from events.export.streaming import Progress, pages
from events.export.written import Tally, Written
from events.selection import Ignored, Selection


def write_geojson(
    atlas: Atlas,
    selection: Selection,
    out: BinaryIO,
    *,
    include_restricted: bool = False,
    progress: Progress | None = None,
    ignored: Sequence[Ignored] = (),
) -> Written:
    """Write the selection as one FeatureCollection, a feature a line.

    Beside the standard members: `total`, the number of all events; `data_version`; `sources`, the reports cited;
    `restricted_left_out`, how many events are not in it since their source forbids passing them on; `ignored`,
    the parameters of the request that made no sense, where there are any.
    """
    tally, sources = Tally(), Sources()
    head = {"type": "FeatureCollection", "total": atlas.store.total, "data_version": atlas.store.version}
    out.write(_json(head)[:-1].encode() + b', "features": [')
    for page in pages(atlas, selection, tally, include_restricted=include_restricted, progress=progress):
        full = [plain(record(row)) for row in page]
        for row in page:
            sources.add(reports_of(row))
        lines = ",\n".join(_json(_feature(r)) for r in full)
        out.write(b",\n" if tally.events else b"\n")
        out.write(lines.encode())
        tally.events += len(page)
    out.write(b'\n], "sources": [')
    sources.write_to(out)
    tail: dict[str, Any] = {"restricted_left_out": tally.restricted}
    if ignored:
        tail["ignored"] = [{"param": i.param, "value": i.value, "reason": i.reason} for i in ignored]
    out.write(b"\n], " + _json(tail)[1:].encode() + b"\n")
    return tally.written()


def _feature(full: Row) -> Row:
    point = full["lat"] is not None
    return {
        "type": "Feature",
        "id": full["id"],
        "geometry": {"type": "Point", "coordinates": [full["lon"], full["lat"]]} if point else None,
        "properties": {name: value for name, value in full.items() if name not in ("lat", "lon")},
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
