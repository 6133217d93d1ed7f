"""Parquet: its types as a CSV would write them, geometries of several kinds, and what a small file can unfold to."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from events.importing import Limits
from events.sources.errors import SourceError
from tests.events.sources.conftest import Stage

POINTS = [shapely.to_wkb(shapely.Point(40.25, 35.5)), None]


def written(path: Path, crs: object = None, encoding: str = "WKB", **columns: object) -> Path:
    """A table; with a column `geometry` it is GeoParquet."""
    table = pa.table(columns)
    if "geometry" in columns:
        told = {"encoding": encoding} | ({"crs": crs} if crs else {})
        meta = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": told}}
        table = table.replace_schema_metadata({b"geo": json.dumps(meta).encode()})
    pq.write_table(table, path)
    return path


def test_types_are_read_as_a_csv_would_write_them(stage: Stage, tmp_path: Path) -> None:
    moment = pa.array([datetime(2017, 6, 3, 10, tzinfo=UTC)], pa.timestamp("ns", "UTC"))
    result = stage(written(
        tmp_path / "t.parquet", date=moment, killed=[Decimal("3.00")], actors=[["A", "B"]], place=["Raqqa"],
        type=pa.array(["airstrike"]).dictionary_encode(), other=[b"\xff"], more=[{"a": date(2017, 6, 3)}],
    ))  # fmt: skip
    (row,) = result.rows
    assert (str(row["date_start"]), row["fatalities_best"], row["actors"]) == ("2017-06-03", 3, ["A", "B"])
    assert (row["sub_event_type"], row["place"]) == ("Air/drone strike", "raqqa")


@pytest.mark.parametrize(
    ("geometry", "encoding"), [(POINTS, "WKB"), ([{"x": 40.25, "y": 35.5}, None], "point")], ids=["WKB", "GeoArrow"]
)
def test_geometries_are_points(stage: Stage, tmp_path: Path, geometry: list[object], encoding: str) -> None:
    path = written(tmp_path / "g.parquet", encoding=encoding, date=["2017-06-03"] * 2, geometry=geometry)
    assert [(row["lat"], row["lon"]) for row in stage(path).rows] == [(35.5, 40.25), (None, None)]


@pytest.mark.parametrize(
    "crs",
    [{"id": {"authority": "EPSG", "code": 3857}, "name": "Pseudo-Mercator"}, {"type": "ProjectedCRS", "name": "own"}],
)
def test_another_reference_system_is_refused(stage: Stage, tmp_path: Path, crs: dict[str, object]) -> None:
    with pytest.raises(SourceError, match=r"degrees of WGS 84"):
        stage(written(tmp_path / "g.parquet", crs=crs, date=["2017-06-03"] * 2, geometry=POINTS))


def test_a_text_written_once_and_meant_in_every_row_counts_in_every_row(stage: Stage, tmp_path: Path) -> None:
    path = written(tmp_path / "b.parquet", date=["2017-06-03"] * 30_000, title=["x" * 1_000] * 30_000)
    assert path.stat().st_size < 100_000
    with pytest.raises(SourceError, match="MB"):
        stage(path, limits=Limits(size=20_000_000))


def test_a_cell_too_long_leaves_its_row_out(stage: Stage, tmp_path: Path) -> None:
    path = written(tmp_path / "l.parquet", date=["2017-06-03"] * 3, title=["a", "x" * 600, "c"])
    result = stage(path, limits=Limits(cell=500))
    assert [row["title"] for row in result.rows] == ["a", "c"]
    assert [(issue.line, issue.column) for issue in result.staged.issues] == [(2, "title")]
