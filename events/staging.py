"""Values and foreign rows made ready for a store: the tables of `events.schema.STAGED`."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from events.errors import EventsError
from events.model import Actor, Batch, Claim, Claimant, Dataset, Event, Report
from events.schema import STAGED, Row
from events.tables import load_foreign_actors
from geo import names
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
    return _tables(rows)


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
    return _tables(_values(batch.reports, batch.events, batch.claims, lambda: batch.places, gazetteer))


def _values(
    reports: Mapping[str, Report], events: Mapping[str, Event], claims: Mapping[str, Claim], own: Any,
    gazetteer: Gazetteer,
) -> dict[str, list[Row]]:  # fmt: skip
    places: dict[str, Place] = {}
    rows: dict[str, list[Row]] = {name: [] for name in STAGED}
    number = {key: n for n, key in enumerate(sorted(events, key=lambda key: _when(events[key])), start=1)}
    extra = own()
    for event in events.values():
        n = number[event.id]
        rows["staged_events"].append(vars(event) | {"n": n, "restricted": False})
        for rank, key in enumerate(event.places):
            places[key] = extra[key] if key in extra else gazetteer.get(key)
            rows["staged_sites"].append({"n": n, "rank": rank, "place": key})
        met: set[str] = set()
        for role, actors in (("actor", event.actors), ("target", event.targets)):
            for rank, actor in enumerate(actors):
                party = {"n": n, "rank": rank, "actor": actor, "role": role, "first": actor not in met}
                rows["staged_parties"].append(party)
                met.add(actor)
    spoken: set[tuple[str, str]] = set()
    for rank, claim in enumerate(claims.values()):
        voice = (claim.event, claim.claimant)
        own_columns = {"n": number[claim.event], "rank": rank, "first": voice not in spoken}
        spans = json.dumps(claim.spans) if claim.spans else None
        rows["staged_claims"].append(vars(claim) | own_columns | {"spans": spans})
        spoken.add(voice)
    rows["staged_reports"] = [vars(report) | {"n": n} for n, report in enumerate(reports.values(), start=1)]
    rows["staged_places"] = [{name: getattr(p, name) for name in STAGED["staged_places"]} for p in places.values()]
    return rows


def _when(event: Event) -> tuple[date, date, str]:
    """Oldest first, undated last: events lie in a store as they are read."""
    return event.date_start or date.max, event.date_end or date.max, event.id


def _tables(rows: Mapping[str, Iterable[Row]]) -> dict[str, pa.Table]:
    tables = {}
    for name, columns in STAGED.items():
        schema = pa.schema({column: _ARROW[kind] for column, kind in columns.items()})
        kept = [{column: row.get(column) for column in columns} for row in rows.get(name, ())]
        tables[name] = pa.Table.from_pylist(kept, schema=schema)
    return tables


def empty_tables() -> dict[str, pa.Table]:
    """Every staged table without a row."""
    return _tables({})


# -- foreign rows ------------------------------------------------------------------------------

IMPORTED_KIND = {1: "village", 2: "village", 3: "district", 4: "governorate", 5: "region", 6: "country", 7: "region"}
"""What kind of place a foreign point stands for, by its where_prec. Ours."""
IMPORTED_RADIUS_KM = {1: 1.5, 2: 1.5, 3: 35.0, 4: 80.0, 5: 80.0, 6: 300.0, 7: 80.0}
"""How far around a foreign point its event may lie, by where_prec, in km. Ours; where_prec 2 is said of the event."""
RESTRICTED = frozenset({"acled"})
"""Formats whose terms forbid passing the rows on."""
MOST_VOICES = 8
"""Claimants kept of one foreign row: a list of agencies longer than that is a list of reprints."""


def stage_incoming(
    connection: duckdb.DuckDBPyConnection, *, origin: str, dataset: Dataset, gazetteer: Gazetteer
) -> None:  # fmt: skip
    """Make the staged tables from the relation `incoming` (see events.sources.incoming), beside it.

    Names of parties and voices that our tables know under any name become those; others become actors and
    claimants of their own. A row without an id is named by its content, so that it is known again.
    """
    sides_named = _lists(connection, "actors", "targets")
    voices_named = _lists(connection, "claimants")
    parties = {name for told in sides_named for name in told}
    voices = {name for told in voices_named for name in told[:MOST_VOICES]}
    known_actors, sided = _known(dataset.actors.values()), dict[str, str]()
    for name, actor, side in load_foreign_actors():
        (known_actors if actor in dataset.actors else sided)[names.fold(name)] = actor or side
    known_voices = _known(dataset.claimants.values())
    sides = list(dataset.sides)
    actors = {name: _matched(name, known_actors) or _named(origin, name) for name in sorted(parties)}
    claimants = {name: _matched(name, known_voices) or _named(origin, name) for name in sorted(voices)}

    def side_of(name: str) -> str:
        """Of a party that is not ours: its own, or where the name joins several that of the first known."""
        for part in (name, *name.split(", ")):
            if side := _matched(part, sided):
                return side
            if actor := _matched(part, known_actors):
                return dataset.actors[actor].side
        return "other" if "other" in sides else sides[-1]

    tables = _tables(
        {
            "staged_actors": _once(
                {"id": key, "name_en": name, "name_ar": name, "side": sides.index(side_of(name))}
                for name, key in actors.items()
                if key not in dataset.actors
            ),
            "staged_claimants": _once(
                {"id": key, "name_en": name, "name_ar": name, "kind": "media", "actor": None}
                for name, key in claimants.items()
                if key not in dataset.claimants
            ),
        }
    )
    for table in ("staged_actors", "staged_claimants"):
        connection.register("arrow", tables[table])
        connection.execute(f"CREATE TABLE {table} AS SELECT * FROM arrow")
        connection.unregister("arrow")
    # Few lists of names differ, and two names of one list may mean one actor.
    for table, lists, ids, most in (
        ("party_lists", sides_named, actors, None), ("voice_lists", voices_named, claimants, MOST_VOICES)
    ):  # fmt: skip
        known = [list(dict.fromkeys(ids[name] for name in told[:most])) for told in lists]
        connection.register("arrow", pa.table({"names": lists, "ids": known}, _LISTS))
        connection.execute(f"CREATE TABLE {table} AS SELECT * FROM arrow")
        connection.unregister("arrow")
    by_name = connection.execute("SELECT DISTINCT place FROM incoming WHERE place IS NOT NULL").fetchall()
    found = [gazetteer.get(key) for (key,) in by_name]
    rows = [{name: getattr(place, name) for name in STAGED["staged_places"]} for place in found]
    connection.register("arrow", _tables({"staged_places": rows})["staged_places"])
    connection.execute("CREATE TABLE staged_places AS SELECT * FROM arrow")
    connection.unregister("arrow")
    for statement in _INCOMING:
        connection.execute(statement.format(origin=origin, restricted=str(origin in RESTRICTED).lower()))


def without(tables: Mapping[str, pa.Table], ids: Collection[str]) -> dict[str, pa.Table]:
    """Staged tables without these events and what belongs to them; what several share stays."""
    events = tables["staged_events"]
    kept = pc.invert(pc.is_in(events["id"], value_set=pa.array(ids, pa.string())))
    numbers = events.filter(kept)["n"].combine_chunks()
    theirs = ("staged_events", "staged_sites", "staged_parties", "staged_claims")
    return {
        name: rows.filter(pc.is_in(rows["n"], value_set=numbers)) if name in theirs else rows
        for name, rows in tables.items()
    }


def staged_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, pa.Table]:
    """What `stage_incoming` made, out of its database."""
    return {
        name: connection.sql(f"SELECT {', '.join(columns)} FROM {name}").to_arrow_table()
        for name, columns in STAGED.items()
    }


LONGEST_SLUG = 60

_LISTS = pa.schema({"names": pa.list_(pa.string()), "ids": pa.list_(pa.string())})
_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")


def _lists(connection: duckdb.DuckDBPyConnection, *columns: str) -> list[list[str]]:
    """The lists of names in some columns, each once; those of no names are left out."""
    each = " UNION ALL ".join(f"SELECT {column} AS names FROM incoming" for column in columns)
    each = f"SELECT DISTINCT names FROM ({each}) WHERE len(names) > 0"
    return [names for (names,) in connection.execute(each).fetchall()]


def _known(entries: Iterable[Actor | Claimant]) -> dict[str, str]:
    known: dict[str, str] = {}
    for entry in entries:
        for name in (entry.id.replace("_", " "), entry.name_en, entry.name_ar, *getattr(entry, "aliases", ())):
            known.setdefault(names.fold(name), entry.id)
    return known


def _matched(name: str, known: Mapping[str, str]) -> str | None:
    """The id of a name; "Civilians (Syria)" is also sought as "Civilians", "QSD: Syrian …" by either half."""
    bare = _ASIDE.sub("", name)
    for form in (name, bare, *bare.split(":")):
        if (key := known.get(names.fold(form))) is not None:
            return key
    return None


def _named(origin: str, name: str) -> str:
    slug = "_".join(re.findall(r"[a-z0-9]+", name.lower()))
    whole = name.isascii() and slug and len(slug) < LONGEST_SLUG
    return f"{origin}_{slug}" if whole else f"{origin}_{slug[:40]}_{_digest(name)}".replace("__", "_")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def _once(rows: Iterable[Row]) -> list[Row]:
    return list({row["id"]: row for row in rows}.values())


_POINT = "CASE WHEN {v} < 0 THEN 'm' ELSE '' END || CAST(CAST(round(abs({v}) * 10000) AS BIGINT) AS VARCHAR)"  # 11 m
_PLACE_ID = f"""coalesce(place, 'at_' || {_POINT.format(v="lat")} || '_' || {_POINT.format(v="lon")}
    || CASE WHEN where_prec >= 3 THEN '_p' || where_prec ELSE '' END)"""


def _by_prec(values: Mapping[int, object]) -> str:
    return "CASE where_prec " + " ".join(f"WHEN {prec} THEN {value!r}" for prec, value in values.items()) + " END"


_INCOMING = (
    # An id names a row once in a file; the sources report the others. Where it means something in its own file
    # only, the row is named by its content too. Equal rows without an id are events all the same.
    """
    CREATE VIEW named AS
    SELECT *, CASE WHEN source_id IS NULL THEN content WHEN content IS NULL THEN source_id
                   ELSE source_id || '_' || substr(content, 1, 8) END AS name
    FROM incoming
    """,
    """
    CREATE TABLE repeated AS
    SELECT unnest(records[2:]) AS record, generate_subscripts(records[2:], 1) + 1 AS time
    FROM (SELECT list_sort(list(record)) AS records FROM named GROUP BY name HAVING count(*) > 1)
    """,
    f"""
    CREATE VIEW numbered AS
    SELECT * EXCLUDE (record, place, name, time), record AS n, place AS located,
           '{{origin}}:' || name || CASE WHEN time IS NULL THEN '' ELSE '_' || time END AS id,
           CASE WHEN lat IS NULL THEN NULL ELSE {_PLACE_ID} END AS place_id,
           'r_' || substr(md5(concat_ws('|', publisher, headline, published, url)), 1, 16) AS report_id
    FROM named LEFT JOIN repeated USING (record)
    WHERE time IS NULL OR source_id IS NULL
    """,
    """
    CREATE VIEW staged_events AS
    SELECT n, id, sub_event_type, date_start, date_end, CAST(date_prec AS INTEGER) AS date_prec,
           CAST(where_prec AS INTEGER) AS where_prec, fatalities_low, fatalities_high, fatalities_best, civilians,
           coalesce(title, '') AS title_en, coalesce(title, '') AS title_ar, coalesce(note, '') AS note,
           '{origin}' AS origin, CAST(NULL AS DOUBLE) AS confidence, {restricted} AS restricted
    FROM numbered
    """,
    f"""
    INSERT INTO staged_places
    SELECT place_id AS id, coalesce(any_value(place_name), '') AS name_en, name_en AS name_ar,
           any_value({_by_prec(IMPORTED_KIND)}) AS kind,
           any_value(round(lat, 6)) AS lat, any_value(round(lon, 6)) AS lon,
           any_value(CAST({_by_prec(IMPORTED_RADIUS_KM)} AS DOUBLE)) AS radius_km
    FROM numbered WHERE place_id IS NOT NULL AND located IS NULL GROUP BY place_id
    """,
    "CREATE VIEW staged_sites AS SELECT n, 0 AS rank, place_id AS place FROM numbered WHERE place_id IS NOT NULL",
    """
    CREATE TABLE staged_parties AS
    WITH named AS (
        SELECT n, coalesce(a.ids, []) AS acting, coalesce(t.ids, []) AS hit
        FROM numbered LEFT JOIN party_lists a ON a.names = actors LEFT JOIN party_lists t ON t.names = targets
    )
    SELECT n, CAST(rank - 1 AS INTEGER) AS rank, actor, role, first
    FROM (
        SELECT n, unnest(acting) AS actor, generate_subscripts(acting, 1) AS rank, 'actor' AS role, true AS first
        FROM named
        UNION ALL
        SELECT n, unnest(hit), generate_subscripts(hit, 1), 'target',
               unnest(list_transform(hit, lambda one: NOT list_contains(acting, one)))
        FROM named
    )
    """,
    # Who speaks of a row that names no voice is the report itself.
    """
    CREATE TABLE staged_claims AS
    SELECT n, CAST(pos - 1 AS INTEGER) AS rank, id || '#' || pos AS id, report_id AS report, claimant,
           'asserts' AS stance, true AS first, CAST(NULL AS INTEGER) AS paragraph, CAST(NULL AS VARCHAR) AS spans,
           fatalities_low, fatalities_high, summary AS summary_en, summary AS summary_ar
    FROM (
        SELECT n, id, report_id, fatalities_low, fatalities_high,
               CASE WHEN headline IS NULL THEN coalesce(title, '') ELSE '' END AS summary,
               unnest(voices) AS claimant, generate_subscripts(voices, 1) AS pos
        FROM (SELECT *, coalesce(ids, ['report']) AS voices FROM numbered LEFT JOIN voice_lists ON names = claimants)
    )
    """,
    """
    CREATE TABLE staged_reports AS
    SELECT n, report_id AS id, coalesce(publisher, '') AS publisher_en, publisher_en AS publisher_ar,
           coalesce(headline, title, '') AS headline, published, '' AS published_note, '' AS language,
           coalesce(url, '') AS url, '{origin}' AS licence, '' AS sha256
    FROM numbered WHERE n IN (SELECT min(n) FROM numbered GROUP BY report_id)
    """,
    "CREATE VIEW staged_originals AS SELECT * FROM originals",
)  # fmt: skip
