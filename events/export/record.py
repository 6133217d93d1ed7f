"""One event as a flat record: the columns that CSV, GeoJSON, GeoParquet, Excel and KML share."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from events.atlas import Atlas
from events.engines.schema import Row
from events.export.streaming import pages
from events.export.written import Tally
from events.selection import Selection

COLUMNS = (
    "id", "event_type", "sub_event_type", "date_start", "date_end", "date_prec",
    "place", "place_en", "place_ar", "places", "lat", "lon", "where_prec", "radius_km",
    "actors", "targets", "claimants", "denied_by", "reports",
    "fatalities_low", "fatalities_best", "fatalities_high", "civilians",
    "title_en", "title_ar", "note", "origin", "confidence",
)  # fmt: skip
"""The properties of an exported event, named as the data model names them."""

DAYS = frozenset({"date_start", "date_end"})
LISTS = frozenset({"places", "actors", "targets", "claimants", "denied_by", "reports"})
WHOLE = frozenset(
    {"date_prec", "where_prec", "fatalities_low", "fatalities_best", "fatalities_high", "civilians", "paragraph"}
)
REAL = frozenset({"lat", "lon", "radius_km", "confidence"})
"""What the columns hold; the others hold text."""

TEXT_COLUMNS = frozenset(COLUMNS) - DAYS - WHOLE - REAL

CLAIM_COLUMNS = (
    "id", "report", "claimant", "stance", "paragraph", "fatalities_low", "fatalities_high",
    "summary_en", "summary_ar", "spans",
)  # fmt: skip
"""The members of each claim of a record; `spans` stands only where the words of a value are known."""


def record(row: Row) -> Row:
    """A row of the store as COLUMNS, days as `date`, lists as lists, and its `claims`."""
    first = row["places"][0] if row["places"] else {}
    parties, claims = row["parties"], row["claims"]
    computed = {
        "place_en": first.get("name_en"),
        "place_ar": first.get("name_ar"),
        "radius_km": first.get("radius_km"),
        "places": [site["place"] for site in row["places"]],
        "actors": [party["actor"] for party in parties if party["role"] == "actor"],
        "targets": [party["actor"] for party in parties if party["role"] == "target"],
        "claimants": once(claim["claimant"] for claim in claims),
        "denied_by": once(claim["claimant"] for claim in claims if claim["stance"] == "denies"),
        "reports": once(claim["report"] for claim in claims),
    }
    flat = {column: computed[column] if column in computed else row.get(column) for column in COLUMNS}
    return flat | {"claims": [_claim(claim) for claim in claims]}


def records(atlas: Atlas, selection: Selection, *, include_restricted: bool = False) -> list[Row]:
    """The selection's events as records, days as ISO text; for what is shown whole, not for files."""
    found = pages(atlas, selection, Tally(), include_restricted=include_restricted)
    return [plain(record(row)) for page in found for row in page]


def plain(full: Row) -> Row:
    """A record with its days as ISO text."""
    return full | {day: full[day].isoformat() if isinstance(full[day], date) else full[day] for day in DAYS}


def once(values: Iterable[str]) -> list[str]:
    """The values without repetitions, in the order they come."""
    return list(dict.fromkeys(values))


def _claim(claim: Row) -> Row:
    told: Row = {name: claim.get(name) for name in CLAIM_COLUMNS if name != "spans"}
    spans = spans_of(claim.get("spans"))
    return told | {"spans": spans} if spans else told


def spans_of(held: Any) -> dict[str, list[list[int]]]:
    """The spans of a claim, {value: [[start, end], …]}, from JSON text or a mapping; empty where there are none."""
    known = json.loads(held) if isinstance(held, str) and held else held
    return {name: [list(span) for span in found] for name, found in dict(known or {}).items()}
