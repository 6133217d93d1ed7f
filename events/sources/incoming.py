"""The one table that every foreign file becomes: `incoming`, in a temporary DuckDB.

One row an event. Texts are as the file writes them; codes are ours (see `events.model`).

- record: number of the data row in the file, from 1, rows left out included. line: line of the file where the
  row starts (the row's number in a workbook), None where the format has no lines.
- source_id: the row's own id, None where it has none.
- event_type, sub_event_type: spelled as in `events.model.SUB_EVENT_TYPES`.
- date_start, date_end, date_prec (UCDP 1 to 5): all given or all None.
- lat, lon: degrees WGS 84, both or none; where_prec (UCDP 1 to 7): None exactly where they are.
- place: gazetteer id where the event was located by its name, else None. place_name: as written.
- actors, targets, claimants: names as written, in order, each once, never empty texts.
- fatalities_low, _best, _high, civilians: None is "not said".
- publisher, headline, published, url: where the row has it from.
- title: one line for people. note: further words.
- content: MD5 of the row's cells, given where its own id does not name it beyond this file; else None.

Beside it `originals`, the rows as the file has them: see `events.engines.originals.Block`.
"""

from __future__ import annotations

import duckdb

COLUMNS: dict[str, str] = {
    "record": "BIGINT", "line": "BIGINT", "source_id": "VARCHAR",
    "event_type": "VARCHAR", "sub_event_type": "VARCHAR",
    "date_start": "DATE", "date_end": "DATE", "date_prec": "INTEGER",
    "lat": "DOUBLE", "lon": "DOUBLE", "where_prec": "INTEGER", "place": "VARCHAR", "place_name": "VARCHAR",
    "actors": "VARCHAR[]", "targets": "VARCHAR[]",
    "fatalities_low": "BIGINT", "fatalities_best": "BIGINT", "fatalities_high": "BIGINT", "civilians": "BIGINT",
    "claimants": "VARCHAR[]", "publisher": "VARCHAR", "headline": "VARCHAR", "published": "DATE", "url": "VARCHAR",
    "title": "VARCHAR", "note": "VARCHAR", "content": "VARCHAR",
}  # fmt: skip
"""Columns of `incoming` and their types in DuckDB."""


def create_incoming(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `incoming` and `originals`, both empty.

    `incoming` shows the good rows of `judged`, which has besides `faults`, what is wrong with a row, `bad`, whether
    it stays out for that, and `asks`, whether it asks for what was not looked up: so no row is written twice.
    """
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    faults = "STRUCT(n INTEGER, value VARCHAR, reason VARCHAR)[]"
    connection.execute(f"CREATE TABLE judged ({columns}, faults {faults}, bad BOOLEAN, asks BOOLEAN)")
    connection.execute(f"CREATE VIEW incoming AS SELECT {', '.join(COLUMNS)} FROM judged WHERE NOT bad")
    create_originals(connection)


def create_originals(connection: duckdb.DuckDBPyConnection) -> None:
    """Make an empty `originals`."""
    connection.execute('CREATE TABLE originals ("first" BIGINT, "last" BIGINT, packed BLOB)')
