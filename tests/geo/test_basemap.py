"""Rules of geo.basemap: the base is small, valid, named, and its rivers pass their towns."""

from __future__ import annotations

import gzip
import json
import math
from typing import Any

import pytest
import shapely

from geo.basemap import ATTRIBUTION, LAYERS, label_rank, labels, load_basemap
from geo.place import Place

BUDGET = 350_000
"""Bytes that a visitor may have to fetch for the base, gzipped."""


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(load_basemap())
    return loaded


def _shape(document: dict[str, Any], layer: str, id_: str) -> Any:
    feature = next(item for item in document[layer]["features"] if item["properties"]["id"] == id_)
    return shapely.geometry.shape(feature["geometry"])


def _km(shape: Any, lat: float, lon: float) -> float:
    x, y = shapely.shortest_line(shape, shapely.Point(lon, lat)).coords[0]
    return 111.2 * math.hypot((x - lon) * math.cos(math.radians(lat)), y - lat)


def test_the_base_fits_its_budget() -> None:
    assert len(gzip.compress(load_basemap(), 6)) < BUDGET


def test_the_document_holds_the_layers_in_drawing_order(document: dict[str, Any]) -> None:
    assert list(document) == list(LAYERS)
    assert all(layer["type"] == "FeatureCollection" and layer["features"] for layer in document.values())


def test_every_feature_is_valid_named_and_ranked(document: dict[str, Any]) -> None:
    for layer in document.values():
        for item in layer["features"]:
            properties = item["properties"]
            assert properties["name_en"]
            assert any("\u0600" <= letter <= "\u06ff" for letter in properties["name_ar"]), properties
            assert properties["rank"] in {1, 2, 3}
            shape = shapely.geometry.shape(item["geometry"])
            assert shape.is_valid, properties
            assert not shape.is_empty, properties


def test_coordinates_carry_no_more_than_four_decimals(document: dict[str, Any]) -> None:
    for layer in document.values():
        for item in layer["features"]:
            xy = shapely.get_coordinates(shapely.geometry.shape(item["geometry"]))
            assert abs(xy - xy.round(4)).max() < 1e-9


# Town centres (GeoNames), with the km that the source of the rivers may be off besides the town's own distance.
@pytest.mark.parametrize(
    ("river", "lat", "lon", "km"),
    [
        ("euphrates", 35.95283, 39.00788, 3.0),  # Raqqa, its centre 2 km from the bank
        ("euphrates", 35.33588, 40.14084, 1.5),  # Deir ez-Zor
        ("euphrates", 35.01982, 40.45154, 1.5),  # Mayadin
        ("euphrates", 34.45226, 40.91854, 1.5),  # Al-Bukamal
        ("euphrates", 36.8175, 38.0111, 2.0),  # Jarablus
        ("khabur", 36.50237, 40.74772, 2.0),  # Hasakah
        ("khabur", 36.0556, 40.7278, 1.5),  # Shaddadi
        ("khabur", 35.1569, 40.4264, 1.0),  # Busayrah, at its mouth
        ("tigris", 33.34058, 44.40088, 1.5),  # Baghdad
        ("orontes", 35.13179, 36.75783, 1.5),  # Hama
        ("nile", 30.06263, 31.24967, 2.0),  # Cairo
    ],
)
def test_a_river_passes_its_town(document: dict[str, Any], river: str, lat: float, lon: float, km: float) -> None:
    assert _km(_shape(document, "rivers", river), lat, lon) < km


def test_towns_stand_on_their_bank_of_the_euphrates(document: dict[str, Any]) -> None:
    # Going south-west to north-east one crosses from the right bank to the left.
    euphrates = _shape(document, "rivers", "euphrates")
    right = [(35.01982, 40.45154), (35.33588, 40.14084), (34.45226, 40.91854)]
    left = [(35.95283, 39.00788), (35.1569, 40.4264), (35.3705, 40.1750)]
    for lat, lon in right:
        assert euphrates.intersects(shapely.LineString([(lon, lat), (lon + 0.06, lat + 0.06)]))
    for lat, lon in left:
        assert euphrates.intersects(shapely.LineString([(lon, lat), (lon - 0.06, lat - 0.06)]))


def test_a_river_stops_at_the_lake_and_starts_again_behind_it(document: dict[str, Any]) -> None:
    lake, river = _shape(document, "lakes", "lake_assad"), _shape(document, "rivers", "euphrates")
    assert river.intersection(lake).length < 0.05  # degrees, of 0.7
    assert river.intersects(lake)


def test_lake_assad_has_its_size(document: dict[str, Any]) -> None:
    lake = _shape(document, "lakes", "lake_assad")
    assert lake.area * 111.2**2 * math.cos(math.radians(36)) == pytest.approx(610, rel=0.2)  # km2
    assert lake.contains(shapely.Point(38.3, 35.95))


def test_lines_that_are_no_agreed_border_are_marked(document: dict[str, Any]) -> None:
    kinds = {item["properties"]["name_en"]: item["properties"]["kind"] for item in document["borders"]["features"]}
    assert kinds["Line of 1974 (Golan)"] == "ceasefire"
    assert kinds["Line of 1949"] == "ceasefire"
    assert kinds["Golan, western line"] == "disputed"
    assert kinds["Iraq – Syria"] == "border"


def test_the_attribution_names_every_source_that_asks_for_it() -> None:
    assert "OpenStreetMap" in ATTRIBUTION
    assert "geoBoundaries" in ATTRIBUTION


def _place(id_: str, kind: str, parent: str | None = "raqqa_governorate") -> Place:
    return Place(
        id=id_, name_en=id_.title(), name_ar="", kind=kind, lat=36, lon=39, radius_km=1, parent=parent, source="test"
    )


@pytest.mark.parametrize(
    ("place", "rank"),
    [
        (_place("syria", "country", None), 1),
        (_place("quneitra", "town"), 1),
        (_place("baghdad", "city", "iraq"), 1),
        (_place("mayadin", "city"), 2),
        (_place("ain_issa", "town", "tall_abyad_district"), 2),
        (_place("al_qaim", "town", "iraq"), 3),
        (_place("abu_fas", "village"), 3),
        (_place("raqqa_governorate", "governorate", "syria"), 2),
        (_place("raqqa_district", "district"), None),
        (_place("raqqa_badu", "neighbourhood", "raqqa"), None),
        (_place("euphrates", "river", None), None),
    ],
)
def test_a_place_has_the_rank_of_its_weight(place: Place, rank: int | None) -> None:
    assert label_rank(place) == rank


def test_labels_come_with_the_weightiest_first_and_leave_out_areas() -> None:
    found = labels([_place("abu_fas", "village"), _place("raqqa", "city"), _place("badu", "neighbourhood")])
    assert [label.place for label in found] == ["raqqa", "abu_fas"]
    assert (found[0].lat, found[0].lon, found[0].kind) == (36, 39, "city")
