"""Events out again: GeoJSON, CSV and a plain table, always exactly the events of a selection."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from events.atlas import Atlas
from events.schema import Row
from events.selection import Ignored, Selection

COLUMNS = (
    "id", "event_type", "sub_event_type", "date_start", "date_end", "date_prec",
    "place", "place_en", "place_ar", "places", "lat", "lon", "where_prec", "radius_km",
    "actors", "targets", "claimants", "denied_by", "reports",
    "fatalities_low", "fatalities_best", "fatalities_high", "civilians",
    "title_en", "title_ar", "note", "origin",
)  # fmt: skip
"""The properties of an exported event, named as the data model names them."""

TEXT_COLUMNS = frozenset(COLUMNS) - {
    "date_prec", "lat", "lon", "where_prec", "radius_km",
    "fatalities_low", "fatalities_best", "fatalities_high", "civilians",
}  # fmt: skip


def records(atlas: Atlas, selection: Selection) -> list[Row]:
    """The selection's events as flat records of COLUMNS (lists as lists, days as ISO text), with their `claims`."""
    return [_record(atlas, row) for row in atlas.store.rows(selection)]


def _record(atlas: Atlas, row: Row) -> Row:
    place = atlas.place(row["place"]) if row["place"] else None
    parties, claims = row["parties"], row["claims"]
    computed = {
        "date_start": row["date_start"].isoformat() if row["date_start"] else None,
        "date_end": row["date_end"].isoformat() if row["date_end"] else None,
        "place_en": place.name_en if place else None,
        "place_ar": place.name_ar if place else None,
        "radius_km": row["places"][0]["radius_km"] if row["places"] else None,
        "places": [site["place"] for site in row["places"]],
        "actors": [party["actor"] for party in parties if party["role"] == "actor"],
        "targets": [party["actor"] for party in parties if party["role"] == "target"],
        "claimants": _once(claim["claimant"] for claim in claims),
        "denied_by": _once(claim["claimant"] for claim in claims if claim["stance"] == "denies"),
        "reports": _once(claim["report"] for claim in claims),
    }
    record = {column: computed.get(column, row.get(column)) for column in COLUMNS}
    return record | {"claims": [{k: v for k, v in claim.items() if k != "rank"} for claim in claims]}


def _once(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))


def feature_collection(atlas: Atlas, selection: Selection, ignored: Sequence[Ignored] = ()) -> dict[str, Any]:
    """The selection as GeoJSON (RFC 7946): Point geometry, null where the place is unknown.

    Beside the standard members: `total`, the number of all events; `data_version`; `sources`, the
    reports cited; `ignored`, the parameters of the request that made no sense, where there are any.
    """
    features = []
    cited: dict[str, None] = {}
    for record in records(atlas, selection):
        cited |= dict.fromkeys(record["reports"])
        point = record["lat"] is not None
        features.append(
            {
                "type": "Feature",
                "id": record["id"],
                "geometry": {"type": "Point", "coordinates": [record["lon"], record["lat"]]} if point else None,
                "properties": {k: v for k, v in record.items() if k not in ("lat", "lon")},
            }
        )
    reports = (atlas.dataset.reports[key] for key in cited if key in atlas.dataset.reports)
    return {
        "type": "FeatureCollection",
        "features": features,
        "total": atlas.store.total,
        "data_version": atlas.store.version,
        "sources": [
            {"id": r.id, "publisher": r.publisher_en, "headline": r.headline, "published": r.published.isoformat()}
            for r in reports
        ],
    } | ({"ignored": [{"param": i.param, "value": i.value, "reason": i.reason} for i in ignored]} if ignored else {})


def geojson(atlas: Atlas, selection: Selection, ignored: Sequence[Ignored] = ()) -> str:
    """`feature_collection` as text."""
    return json.dumps(feature_collection(atlas, selection, ignored), ensure_ascii=False, allow_nan=False)


def csv_text(atlas: Atlas, selection: Selection) -> str:
    """The selection as CSV (RFC 4180), lists separated by semicolons, text safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for record in records(atlas, selection):
        writer.writerow([_cell(column, record[column]) for column in COLUMNS])
    return out.getvalue()


def _cell(column: str, value: Any) -> Any:
    text = ";".join(value) if isinstance(value, list) else value
    # A spreadsheet runs a cell that begins so; numbers (a longitude of -1.5) must stay numbers.
    if column in TEXT_COLUMNS and isinstance(text, str) and text[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{text}"
    return text


def plain_table(atlas: Atlas, selection: Selection) -> str:
    """The selection as aligned text for a terminal, one event a line, closed by the count."""
    found = records(atlas, selection)
    lines = [("date", "sub-event type", "place", "actors", "killed", "said by", "event")]
    for r in found:
        lines.append(
            (
                _span(r["date_start"], r["date_end"]),
                r["sub_event_type"],
                r["place_en"] or "–",
                ", ".join(r["actors"]) or "–",
                _figure(r["fatalities_low"], r["fatalities_high"]),
                ", ".join(f"{c} (denies)" if c in r["denied_by"] else c for c in r["claimants"]),
                r["title_en"],
            )
        )
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    text = "\n".join("  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip() for line in lines)
    return f"{text}\n{len(found)} of {atlas.store.total} events"


def _span(start: str | None, end: str | None) -> str:
    if start is None:
        return "undated"
    return start if start == end else f"{start}…{end}"


def _figure(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return "–"
    if high is None:
        return f"≥{low}"
    if low is None:
        return f"≤{high}"
    return str(low) if low == high else f"{low}–{high}"
