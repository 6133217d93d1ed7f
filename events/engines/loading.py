"""Staged rows into a store's tables: one run of plain SQL, the same on every engine that can be written to.

The staged tables (see `events.engines.schema.STAGED`) must be visible to the connection beside the store's own.
The caller owns the transaction: all of it lands or none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import duckdb

from events.engines.schema import GRID, MOST_BITS, SITE_KINDS, TABLES, TOWN_KINDS, create
from events.model import SUB_EVENT_TYPES

Execute = Callable[[str], list[tuple[object, ...]]]
"""Runs one statement and gives the rows it answers, if any."""


@dataclass(frozen=True, kw_only=True)
class Added:
    """What an addition changed: events added, and events left out since a row with their id was there already."""

    added: int
    duplicates: int


def executing(con: duckdb.DuckDBPyConnection) -> Execute:
    """A DuckDB connection as `loading` wants it."""

    def execute(statement: str) -> list[tuple[object, ...]]:
        return con.execute(statement).fetchall()

    return execute


def create_tables(
    execute: Execute, *, store: str = "", kinds: Mapping[str, Mapping[str, str]] = MappingProxyType({})
) -> None:
    """An empty store. store: prefix of its tables, such as `store.`. kinds: an engine's own words for some columns."""
    for name, columns in TABLES.items():
        execute(create(store + name, {**columns, **kinds.get(name, {})}))
    _refresh_types(execute, store)


def replace_batch(execute: Execute, *, batch: str, store: str = "") -> None:
    """Take a batch of this id out again; nothing where there is none."""
    found = execute(f"SELECT num FROM {store}batches WHERE id = {quoted(batch)}")
    for (num,) in found:
        gone = f"SELECT key FROM {store}events WHERE batch = {num}"
        for table in ("sites", "parties", "claims"):
            execute(f"DELETE FROM {store}{table} WHERE event IN ({gone})")
        for table in ("events", "originals"):
            execute(f"DELETE FROM {store}{table} WHERE batch = {num}")
        execute(f"DELETE FROM {store}batches WHERE num = {num}")


def load(execute: Execute, *, batch: str, name: str, form: str, digest: str, n_rows: int, store: str = "") -> Added:
    """Add what is staged as one batch. form: "coded", "read" or the file's format. n_rows: rows of the file.

    Events whose id the store holds already are left out and counted.
    """
    _refresh_types(execute, store)
    _dimension(execute, store, "actors", ("name_en", "name_ar", "side"), _plain("actors"))
    _dimension(execute, store, "claimants", ("name_en", "name_ar", "kind", "actor"), _plain("claimants"))
    reports = _numbered(execute, store, "reports", ("headline", "publisher_en", "publisher_ar"), _plain("reports"))
    places = _numbered(execute, store, "places", ("name_en", "name_ar"), _PLACE)
    num = _number(execute, f"SELECT coalesce(max(num), 0) + 1 FROM {store}batches")
    values = ", ".join([str(num), *map(quoted, (batch, name, form, digest)), str(n_rows)])
    execute(f"INSERT INTO {store}batches VALUES ({values})")
    # Rows that did not become events have their keys too, for the sake of `originals`.
    base = max(
        _number(execute, f"SELECT coalesce(max({last}), 0) FROM {store}{table}")
        for table, last in (("events", "key"), ("originals", "last"))
    )
    for statement in _EVENTS:
        execute(statement.format(store=store, batch=num, base=base, bits=MOST_BITS, places=places, reports=reports))
    for table in ("reports", "places"):
        execute(f"DROP TABLE known_{table}")
    added = _number(execute, f"SELECT count(*) FROM {store}events WHERE batch = {num}")
    return Added(added=added, duplicates=_number(execute, "SELECT count(*) FROM staged_events") - added)


def quoted(text: str) -> str:
    """A text as an SQL literal."""
    return "'" + text.replace("\0", "").replace("'", "''") + "'"


def _number(execute: Execute, query: str) -> int:
    return int(execute(query)[0][0])  # type: ignore[call-overload, no-any-return]


def _refresh_types(execute: Execute, store: str) -> None:
    """A store made by an older version may lack a type; those it has keep their numbers."""
    known = {row[0] for row in execute(f"SELECT sub_event_type FROM {store}types")}
    missing = [(main, sub) for main, subs in SUB_EVENT_TYPES.items() for sub in subs if sub not in known]
    rows = (f"({n}, {quoted(main)}, {quoted(sub)})" for n, (main, sub) in enumerate(missing, start=len(known)))
    if missing:
        execute(f"INSERT INTO {store}types VALUES {', '.join(rows)}")


def _plain(table: str) -> str:
    return ", ".join(f"s.{name}" for name in TABLES[table] if name != "num")


def _one_of(kinds: frozenset[str]) -> str:
    return f"({', '.join(map(quoted, sorted(kinds)))})"


_LAT = "greatest(-85.05112878, least(85.05112878, s.lat))"
_PLACE = f"""
    s.id, s.name_en, s.name_ar, s.kind, s.lat, s.lon, s.radius_km,
    CAST(floor((s.lon / 360 + 0.5) * {GRID}) AS INTEGER),
    CAST(floor((0.5 - ln((1 + sin(radians({_LAT}))) / (1 - sin(radians({_LAT})))) / (4 * pi())) * {GRID}) AS INTEGER),
    s.kind NOT IN {_one_of(SITE_KINDS | TOWN_KINDS)}
"""  # the same Web Mercator as geo.mercator


def _dimension(execute: Execute, store: str, table: str, renewed: tuple[str, ...], columns: str) -> None:
    """Rows of the staged table that the store has not, numbered on; those it has take the newer wording."""
    wording = ", ".join(f"{name} = s.{name}" for name in renewed)
    execute(f"UPDATE {store}{table} AS t SET {wording} FROM staged_{table} s WHERE t.id = s.id")
    execute(
        f"INSERT INTO {store}{table} SELECT (SELECT coalesce(max(num), 0) FROM {store}{table}) "
        f"+ row_number() OVER (ORDER BY s.id), {columns} FROM staged_{table} s "
        f"WHERE NOT EXISTS (SELECT 1 FROM {store}{table} t WHERE t.id = s.id)"
    )


def _numbered(execute: Execute, store: str, table: str, renewed: tuple[str, ...], columns: str) -> int:
    """The same for the tables whose rows are many and numbered already.

    Number `n` becomes the store's by adding what is returned; but for the rows that `known_…` says the store had.
    """
    execute(
        f"CREATE TEMPORARY TABLE known_{table} AS "
        f"SELECT s.n, t.num FROM staged_{table} s JOIN {store}{table} t ON t.id = s.id"
    )
    if _number(execute, f"SELECT count(*) FROM known_{table}"):
        wording = ", ".join(f"{name} = s.{name}" for name in renewed)
        execute(
            f"UPDATE {store}{table} AS t SET {wording} FROM staged_{table} s, known_{table} k "
            "WHERE k.n = s.n AND t.num = k.num"
        )
    base = _number(execute, f"SELECT coalesce(max(num), 0) FROM {store}{table}")
    execute(
        f"INSERT INTO {store}{table} SELECT {base} + s.n, {columns} FROM staged_{table} s "
        f"WHERE NOT EXISTS (SELECT 1 FROM known_{table} k WHERE k.n = s.n)"
    )
    return base


_SITE = _one_of(SITE_KINDS)
_EVENTS = (
    # Who acts decides the colours; a target does not.
    """
    INSERT INTO {store}events
    SELECT {base} + s.n, s.id, {batch}, s.date_start, s.date_end, t.num,
           coalesce(acting.who, 0), coalesce(heard.voices, 0), s.date_prec, coalesce(k.num, {places} + s.place),
           s.where_prec, s.fatalities_low, s.fatalities_high, s.fatalities_best, s.civilians, s.title_en, s.title_ar,
           s.note, s.origin, s.confidence, s.restricted, coalesce(acting.sides, 0), s.n_places
    FROM staged_events s
    JOIN {store}types t ON t.sub_event_type = s.sub_event_type
    LEFT JOIN known_places k ON k.n = s.place
    LEFT JOIN (
        SELECT p.parties, bit_or(CASE WHEN p.role = 'actor' THEN 1 << a.side ELSE 0 END) AS sides,
               bit_or(CASE WHEN a.num <= {bits} THEN CAST(1 AS BIGINT) << a.num ELSE 0 END) AS who
        FROM staged_parties p JOIN {store}actors a ON a.id = p.actor GROUP BY p.parties
    ) acting ON acting.parties = s.parties
    LEFT JOIN (
        SELECT v.voices AS told, bit_or(CASE WHEN c.num <= {bits} THEN CAST(1 AS BIGINT) << c.num ELSE 0 END) AS voices
        FROM staged_voices v JOIN {store}claimants c ON c.id = v.claimant GROUP BY v.voices
    ) heard ON heard.told = s.voices
    WHERE NOT EXISTS (SELECT 1 FROM {store}events e WHERE e.id = s.id)
    """,
    f"""
    INSERT INTO {{store}}sites
    SELECT e.key, s.rank, p.num, p.x, p.y,
           CASE WHEN p.area OR coalesce(e.where_prec, 1) >= 3 THEN 2
                WHEN p.kind IN {_SITE} AND coalesce(e.where_prec, 1) = 1 THEN 0 ELSE 1 END,
           e.sides, e.n_places, e.date_start, e.date_end, e.sub, e.who, e.voices
    FROM staged_sites s JOIN {{store}}events e ON e.key = {{base}} + s.n
    LEFT JOIN known_places k ON k.n = s.place
    JOIN {{store}}places p ON p.num = coalesce(k.num, {{places}} + s.place)
    """,
    """
    INSERT INTO {store}parties
    SELECT e.key, p.rank, a.num, p.role, p.first, e.date_prec,
           e.date_start, e.date_end, e.sub, e.who, e.voices
    FROM staged_events s JOIN {store}events e ON e.key = {base} + s.n
    JOIN staged_parties p ON p.parties = s.parties JOIN {store}actors a ON a.id = p.actor
    """,
    """
    INSERT INTO {store}claims
    SELECT e.key, s.rank, s.id, coalesce(k.num, {reports} + s.report), c.num, s.stance, s.first, s.paragraph, s.spans,
           s.fatalities_low, s.fatalities_high, s.summary_en, s.summary_ar,
           e.date_start, e.date_end, e.sub, e.who, e.voices
    FROM staged_claims s JOIN {store}events e ON e.key = {base} + s.n
    LEFT JOIN known_reports k ON k.n = s.report JOIN {store}claimants c ON c.id = s.claimant
    """,
    """
    INSERT INTO {store}originals SELECT {batch}, {base} + s.first, {base} + s.last, s.packed FROM staged_originals s
    """,
)
