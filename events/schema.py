"""The engine's tables: their columns, and their rows for a data set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

import pyarrow as pa

from events.model import Dataset
from geo.gazetteer import Gazetteer
from geo.mercator import mercator
from geo.place import Place

Precision = Literal["site", "town", "area"]
PRECISIONS: tuple[Precision, ...] = ("site", "town", "area")
"""How finely an event's place is known, finest first; an engine holds the index as `vagueness`."""
Row = dict[str, Any]

SITE_KINDS = frozenset({"neighbourhood", "landmark", "base", "camp", "crossing", "village"})
TOWN_KINDS = frozenset({"city", "town"})

_TEXT, _INT, _REAL, _DAY = pa.string(), pa.int64(), pa.float64(), pa.date32()
SCHEMAS: dict[str, pa.Schema] = {
    # One row an event. sides, acting: bit i stands for side i. n_places: how many rows in `sites`.
    "events": pa.schema(
        {
            "id": _TEXT, "event_type": _TEXT, "sub_event_type": _TEXT,
            "date_start": _DAY, "date_end": _DAY, "date_prec": _INT,
            "place": _TEXT, "lat": _REAL, "lon": _REAL, "where_prec": _INT,
            "fatalities_low": _INT, "fatalities_best": _INT, "fatalities_high": _INT, "civilians": _INT,
            "title_en": _TEXT, "title_ar": _TEXT, "note": _TEXT, "origin": _TEXT,
            "sides": _INT, "n_places": _INT,
        }
    ),
    # One row an event and place. area: the place is a district or wider, whatever the event.
    # x, y: Web Mercator, 0 to 1 from the north-west corner of the world.
    "sites": pa.schema(
        {
            "event": _TEXT, "rank": _INT, "place": _TEXT, "lat": _REAL, "lon": _REAL, "x": _REAL, "y": _REAL,
            "radius_km": _REAL, "area": pa.bool_(), "vagueness": _INT,
        }
    ),
    "parties": pa.schema({"event": _TEXT, "rank": _INT, "actor": _TEXT, "role": _TEXT}),
    "claims": pa.schema(
        {
            "id": _TEXT, "rank": _INT, "event": _TEXT, "report": _TEXT, "claimant": _TEXT, "stance": _TEXT,
            "paragraph": _INT, "fatalities_low": _INT, "fatalities_high": _INT,
            "summary_en": _TEXT, "summary_ar": _TEXT,
        }
    ),
}  # fmt: skip


def is_area(place: Place) -> bool:
    """Whether a place is a district or wider, or runs along a line: it never joins finer ones on the map."""
    return place.kind not in SITE_KINDS | TOWN_KINDS


def precision_of(place: Place, where_prec: int | None) -> Precision:
    """How finely an event at a place is known. Our rule: the coarser of the place's kind and the coding."""
    if (where_prec or 1) >= 3 or is_area(place):
        return "area"
    return "site" if place.kind in SITE_KINDS and (where_prec or 1) == 1 else "town"


def table_rows(dataset: Dataset, gazetteer: Gazetteer) -> Mapping[str, Iterable[Row]]:
    """The rows of each table of SCHEMAS for a data set, places located by the gazetteer."""
    bit = {side: 1 << i for i, side in enumerate(dataset.sides)}
    rows: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
    for event in dataset.events.values():
        places = [gazetteer.get(place) for place in event.places]
        acting = {bit[dataset.actors[actor].side] for actor in event.actors}
        first = places[0] if places else None
        rows["events"].append(
            {name: getattr(event, name, None) for name in SCHEMAS["events"].names}
            | {
                "place": first.id if first else None,
                "lat": first.lat if first else None,
                "lon": first.lon if first else None,
                "sides": sum(acting),
                "n_places": len(places),
            }
        )
        rows["sites"] += [_site(event.id, rank, place, event.where_prec) for rank, place in enumerate(places)]
        for role, actors in (("actor", event.actors), ("target", event.targets)):
            rows["parties"] += [
                {"event": event.id, "rank": rank, "actor": actor, "role": role} for rank, actor in enumerate(actors)
            ]
    rows["claims"] = [
        {name: getattr(claim, name, None) for name in SCHEMAS["claims"].names} | {"rank": rank}
        for rank, claim in enumerate(dataset.claims.values())
    ]
    return rows


def _site(event: str, rank: int, place: Place, where_prec: int | None) -> Row:
    x, y = mercator(lat=place.lat, lon=place.lon)
    return {
        "event": event, "rank": rank, "place": place.id, "lat": place.lat, "lon": place.lon, "x": x, "y": y,
        "radius_km": place.radius_km, "area": is_area(place),
        "vagueness": PRECISIONS.index(precision_of(place, where_prec)),
    }  # fmt: skip
