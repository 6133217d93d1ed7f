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
