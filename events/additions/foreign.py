"""Foreign rows made ready for a store: from `incoming` to the tables of `events.engines.schema.STAGED`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa

from events.additions.foreign_names import ForeignNames
from events.additions.staging import arrow_tables, staged_parties, staged_places
from events.engines.loading import quoted
from events.engines.schema import STAGED, Row
from events.model import Dataset
from geo.counterpart import counterpart
from geo.gazetteer import Gazetteer
from geo.place import Point

IMPORTED_KIND = {1: "village", 2: "village", 3: "district", 4: "governorate", 5: "region", 6: "country", 7: "region"}
"""What kind of place a foreign point stands for, by its where_prec. Ours."""
IMPORTED_RADIUS_KM = {1: 1.5, 2: 1.5, 3: 35.0, 4: 80.0, 5: 80.0, 6: 300.0, 7: 80.0}
"""How far around a foreign point its event may lie, by where_prec, in km. Ours; where_prec 2 is said of the event."""
RESTRICTED = frozenset({"acled"})
"""Formats whose terms forbid passing the rows on."""
MOST_VOICES = 8
"""Claimants kept of one foreign row: a list of agencies longer than that is a list of reprints."""

Lists = Sequence[tuple[list[str] | None, ...]]
"""Rows of lists of names, as `incoming` has them."""

_NAMES = pa.list_(pa.string())
_PARTIES = pa.schema({"actors": _NAMES, "targets": _NAMES, "parties": pa.int64()})
_CALLED = pa.schema({"n": pa.int64(), "name_ar": pa.string()})
_VOICES = pa.schema({"claimants": _NAMES, "voices": pa.int64()})


def stage_incoming(
    connection: duckdb.DuckDBPyConnection, *, origin: str, file: str, dataset: Dataset, gazetteer: Gazetteer
) -> None:  # fmt: skip
    """Make the staged tables from the relation `incoming` (see events.sources.incoming), beside it.

    file: its name, which stands for the report of rows that tell of none. Names of parties and voices that our
    tables know under any name become those; others become actors and claimants of their own. A row without an id is
    named by its content, so that it is known again.
    """
    # Few lists of names differ in a million rows: each is looked at once, and the rows name it by number.
    told = connection.execute("SELECT DISTINCT actors, targets FROM incoming").fetchall()
    said = connection.execute("SELECT DISTINCT claimants FROM incoming").fetchall()
    names = ForeignNames(dataset, origin)
    actors = names.actors({name for lists in told for part in lists for name in part or ()})
    claimants = names.claimants({name for (voices,) in said for name in (voices or ())[:MOST_VOICES]})
    places = connection.execute("SELECT DISTINCT place FROM incoming WHERE place IS NOT NULL").fetchall()
    rows: dict[str, Iterable[Row]] = {
        "staged_actors": names.new_actors(actors),
        "staged_claimants": names.new_claimants(claimants),
        "staged_parties": _parties(told, actors),
        "staged_voices": _voices(said, claimants),
        "staged_places": staged_places(gazetteer.get(key) for (key,) in places),
    }
    tables = arrow_tables(rows)
    numbered = {
        "party_lists": _numbered(told, _PARTIES),
        "voice_lists": _numbered(said, _VOICES),
    }
    for name, table in ({name: tables[name] for name in rows} | numbered).items():
        connection.register("arrow", table)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM arrow")
        connection.unregister("arrow")
    for statement in _STATEMENTS:
        connection.execute(
            statement.format(origin=origin, restricted=str(origin in RESTRICTED).lower(), file=quoted(file))
        )
    _name_in_arabic(connection, gazetteer)


def staged_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, pa.Table]:
    """What `stage_incoming` made, out of its database."""
    return {
        name: connection.sql(f"SELECT {', '.join(columns)} FROM {name}").to_arrow_table()
        for name, columns in STAGED.items()
    }


def _name_in_arabic(connection: duckdb.DuckDBPyConnection, gazetteer: Gazetteer) -> None:
    """The Arabic names of imported places that the gazetteer knows at the same spot."""
    south, north, west, east = _extent(gazetteer)
    rows = connection.execute(
        "SELECT n, name_en, lat, lon FROM staged_places WHERE name_ar = name_en AND name_en <> '' "
        "AND lat BETWEEN $1 AND $2 AND lon BETWEEN $3 AND $4", [south, north, west, east],
    ).fetchall()  # fmt: skip
    found = ((n, counterpart(gazetteer, name, Point(lat=lat, lon=lon))) for n, name, lat, lon in rows)
    called = [{"n": n, "name_ar": place.name_ar} for n, place in found if place and place.name_ar]
    connection.register("arrow", pa.Table.from_pylist(called, _CALLED))
    connection.execute("UPDATE staged_places SET name_ar = arrow.name_ar FROM arrow WHERE arrow.n = staged_places.n")
    connection.unregister("arrow")


def _extent(gazetteer: Gazetteer) -> tuple[float, float, float, float]:
    """South, north, west and east of all its places."""
    lats, lons = [place.lat for place in gazetteer], [place.lon for place in gazetteer]
    return min(lats), max(lats), min(lons), max(lons)


def _numbered(lists: Lists, schema: pa.Schema) -> pa.Table:
    """Lists of names and the number of each, from 1."""
    columns = list(zip(*lists, strict=True)) or [()] * (len(schema) - 1)
    return pa.table([*columns, range(1, len(lists) + 1)], schema)


def _parties(told: Lists, ids: Mapping[str, str]) -> Iterator[Row]:
    """Two names of one list may mean one actor."""
    for number, lists in enumerate(told, start=1):
        acting, hit = (dict.fromkeys(ids[name] for name in part or ()) for part in lists)
        yield from staged_parties(number, acting, hit)


def _voices(said: Lists, ids: Mapping[str, str]) -> Iterator[Row]:
    """Who speaks of a row that names no voice is the report itself."""
    for number, (told,) in enumerate(said, start=1):
        known = dict.fromkeys(ids[name] for name in (told or ())[:MOST_VOICES]) or ("report",)
        for rank, claimant in enumerate(known):
            yield {"voices": number, "rank": rank, "claimant": claimant}


def _by_prec(values: Mapping[int, object]) -> str:
    return "CASE where_prec " + " ".join(f"WHEN {prec} THEN {value!r}" for prec, value in values.items()) + " END"


_TENTH = "CAST(round({v} * 10000) AS INTEGER)"  # 11 m
_SPOT = f"""
    SELECT *, CASE WHEN place IS NULL THEN {_TENTH.format(v="lat")} END AS north,
           CASE WHEN place IS NULL THEN {_TENTH.format(v="lon")} END AS east,
           CASE WHEN place IS NULL AND where_prec >= 3 THEN where_prec END AS vague
"""
_PART = "CASE WHEN {v} < 0 THEN 'm' ELSE '' END || abs({v})"
_SAME = " AND ".join(f"spots.{name} IS NOT DISTINCT FROM r.{name}" for name in ("place", "north", "east", "vague"))

_STATEMENTS = (
    # Points that round to the same 11 m are one place, and stand once for each way of being vague.
    f"""
    CREATE TABLE spots AS
    SELECT id AS place, CAST(NULL AS INTEGER) AS north, CAST(NULL AS INTEGER) AS east, CAST(NULL AS INTEGER) AS vague,
           n, lat, lon, name_en AS name, CAST(NULL AS INTEGER) AS where_prec
    FROM staged_places
    UNION ALL
    SELECT place, north, east, vague, (SELECT count(*) FROM staged_places) + row_number() OVER (),
           any_value(lat), any_value(lon), coalesce(any_value(place_name), ''), any_value(where_prec)
    FROM ({_SPOT} FROM incoming) WHERE lat IS NOT NULL AND place IS NULL GROUP BY place, north, east, vague
    """,
    f"""
    INSERT INTO staged_places
    SELECT n, 'at_' || {_PART.format(v="north")} || '_' || {_PART.format(v="east")} || coalesce('_p' || vague, ''),
           name, name, {_by_prec(IMPORTED_KIND)}, round(lat, 6), round(lon, 6),
           CAST({_by_prec(IMPORTED_RADIUS_KM)} AS DOUBLE)
    FROM spots WHERE place IS NULL
    """,
    # An id names a row once in a file; the sources see to that. Where it means something in its own file only, the
    # row is named by its content too. Equal rows without an id are events all the same.
    """
    CREATE VIEW named AS
    SELECT *, CASE WHEN source_id IS NULL THEN content WHEN content IS NULL THEN source_id
                   ELSE source_id || '_' || substr(content, 1, 8) END AS name
    FROM incoming
    """,
    """
    CREATE TABLE repeated AS
    SELECT unnest(records[2:]) AS record, generate_subscripts(records[2:], 1) + 1 AS time
    FROM (SELECT list_sort(list(record)) AS records FROM named WHERE content IS NOT NULL
          GROUP BY name HAVING count(*) > 1)
    """,
    """
    CREATE VIEW identified AS
    SELECT * EXCLUDE (record, name, time), record AS n,
           '{origin}:' || name || CASE WHEN time IS NULL THEN '' ELSE '_' || time END AS id
    FROM named LEFT JOIN repeated USING (record)
    """,
    # What rows have in common, as numbers: looked up once, since it takes longer than all that is made of it.
    # Rows that have all of publisher, headline, day and address in common are of one report.
    f"""
    CREATE TABLE keyed AS
    SELECT r.record AS n, l.parties, v.voices, spots.n AS place,
           md5_number(coalesce(nullif(concat_ws('|', publisher, headline, published, url), ''), {{file}})) AS report
    FROM ({_SPOT} FROM incoming) r LEFT JOIN spots ON {_SAME}
    JOIN party_lists l ON l.actors IS NOT DISTINCT FROM r.actors AND l.targets IS NOT DISTINCT FROM r.targets
    JOIN voice_lists v ON v.claimants IS NOT DISTINCT FROM r.claimants
    """,
    "CREATE TABLE reported AS SELECT report, min(n) AS first FROM keyed GROUP BY report",
    """
    CREATE VIEW staged_events AS
    SELECT n, id, parties, voices, k.place, CAST(k.place IS NOT NULL AS INTEGER) AS n_places,
           sub_event_type, date_start, date_end, CAST(date_prec AS INTEGER) AS date_prec,
           CAST(where_prec AS INTEGER) AS where_prec, fatalities_low, fatalities_high, fatalities_best, civilians,
           coalesce(title, '') AS title_en, coalesce(title, '') AS title_ar, coalesce(note, '') AS note,
           '{origin}' AS origin, CAST(NULL AS DOUBLE) AS confidence, {restricted} AS restricted
    FROM identified JOIN keyed k USING (n)
    """,
    "CREATE VIEW staged_sites AS SELECT n, 0 AS rank, place FROM keyed WHERE place IS NOT NULL",
    """
    CREATE VIEW staged_reports AS
    SELECT first AS n, 'r_' || lower(hex(report >> 64)) AS id, coalesce(publisher, '') AS publisher_en,
           coalesce(publisher, '') AS publisher_ar,
           coalesce(headline, CASE WHEN publisher IS NULL AND url IS NULL THEN {file} END, '') AS headline, published,
           '' AS published_note, '' AS language, coalesce(url, '') AS url, '{origin}' AS licence, '' AS sha256
    FROM incoming JOIN reported ON first = record
    """,
    """
    CREATE VIEW staged_claims AS
    SELECT n, rank, id || '#' || (rank + 1) AS id, reported.first AS report, claimant, 'asserts' AS stance,
           true AS first, CAST(NULL AS INTEGER) AS paragraph, CAST(NULL AS VARCHAR) AS spans,
           fatalities_low, fatalities_high,
           CASE WHEN headline IS NULL THEN coalesce(title, '') ELSE '' END AS summary_en, summary_en AS summary_ar
    FROM identified JOIN keyed USING (n) JOIN reported USING (report) JOIN staged_voices USING (voices)
    """,
    "CREATE VIEW staged_originals AS SELECT * FROM originals",
)  # fmt: skip
