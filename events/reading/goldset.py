"""The hand-kept event tables as a gold set: what a reader should find in each report, in the scorer's shape."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from events.model import Dataset, Event
from events.reading.document import Document, documents_of
from geo.gazetteer import Gazetteer
from geo.place import Place

_TOLERANCE_KM = {
    "neighbourhood": 2, "landmark": 2, "city": 5, "town": 5, "village": 5, "crossing": 5, "camp": 15, "base": 15,
    "district": 60, "subdistrict": 60, "river": 60, "road": 60, "governorate": 100, "region": 60, "country": 250,
}  # fmt: skip
_PRECISION = {None: "unknown", 1: "day", 2: "days", 3: "week", 4: "month", 5: "year"}


def reports_in(folder: Path, dataset: Dataset) -> list[tuple[str, Document]]:
    """The reports whose texts lie in a folder, told by the digest in the table: report id and first article."""
    by_digest = {report.sha256: report.id for report in dataset.reports.values()}
    found = []
    for path in sorted(folder.glob("*.txt")):
        data = path.read_bytes()
        report = by_digest.get(hashlib.sha256(data).hexdigest())
        if report is not None:
            found.append((report, next(documents_of(data.decode("utf-8"), stem=report))))
    return found


def gold_of(report: str, dataset: Dataset, gazetteer: Gazetteer) -> dict[str, Any]:
    """The coded events of one report, each with the claimants that this report credits."""
    voices: dict[str, list[Any]] = {}
    for claim in dataset.claims.values():
        if claim.report == report:
            voices.setdefault(claim.event, []).append(claim)
    events = []
    for key, claims in voices.items():
        event = dataset.events[key]
        lows = [c.fatalities_low for c in claims if c.fatalities_low is not None]
        events.append(
            {
                "id": f"{report}-{key}",
                "sub_event_types": [event.sub_event_type],
                **_dates(event),
                "places": [_place(gazetteer.get(place)) for place in event.places],
                "actors": list(event.actors),
                "targets": list(event.targets),
                "fatalities_low": event.fatalities_low if lows else None,
                "fatalities_high": event.fatalities_high if lows else None,
                "claimants": [c.claimant for c in claims],
                "background": False,
            }
        )
    published = dataset.reports[report].published
    return {
        "docno": report,
        "published": published.isoformat() if published else None,
        "events": events,
        "mentions": [],
    }


def _dates(event: Event) -> dict[str, str | None]:
    return {
        "date_start": event.date_start.isoformat() if event.date_start else None,
        "date_end": event.date_end.isoformat() if event.date_end else None,
        "date_precision": _PRECISION[event.date_prec],
    }


def _place(place: Place) -> dict[str, Any]:
    return {"name": place.name_ar, "name_en": place.name_en, "lat": place.lat, "lon": place.lon, "kind": place.kind,
            "tolerance_km": _TOLERANCE_KM[place.kind]}  # fmt: skip
