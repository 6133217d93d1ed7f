"""Rows as the sources hand them on (see events.sources.incoming), made up."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa

from events.additions.batches import add_incoming
from events.engines.originals import pack
from events.tables import load_dataset
from geo.gazetteer import load_gazetteer

COLUMNS = """
    n + 1 AS record, n + 2 AS line, CAST(n AS VARCHAR) AS source_id, 'Battles' AS event_type,
    'Armed clash' AS sub_event_type, DATE '2016-01-01' + CAST(n % {days} AS INTEGER) AS date_start,
    date_start AS date_end, 1 AS date_prec, 33 + (n % 40) / 10.0 AS lat, 36 + (n % 50) / 10.0 AS lon,
    CAST(1 + n % 4 AS INTEGER) AS where_prec,
    CAST(NULL AS VARCHAR) AS place, 'Town ' || n % 40 AS place_name, ['Islamic State', 'Group ' || n % 10] AS actors,
    CAST([] AS VARCHAR[]) AS targets, n % 5 AS fatalities_low, n % 5 AS fatalities_best, 9 AS fatalities_high,
    CAST(NULL AS BIGINT) AS civilians, ['SOHR', 'Agency ' || n % 3] AS claimants, 'Paper ' || n % 7 AS publisher,
    'Headline ' || n % 20 AS headline, DATE '2019-01-01' AS published, '' AS url, 'Event ' || n AS title, '' AS note,
    NULL::VARCHAR AS content
"""


def stage(staging: duckdb.DuckDBPyConnection, n: int, *, first: int = 0, days: int = 900) -> None:
    """Make the relation `incoming` with n rows, numbered from `first`, spread over so many days."""
    columns = COLUMNS.format(days=days)
    staging.execute(f"CREATE TABLE incoming AS SELECT {columns} FROM range({first}, {first + n}) AS r(n)")
    numbers = range(first, first + n)
    cells = {"c0": [str(number) for number in numbers], "c1": [f"x{number}" for number in numbers]}
    rows = pa.table({"record": [number + 1 for number in numbers], **cells})
    blocks = pa.Table.from_pylist([vars(block) for block in pack(rows, ("id", "unmapped"))])
    staging.register("blocks", blocks)
    staging.execute("CREATE TABLE originals AS SELECT * FROM blocks")


def made_up(folder: Path, *, n: int = 5_000, days: int = 900) -> str:
    """The address of a new store that holds the tables and such rows."""
    gazetteer = load_gazetteer()
    address = str(folder / "made_up.duckdb")
    with duckdb.connect() as staging:
        stage(staging, n, days=days)
        add_incoming(
            address, staging, name="made up", form="ucdp", digest="made up", gazetteer=gazetteer,
            dataset=load_dataset(places=gazetteer),
        )  # fmt: skip
    return address
