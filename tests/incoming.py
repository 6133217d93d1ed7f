"""Rows as the sources hand them on (see events.sources.incoming), made up."""

from __future__ import annotations

import duckdb

COLUMNS = """
    n + 1 AS record, n + 2 AS line, CAST(n AS VARCHAR) AS source_id, 'Battles' AS event_type,
    'Armed clash' AS sub_event_type, DATE '2016-01-01' + CAST(n % 900 AS INTEGER) AS date_start, date_start AS date_end,
    1 AS date_prec, 33 + (n % 40) / 10.0 AS lat, 36 + (n % 50) / 10.0 AS lon, CAST(1 + n % 4 AS INTEGER) AS where_prec,
    CAST(NULL AS VARCHAR) AS place, 'Town ' || n % 40 AS place_name, ['Islamic State', 'Group ' || n % 10] AS actors,
    CAST([] AS VARCHAR[]) AS targets, n % 5 AS fatalities_low, n % 5 AS fatalities_best, 9 AS fatalities_high,
    CAST(NULL AS BIGINT) AS civilians, ['SOHR', 'Agency ' || n % 3] AS claimants, 'Paper ' || n % 7 AS publisher,
    'Headline ' || n % 20 AS headline, DATE '2019-01-01' AS published, '' AS url, 'Event ' || n AS title, '' AS note,
    json_object('id', CAST(n AS VARCHAR), 'unmapped', 'x' || n) AS original
"""


def stage(staging: duckdb.DuckDBPyConnection, n: int, *, first: int = 0) -> None:
    """Make the relation `incoming` with n rows, numbered from `first`."""
    staging.execute(f"CREATE TABLE incoming AS SELECT {COLUMNS} FROM range({first}, {first + n}) AS r(n)")
