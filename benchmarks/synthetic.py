"""Made-up events in any number, in the shape of UCDP GED's of Syria: the same seed makes the same events.

What is taken over from the real file (16,566 events of 2016 to 2019) are proportions only: how many places per
event, how unevenly events fall on them, how exactly they are known, how many have which parties.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from events.additions.batches import add_incoming
from events.model import Dataset
from events.sources.incoming import create_originals
from geo.gazetteer import Gazetteer

SEED = 20_171_012
FIRST_DAY, N_DAYS = "2012-01-01", 4_018
DYADS = (
    ("Syrian government forces", "Opposition factions", 0.53), ("Islamic State", "Syrian Democratic Forces", 0.17),
    ("Syrian government forces", "Islamic State", 0.15), ("Islamic State", "Civilians", 0.03),
    ("Russia", "Opposition factions", 0.03), ("Coalition", "Islamic State", 0.03), ("Turkey", "Islamic State", 0.02),
    ("Hay'at Tahrir al-Sham", "Opposition factions", 0.02), ("Turkey", "Syrian Democratic Forces", 0.02),
)  # fmt: skip
MOST_AREAS = 135
"""Points that stand for a district or a wider area, as many as in the real file."""


def n_places(n: int) -> int:
    """How many places n events fall on: 2,020 for the 16,566 real ones, and growing slower than they."""
    return max(20, int(2.25 * n**0.7))


def make_incoming(staging: duckdb.DuckDBPyConnection, n: int, gazetteer: Gazetteer) -> None:
    """Make the relation `incoming` (see events.sources.incoming) of n events."""
    random = np.random.default_rng(SEED)
    staging.register("made_places", _places(random, n_places(n), gazetteer))
    staging.register(
        "made_dyads", pa.table({"dyad": range(len(DYADS)), "a": [d[0] for d in DYADS], "b": [d[1] for d in DYADS]})
    )
    staging.register("made", _events(random, n))
    create_originals(staging)
    staging.execute(
        f"""
        CREATE TABLE incoming AS
        SELECT e.n AS record, e.n + 1 AS line, CAST(e.n AS VARCHAR) AS source_id,
               CASE WHEN d.b = 'Civilians' THEN 'Violence against civilians' ELSE 'Battles' END AS event_type,
               CASE WHEN d.b = 'Civilians' THEN 'Attack' ELSE 'Armed clash' END AS sub_event_type,
               DATE '{FIRST_DAY}' + CAST(e.day AS INTEGER) AS date_start, date_start AS date_end, 1 AS date_prec,
               p.lat, p.lon, CAST(p.prec AS INTEGER) AS where_prec, CAST(NULL AS VARCHAR) AS place,
               p.name AS place_name,
               CASE WHEN d.b = 'Civilians' THEN [d.a] ELSE [d.a, d.b] END AS actors,
               CASE WHEN d.b = 'Civilians' THEN [d.b] ELSE CAST([] AS VARCHAR[]) END AS targets,
               e.low AS fatalities_low, e.low AS fatalities_best, e.low + e.more AS fatalities_high,
               CAST(NULL AS BIGINT) AS civilians, ['Agency ' || e.voice] AS claimants,
               'Agency ' || e.voice AS publisher, 'Report ' || e.report AS headline,
               CAST(NULL AS DATE) AS published, '' AS url, d.a || ' – ' || d.b || ', ' || p.name AS title, '' AS note,
               CAST(NULL AS VARCHAR) AS content
        FROM made e JOIN made_places p USING (place) JOIN made_dyads d USING (dyad)
        ORDER BY e.day, e.n
        """  # noqa: S608 - our own constants
    )


def write_store(path: Path, n: int, *, dataset: Dataset, gazetteer: Gazetteer) -> None:
    """Write n events into a new store, and for other programs the same as Parquet beside it: `<path>.parquet`.

    The Parquet file has columns lat, lon, day and the two parties, a and b.
    """
    part = path.with_name(f"making-{path.name}")
    with duckdb.connect() as staging:
        make_incoming(staging, n, gazetteer)
        events = staging.sql(
            "SELECT lat, lon, date_start AS day, actors[1] AS a, (actors || targets)[2] AS b FROM incoming"
        )
        events.write_parquet(str(parquet_beside(path)))
        add_incoming(
            str(part), staging, name=f"{n} made-up events", form="ucdp", digest=f"made-up {SEED} {n}", dataset=dataset,
            gazetteer=gazetteer,
        )  # fmt: skip
    part.replace(path)


def parquet_beside(path: Path) -> Path:
    """Where `write_store` puts what other programs read."""
    return path.with_suffix(".parquet")


def _places(random: np.random.Generator, n: int, gazetteer: Gazetteer) -> pa.Table:
    towns = [p for p in gazetteer if p.kind in ("city", "town") and 32.5 < p.lat < 37.3 and 35.7 < p.lon < 42.3]
    around = random.integers(0, len(towns), n)
    # The fullest places are towns; further ones lie the farther around them.
    away = np.minimum(np.arange(n) / 200, 1)[:, None] * random.normal(0, 0.12, (n, 2))
    points = np.array([(p.lat, p.lon) for p in towns])[around] + away
    prec = random.choice((1, 2), n, p=(0.6, 0.4))
    # Districts, governorates and countries do not grow in number with the events.
    areas = random.choice(min(n, 2_000), min(n // 15, MOST_AREAS), replace=False)
    prec[areas] = random.choice((3, 4, 5, 6), len(areas), p=(0.24, 0.1, 0.65, 0.01))
    return pa.table(
        {
            "place": np.arange(n), "lat": np.round(points[:, 0], 4), "lon": np.round(points[:, 1], 4), "prec": prec,
            "name": [towns[t].name_en + (f" {i}" if i >= len(towns) else "") for i, t in enumerate(around)],
        }
    )  # fmt: skip


def _events(random: np.random.Generator, n: int) -> pa.Table:
    places = n_places(n)
    weight = 1 / (np.arange(places) + 3.0)
    rank = np.searchsorted(np.cumsum(weight / weight.sum()), random.random(n))
    # Years of more and of less fighting.
    day = np.clip(random.normal(0.5, 0.22, n) * N_DAYS, 0, N_DAYS - 1).astype("int32")
    return pa.table(
        {
            "n": np.arange(1, n + 1), "place": np.minimum(rank, places - 1), "day": day,
            "dyad": random.choice(len(DYADS), n, p=[share for *_, share in DYADS]),
            "low": random.geometric(0.25, n) - 1, "more": random.geometric(0.5, n) - 1,
            "voice": random.integers(0, 40, n), "report": random.integers(0, max(1, n // 5), n),
        }
    )  # fmt: skip
