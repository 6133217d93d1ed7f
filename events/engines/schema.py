"""The engine's tables: their columns, and how finely a place is known.

Texts that repeat (places, actors, claimants, reports, types) stand once, in tables of their own, and are
named by number: an engine counts numbers many times faster. `sites`, `parties` and `claims` repeat what
filters ask of their event, so that a filter needs no join.
"""

from __future__ import annotations

from typing import Any, Literal

from geo.place import Place

Precision = Literal["site", "town", "area"]
PRECISIONS: tuple[Precision, ...] = ("site", "town", "area")
"""How finely an event's place is known, finest first; an engine holds the index as `vagueness`."""
Row = dict[str, Any]

SITE_KINDS = frozenset({"neighbourhood", "landmark", "base", "camp", "crossing", "village"})
TOWN_KINDS = frozenset({"city", "town"})

GRID = 1 << 26
"""Web Mercator is held in whole steps, GRID of them across the world: about 0.6 m at the equator."""

MOST_BITS = 62
"""Actors and claimants of numbers up to this are found without a join; the hand-kept tables come first."""

_TEXT, _INT, _LONG, _REAL, _DAY, _FLAG = "TEXT", "INTEGER", "BIGINT", "DOUBLE PRECISION", "DATE", "BOOLEAN"
_BYTES = "BYTEA"
# who, voices: bit i stands for the actor, or the claimant, of number i, up to MOST_BITS.
FILTERED = {"date_start": _DAY, "date_end": _DAY, "sub": _INT, "who": _LONG, "voices": _LONG}
_TOLL = {"fatalities_low": _LONG, "fatalities_high": _LONG}

TABLES: dict[str, dict[str, str]] = {
    # One row a file or sitting that brought events. digest: of its content. rows: as read.
    "batches": {"num": _INT, "id": _TEXT, "name": _TEXT, "format": _TEXT, "digest": _TEXT, "n_rows": _LONG},
    "types": {"num": _INT, "event_type": _TEXT, "sub_event_type": _TEXT},
    "actors": {"num": _INT, "id": _TEXT, "name_en": _TEXT, "name_ar": _TEXT, "side": _INT},
    "claimants": {"num": _INT, "id": _TEXT, "name_en": _TEXT, "name_ar": _TEXT, "kind": _TEXT, "actor": _TEXT},
    "reports": {
        "num": _LONG, "id": _TEXT, "publisher_en": _TEXT, "publisher_ar": _TEXT, "headline": _TEXT,
        "published": _DAY, "published_note": _TEXT, "language": _TEXT, "url": _TEXT, "licence": _TEXT, "sha256": _TEXT,
    },
    # x, y: Web Mercator in steps of GRID from the north-west corner. area: a district or wider.
    "places": {
        "num": _INT, "id": _TEXT, "name_en": _TEXT, "name_ar": _TEXT, "kind": _TEXT,
        "lat": _REAL, "lon": _REAL, "radius_km": _REAL, "x": _INT, "y": _INT, "area": _FLAG,
    },
    # sides: bit i stands for side i of those acting. place: the first one. n_places: how many rows in `sites`.
    "events": {
        "key": _LONG, "id": _TEXT, "batch": _INT, **FILTERED, "date_prec": _INT, "place": _INT, "where_prec": _INT,
        **_TOLL, "fatalities_best": _LONG, "civilians": _LONG, "title_en": _TEXT, "title_ar": _TEXT, "note": _TEXT,
        "origin": _TEXT, "confidence": _REAL, "restricted": _FLAG, "sides": _INT, "n_places": _INT,
    },
    "sites": {
        "event": _LONG, "rank": _INT, "place": _INT, "x": _INT, "y": _INT, "vagueness": _INT,
        "sides": _INT, "n_places": _INT, **FILTERED,
    },
    # first: the first row of this actor in its event; who is actor and target at once counts once.
    "parties": {
        "event": _LONG, "rank": _INT, "actor": _INT, "role": _TEXT, "first": _FLAG, "date_prec": _INT, **FILTERED,
    },
    # first: the first row of this claimant in its event. spans: JSON, see `events.model.Claim`. A claim without a
    # summary says what its report's headline says.
    "claims": {
        "event": _LONG, "rank": _INT, "id": _TEXT, "report": _LONG, "claimant": _INT, "stance": _TEXT, "first": _FLAG,
        "paragraph": _INT, "spans": _TEXT, **_TOLL, "summary_en": _TEXT, "summary_ar": _TEXT, **FILTERED,
    },
    # Rows of a foreign file in blocks, see `events.engines.originals`. first, last: keys that their events have, if
    # they became events. No two blocks overlap.
    "originals": {"batch": _INT, "first": _LONG, "last": _LONG, "packed": _BYTES},
}  # fmt: skip
"""Columns of a store and their types, in words that every engine of SQL knows."""

STAGED: dict[str, dict[str, str]] = {
    "staged_actors": {"id": _TEXT, "name_en": _TEXT, "name_ar": _TEXT, "side": _INT},
    "staged_claimants": {name: kind for name, kind in TABLES["claimants"].items() if name != "num"},
    "staged_reports": {"n": _LONG, **{name: kind for name, kind in TABLES["reports"].items() if name != "num"}},
    "staged_places": {
        "n": _LONG, **{name: kind for name, kind in TABLES["places"].items() if name not in ("num", "x", "y", "area")},
    },
    # parties, voices: number of a set in the two tables below. place: n of the first one, None for none.
    "staged_events": {
        "n": _LONG, "id": _TEXT, "parties": _LONG, "voices": _LONG, "place": _LONG, "n_places": _INT,
        "sub_event_type": _TEXT, "date_start": _DAY, "date_end": _DAY, "date_prec": _INT,
        "where_prec": _INT, **_TOLL, "fatalities_best": _LONG, "civilians": _LONG,
        "title_en": _TEXT, "title_ar": _TEXT, "note": _TEXT, "origin": _TEXT, "confidence": _REAL, "restricted": _FLAG,
    },
    "staged_parties": {"parties": _LONG, "rank": _INT, "actor": _TEXT, "role": _TEXT, "first": _FLAG},
    "staged_voices": {"voices": _LONG, "rank": _INT, "claimant": _TEXT},
    # place, report: n of the place and of the report.
    "staged_sites": {"n": _LONG, "rank": _INT, "place": _LONG},
    "staged_claims": {
        "n": _LONG, "rank": _INT, "id": _TEXT, "report": _LONG, "claimant": _TEXT, "stance": _TEXT,
        "first": _FLAG, "paragraph": _INT, "spans": _TEXT, **_TOLL, "summary_en": _TEXT, "summary_ar": _TEXT,
    },
    "staged_originals": {"first": _LONG, "last": _LONG, "packed": _BYTES},
}  # fmt: skip
"""What is about to be added to a store: names still stand for themselves; events, reports and places have numbers `n`.

Sets of parties and of voices stand once, however many events have them.
"""


def create(table: str, columns: dict[str, str]) -> str:
    """The statement that makes a table."""
    return f"CREATE TABLE {table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})"


def is_area(place: Place) -> bool:
    """Whether a place is a district or wider, or runs along a line: it never joins finer ones on the map."""
    return place.kind not in SITE_KINDS | TOWN_KINDS


def precision_of(place: Place, where_prec: int | None) -> Precision:
    """How finely an event at a place is known. Our rule: the coarser of the place's kind and the coding."""
    if (where_prec or 1) >= 3 or is_area(place):
        return "area"
    return "site" if place.kind in SITE_KINDS and (where_prec or 1) == 1 else "town"
