"""GeoJSON: points and what else there is, broken ends, no reference system but degrees."""

from __future__ import annotations

import json

import pytest

from events.sources.errors import SourceError
from tests.events.sources.conftest import Stage, ucdp_row


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": {"date": "2017-05-01"} | properties}


def collection(*features: object, **other: object) -> str:
    return json.dumps({"type": "FeatureCollection"} | other | {"features": features}, indent=1)


POINT = {"type": "Point", "coordinates": [40.25, 35.5]}


def test_points_and_other_geometries(stage: Stage) -> None:
    square = {"type": "Polygon", "coordinates": [[[40, 35], [41, 35], [41, 36], [40, 36], [40, 35]]]}
    result = stage(
        collection(feature(POINT, note="x"), feature(square), feature(None, place="Raqqa")), name="f.geojson"
    )
    assert result.format == "geojson"
    assert [(row["lat"], row["lon"]) for row in result.rows][:2] == [(35.5, 40.25), (35.5, 40.5)]
    assert result.rows[2]["place"] == "raqqa"
    assert result.rows[0]["original"]["geometry"] == json.dumps(POINT)
    assert [row["record"] for row in result.rows] == [1, 2, 3]
    assert result.rows[0]["line"] < result.rows[1]["line"] < result.rows[2]["line"]


def test_bad_geometry_and_bad_values_are_told(stage: Stage) -> None:
    far = {"type": "Point", "coordinates": [4239.00416, 35]}
    odd = {"type": "Point", "coordinates": ["a", None]}
    result = stage(
        collection(feature(far), feature(odd, place="Raqqa"), feature(POINT, date="2017-99-01"), feature(POINT))
    )
    assert [row["record"] for row in result.rows] == [2, 4]
    assert {issue.column for issue in result.staged.issues} == {"lon", "geometry", "date"}


def test_features_before_a_break_get_in(stage: Stage) -> None:
    text = collection(feature(POINT), feature(POINT), feature(POINT))
    result = stage(text[: text.rindex('"Feature"')])
    assert len(result.rows) == 2
    assert "breaks" in result.staged.issues[0].reason


def test_a_link_to_a_reference_system_is_not_followed_and_another_system_refused(stage: Stage) -> None:
    link = {"type": "link", "properties": {"href": "file:///etc/passwd", "type": "proj4"}}
    assert len(stage(collection(feature(POINT), crs=link)).rows) == 1
    degrees = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    assert len(stage(collection(feature(POINT), crs=degrees)).rows) == 1
    metres = {"type": "name", "properties": {"name": "EPSG:3857"}}
    with pytest.raises(SourceError, match="EPSG:3857"):
        stage(collection(feature(POINT), crs=metres))


def test_objects_a_line_and_lists_of_objects(stage: Stage) -> None:
    lines = "\n".join(json.dumps(feature(POINT)) for _ in range(3))
    assert len(stage(lines).rows) == 3
    answer = json.dumps({"status": 200, "data": [ucdp_row(1), ucdp_row(2)]})
    assert stage(answer).format == "ucdp"


@pytest.mark.parametrize("text", ["{}", "[]", '{"features": []}', '{"features": 3}', "{", "[" * 5000, '{"a":' * 5000])
def test_other_json_is_refused(stage: Stage, text: str) -> None:
    with pytest.raises(SourceError):
        stage(text)


def test_a_window_of_any_size_gives_the_same_features(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    features = [feature(POINT, note='ü{}[]"' * n, number=10**n, killed=n % 5) for n in range(40)]
    text = collection(*features, name="x" * 300)
    broken = text[: text.rindex('"Feature"')]
    whole, whole_broken = stage(text), stage(broken)
    assert len(whole.rows) == 40
    monkeypatch.setattr("events.sources.objects._BLOCK", 17)
    monkeypatch.setattr("events.sources.text._BLOCK", 5)
    assert stage(text).rows == whole.rows
    parts = stage(broken)
    assert (parts.rows, parts.faults()) == (whole_broken.rows, whole_broken.faults())


def test_a_broken_line_of_many_costs_itself(stage: Stage) -> None:
    good = json.dumps(feature(POINT))
    result = stage("\n".join([good, '{"type": "Feature", broken', good, "\x1e" + good]))
    assert [row["record"] for row in result.rows] == [1, 2, 3]
    assert [issue.line for issue in result.staged.issues] == [2]


def test_a_reference_system_is_found_behind_the_features_too(stage: Stage) -> None:
    text = '{"features": [' + json.dumps(feature(POINT)) + '], "crs": {"properties": {"name": "EPSG:3857"}}}'
    with pytest.raises(SourceError, match="EPSG:3857"):
        stage(text)


def test_points_of_esri(stage: Stage) -> None:
    item = {"attributes": {"date": 1496448000000, "title": "x"}, "geometry": {"x": 39.01, "y": 35.95}}
    answer = {"geometryType": "esriGeometryPoint", "spatialReference": {"wkid": 4326}, "features": [item]}
    (row,) = stage(json.dumps(answer)).rows
    assert (row["lat"], row["lon"], str(row["date_start"])) == (35.95, 39.01, "2017-06-03")
    with pytest.raises(SourceError, match="3857"):
        stage(json.dumps(answer | {"spatialReference": {"wkid": 102100, "latestWkid": 3857}}))


def test_properties_tell_the_place_of_a_feature_without_a_geometry(stage: Stage) -> None:
    result = stage(collection(feature(POINT, latitude=1, longitude=2), feature(None, latitude=35.5, longitude=40.25)))
    assert [(row["lat"], row["lon"]) for row in result.rows] == [(35.5, 40.25)] * 2


def test_an_area_says_how_vague_it_is(stage: Stage) -> None:
    def square(size: float) -> dict[str, object]:
        return {"type": "Polygon", "coordinates": [[[40, 35], [40 + size, 35], [40 + size, 35 + size], [40, 35]]]}

    result = stage(collection(feature(POINT), *(feature(square(size)) for size in (0.001, 0.1, 2))))
    assert [row["where_prec"] for row in result.rows] == [1, 1, 2, 5]


@pytest.mark.parametrize("deep", ['{"a":' * 50_000, '[{"date": "2017-06-03"}, ' + "[" * 50_000])
def test_what_lies_too_deep_ends_nothing_but_itself(stage: Stage, deep: str) -> None:
    with pytest.raises(SourceError, match=r"\.$"):
        stage(deep)


def test_a_number_too_long_to_mean_anything_is_read_as_text(stage: Stage) -> None:
    long = '[{"date": "2017-06-03", "title": "x", "n": ' + "9" * 50_000 + '}, {"date": "2017-06-04", "title": "y"}]'
    assert [row["title"] for row in stage(long).rows] == ["x", "y"]


def test_of_objects_on_one_line_an_issue_tells_the_number(stage: Stage) -> None:
    rows = [{"date": day, "place": "Raqqa"} for day in ("2017-05-01", "2017-05-02", "2017-99-01")]
    assert stage(json.dumps(rows), name="f.json").faults() == [(3, "date", "2017-99-01")]
