"""The desk as files: everything as JSON, the events as CSV and GeoJSON."""

from __future__ import annotations

import io
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from events.atlas import Atlas
from events.desk.batch import batch, headline, place_id, spans_of
from events.desk.desk import Desk, Sheet
from events.desk.proposal import Proposal, Status, Telling
from events.desk.values import FIELDS
from events.export import COLUMNS
from events.export.csv_file import add, begin
from events.model import Batch, Claim, Event

FORMAT = "furat desk"
VERSION = 1


def statuses_taken(desk: Desk) -> tuple[Status, ...]:
    """What CSV and GeoJSON hold: the accepted proposals; all that are not rejected while none is accepted."""
    return ("accepted",) if desk.with_status("accepted") else ("proposed",)


def desk_json(desk: Desk, *, atlas: Atlas) -> str:
    """Everything on the desk: each report with its reading and text, each proposal with what was done to it.

    A report has the members of `python -m events read`, and `sha256`; spans count in its `text`.
    """
    told = {
        "format": FORMAT,
        "version": VERSION,
        "data_version": atlas.dataset.version,
        "reports": [_sheet(sheet) for sheet in desk.sheets],
        "proposals": [_proposal(one, atlas) for one in desk.proposals],
        "kept_apart": sorted(sorted(pair) for pair in desk.apart),
    }
    return json.dumps(told, ensure_ascii=False, allow_nan=False, default=_plain, indent=1)


def _sheet(sheet: Sheet) -> dict[str, Any]:
    told = {"name": sheet.name, "url": sheet.url, "language": sheet.language, "published_from": sheet.day_from}
    return {**sheet.reading.as_json(docno=sheet.id), **told, "headline": headline(sheet), "sha256": sheet.sha256,
            "text": sheet.text}  # fmt: skip


def _proposal(one: Proposal, atlas: Atlas) -> dict[str, Any]:
    values = {name: getattr(one.values, name) for name in FIELDS} | {
        "places": [asdict(place) for place in one.values.places]
    }
    return {
        "id": one.id,
        "status": one.status,
        **values,
        "place_ids": [place_id(place, atlas) for place in one.values.places],
        "coded_by_a_person": {name: {"was": was} for name, was in one.was.items()},
        "confidence": one.confidence,
        "reasons": list(one.reasons),
        "joined": asdict(one.joined) if one.joined else None,
        "of": [part.id for part in one.of],
        "claims": [_telling(telling) for telling in one.tellings],
    }


def _telling(telling: Telling) -> dict[str, Any]:
    event = telling.event
    return {
        "report": telling.sheet,
        "claimants": list(telling.claimants),
        "denied_by": list(telling.denied_by),
        "stance": telling.stance,
        "fatalities_low": event.fatalities_low,
        "fatalities_high": event.fatalities_high,
        "confidence": event.confidence,
        "reasons": list(event.reasons),
        "coded_by_a_person": {name: {"was": was} for name, was in telling.was.items()},
        "spans": {what: [{"start": a, "end": b} for a, b in spans] for what, spans in spans_of(event).items()},
    }


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    # A value before a person changed it: a tuple of places.
    return asdict(value)  # type: ignore[call-overload]


def records(found: Batch, atlas: Atlas) -> list[dict[str, Any]]:
    """The events of a batch as flat records of `events.export.COLUMNS`, days as ISO text, with their claims."""
    told: dict[str, list[Claim]] = {}
    for claim in found.claims.values():
        told.setdefault(claim.event, []).append(claim)
    return [_record(event, told.get(event.id, []), found, atlas) for event in found.events.values()]


def _record(event: Event, claims: list[Claim], found: Batch, atlas: Atlas) -> dict[str, Any]:
    first = event.places[0] if event.places else None
    place = found.places.get(first) or atlas.place(first) if first else None
    computed = {
        "date_start": event.date_start.isoformat() if event.date_start else None,
        "date_end": event.date_end.isoformat() if event.date_end else None,
        "place": first,
        "place_en": place.name_en if place else None,
        "place_ar": place.name_ar if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "radius_km": place.radius_km if place else None,
        "places": list(event.places),
        "actors": list(event.actors),
        "targets": list(event.targets),
        "claimants": list(dict.fromkeys(claim.claimant for claim in claims)),
        "denied_by": list(dict.fromkeys(claim.claimant for claim in claims if claim.stance == "denies")),
        "reports": list(dict.fromkeys(claim.report for claim in claims)),
    }
    flat = {column: computed[column] if column in computed else getattr(event, column, None) for column in COLUMNS}
    return flat | {"claims": [_claim(claim) for claim in claims]}


def _claim(claim: Claim) -> dict[str, Any]:
    told = {name: value for name, value in vars(claim).items() if name not in ("event", "spans")}
    return told | {"spans": {what: [list(span) for span in spans] for what, spans in claim.spans.items()}}


def csv_bytes(desk: Desk, *, atlas: Atlas, name: str) -> bytes:
    """The events as CSV (RFC 4180) in UTF-8 with a byte-order mark, text safe to open in a spreadsheet."""
    out = io.BytesIO()
    found = batch(desk, atlas=atlas, name=name, statuses=statuses_taken(desk))
    begin(out, COLUMNS)
    add(out, ([row[column] for column in COLUMNS] for row in records(found, atlas)))
    return out.getvalue()


def geojson(desk: Desk, *, atlas: Atlas, name: str) -> str:
    """The events as GeoJSON (RFC 7946): Point geometry, null where the place is unknown; `sources`: the reports."""
    found = batch(desk, atlas=atlas, name=name, statuses=statuses_taken(desk))
    features = [
        {
            "type": "Feature",
            "id": row["id"],
            "geometry": None if row["lat"] is None else {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
            "properties": {key: value for key, value in row.items() if key not in ("lat", "lon")},
        }
        for row in records(found, atlas)
    ]
    sources = [
        {
            "id": one.id, "publisher": one.publisher_en, "headline": one.headline,
            "published": one.published.isoformat() if one.published else None, "sha256": one.sha256,
        }
        for one in found.reports.values()
    ]  # fmt: skip
    collection = {"type": "FeatureCollection", "total": len(features), "features": features, "sources": sources}
    return json.dumps(collection, ensure_ascii=False, allow_nan=False)
