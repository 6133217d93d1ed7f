"""Values and foreign rows made ready for a store: the tables of `events.engines.schema.STAGED`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from events.engines.schema import STAGED, Row
from events.errors import EventsError
from events.model import Batch, Claim, Dataset, Event, Report
from geo.gazetteer import Gazetteer
from geo.place import Place

_ARROW = {
    "TEXT": pa.string(), "INTEGER": pa.int32(), "BIGINT": pa.int64(), "DOUBLE PRECISION": pa.float64(),
    "DATE": pa.date32(), "BOOLEAN": pa.bool_(), "BYTEA": pa.binary(),
}  # fmt: skip


class UnknownNameError(EventsError, LookupError):
    """A batch names an actor or a claimant that the tables lack."""


def stage_dataset(dataset: Dataset, gazetteer: Gazetteer) -> dict[str, pa.Table]:
    """The hand-kept tables, with all their actors and claimants."""
    rows = _values(dataset.reports, dataset.events, dataset.claims, dict, gazetteer)
    sides = list(dataset.sides)
    rows["staged_actors"] = [
        {"id": a.id, "name_en": a.name_en, "name_ar": a.name_ar, "side": sides.index(a.side)}
        for a in dataset.actors.values()
    ]
    rows["staged_claimants"] = [vars(claimant) for claimant in dataset.claimants.values()]
    return arrow_tables(rows)


def stage_batch(batch: Batch, dataset: Dataset, gazetteer: Gazetteer) -> dict[str, pa.Table]:
    """A batch of values. Its actors and claimants are in the store already, which is that of the dataset.

    Raises UnknownNameError for others, as tables of one's own may lack them.
    """
    for claim in batch.claims.values():
        if claim.claimant not in dataset.claimants:
            raise UnknownNameError(f"claimants.csv has no {claim.claimant!r}, whom {claim.id!r} names; add its row.")
    for event in batch.events.values():
        for actor in (*event.actors, *event.targets):
            if actor not in dataset.actors:
                raise UnknownNameError(f"actors.csv has no {actor!r}, whom {event.id!r} names; add its row.")
    return arrow_tables(_values(batch.reports, batch.events, batch.claims, lambda: batch.places, gazetteer))


def _values(
    reports: Mapping[str, Report], events: Mapping[str, Event], claims: Mapping[str, Claim], own: Any,
    gazetteer: Gazetteer,
) -> dict[str, list[Row]]:  # fmt: skip
    rows: dict[str, list[Row]] = {name: [] for name in STAGED}
    order = {key: n for n, key in enumerate(sorted(events, key=lambda key: _when(events[key])), start=1)}
    extra, places = own(), {key: n for n, key in enumerate(_places_of(events.values()), start=1)}
    for event in events.values():
        n = order[event.id]
        # Each event has a set of parties and one of voices to itself; few of them are written by hand.
        numbers = {"n": n, "parties": n, "voices": n, "n_places": len(event.places), "restricted": False}
        rows["staged_events"].append(vars(event) | numbers | {"place": next(map(places.get, event.places), None)})
        rows["staged_sites"] += ({"n": n, "rank": rank, "place": places[key]} for rank, key in enumerate(event.places))
        rows["staged_parties"] += staged_parties(n, event.actors, event.targets)
    spoken: set[tuple[str, str]] = set()
    numbered = {key: n for n, key in enumerate(reports, start=1)}
    for rank, claim in enumerate(claims.values()):
        n, voice = order[claim.event], (claim.event, claim.claimant)
        own_columns = {"n": n, "rank": rank, "report": numbered[claim.report], "first": voice not in spoken}
        spans = json.dumps(claim.spans) if claim.spans else None
        rows["staged_claims"].append(vars(claim) | own_columns | {"spans": spans})
        rows["staged_voices"].append({"voices": n, "rank": rank, "claimant": claim.claimant})
        spoken.add(voice)
    rows["staged_reports"] = [vars(report) | {"n": numbered[key]} for key, report in reports.items()]
    rows["staged_places"] = staged_places(extra[key] if key in extra else gazetteer.get(key) for key in places)
    return rows


def staged_parties(number: int, acting: Iterable[str], hit: Iterable[str]) -> Iterator[Row]:
    """Rows of `staged_parties` for one set. acting, hit: ids of actors; who is both counts once."""
    met: set[str] = set()
    for role, actors in (("actor", acting), ("target", hit)):
        for rank, actor in enumerate(actors):
            yield {"parties": number, "rank": rank, "actor": actor, "role": role, "first": actor not in met}
            met.add(actor)


def staged_places(places: Iterable[Place]) -> list[Row]:
    """Rows of `staged_places`, numbered from 1."""
    names = [name for name in STAGED["staged_places"] if name != "n"]
    return [{"n": n} | {name: getattr(place, name) for name in names} for n, place in enumerate(places, start=1)]


def _places_of(events: Iterable[Event]) -> list[str]:
    """The places of events, each once."""
    return list(dict.fromkeys(key for event in events for key in event.places))


def _when(event: Event) -> tuple[date, date, str]:
    """Oldest first, undated last: events lie in a store as they are read."""
    return event.date_start or date.max, event.date_end or date.max, event.id


def arrow_tables(rows: Mapping[str, Iterable[Row]]) -> dict[str, pa.Table]:
    """The rows of staged tables, all of them, with their columns; a column that a row lacks is None."""
    tables = {}
    for name, columns in STAGED.items():
        schema = pa.schema({column: _ARROW[kind] for column, kind in columns.items()})
        kept = [{column: row.get(column) for column in columns} for row in rows.get(name, ())]
        tables[name] = pa.Table.from_pylist(kept, schema=schema)
    return tables


def empty_tables() -> dict[str, pa.Table]:
    """Every staged table without a row."""
    return arrow_tables({})


def without(tables: Mapping[str, pa.Table], ids: Collection[str]) -> dict[str, pa.Table]:
    """Staged tables without these events and what belongs to them; what several share stays."""
    events = tables["staged_events"]
    kept = pc.invert(pc.is_in(events["id"], value_set=pa.array(ids, pa.string())))
    numbers = events.filter(kept)["n"].combine_chunks()
    theirs = ("staged_events", "staged_sites", "staged_claims")
    return {
        name: rows.filter(pc.is_in(rows["n"], value_set=numbers)) if name in theirs else rows
        for name, rows in tables.items()
    }
