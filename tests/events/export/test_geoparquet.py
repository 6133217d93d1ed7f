"""The file is GeoParquet to those who know the format, and loses nothing."""

from __future__ import annotations

import io
import json

import geopandas
import pyarrow as pa
import pyarrow.parquet as pq

from events import export
from events.atlas import Atlas
from events.selection import Selection


def written(atlas: Atlas, selection: Selection | None = None) -> bytes:
    out = io.BytesIO()
    export.FORMATS["geoparquet"].write(atlas, selection or Selection(), out)
    return out.getvalue()


def test_geopandas_reads_points_where_the_places_are(atlas: Atlas) -> None:
    frame = geopandas.read_parquet(io.BytesIO(written(atlas)))
    assert len(frame) == atlas.store.total
    assert frame.crs == "OGC:CRS84"
    for row in frame.itertuples():
        places = atlas.dataset.events[row.id].places
        if places:
            assert (row.geometry.y, row.geometry.x) == (atlas.place(places[0]).lat, atlas.place(places[0]).lon)
        else:
            assert row.geometry is None


def test_the_metadata_are_those_of_version_1_1(atlas: Atlas) -> None:
    geo = json.loads(pq.ParquetFile(io.BytesIO(written(atlas))).metadata.metadata[b"geo"])
    assert geo["version"] == "1.1.0"
    column = geo["columns"][geo["primary_column"]]
    assert (column["encoding"], column["geometry_types"]) == ("WKB", ["Point"])
    frame = geopandas.read_parquet(io.BytesIO(written(atlas)))
    assert column["bbox"] == list(frame.total_bounds)


def test_values_keep_their_kinds(atlas: Atlas) -> None:
    schema = pq.read_schema(io.BytesIO(written(atlas)))
    assert schema.field("date_start").type == pa.date32()
    assert schema.field("fatalities_low").type == pa.int64()
    assert schema.field("actors").type == pa.list_(pa.string())
    assert pa.types.is_struct(schema.field("claims").type.value_type)


def test_it_says_what_the_geojson_says(atlas: Atlas) -> None:
    features = {f["id"]: f["properties"] for f in export.feature_collection(atlas, Selection())["features"]}
    for row in pq.read_table(io.BytesIO(written(atlas))).to_pylist():
        told = features[row["id"]]
        assert row["targets"] == told["targets"]
        assert str(row["date_start"] or "") == (told["date_start"] or "")
        assert [c["id"] for c in row["claims"]] == [c["id"] for c in told["claims"]]
        assert [c["summary_ar"] for c in row["claims"]] == [c["summary_ar"] for c in told["claims"]]


def test_an_empty_selection_is_a_file_too(atlas: Atlas) -> None:
    nothing = Selection(actors=("china",))
    assert atlas.store.count(nothing) == 0
    assert len(geopandas.read_parquet(io.BytesIO(written(atlas, nothing)))) == 0
