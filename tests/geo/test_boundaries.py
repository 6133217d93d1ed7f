"""Rules of geo.boundaries: every place lies where people say it lies."""

from __future__ import annotations

import json
import subprocess
import sys

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.boundaries import (
    DATA,
    BoundaryError,
    country_at,
    governorate_at,
    join_governorates,
    read_boundaries,
)

# Town centres: GeoNames, rounded.
GOVERNORATE_OF = {
    "raqqa_governorate": [(35.95283, 39.00788), (36.6953, 38.9567), (36.3855, 38.8642), (35.8358, 38.5472)],
    "deir_ez_zor_governorate": [(35.33588, 40.14084), (35.01982, 40.45154), (34.45226, 40.91854), (35.1569, 40.4264)],
    "hasakah_governorate": [(36.50237, 40.74772), (37.05000, 41.22000), (36.8503, 40.0706), (36.0556, 40.7278)],
    "aleppo_governorate": [(36.20124, 37.16117), (36.5281, 37.9549), (36.8175, 38.0111), (36.8910, 38.3536)],
    "homs_governorate": [(34.72682, 36.72339), (34.56240, 38.28402), (34.2289, 37.2406)],
    "rif_dimashq_governorate": [(33.57175, 36.40274), (33.7250, 36.0972), (34.0230, 36.7290)],
    "damascus_governorate": [(33.51020, 36.29128)],
    "hama_governorate": [(35.13179, 36.75783), (35.0111, 37.0531)],
    "idlib_governorate": [(35.93062, 36.63393), (35.6450, 36.6680), (35.8116, 36.3169)],
    "latakia_governorate": [(35.53168, 35.79011), (35.3618, 35.9276)],
    "tartus_governorate": [(34.88902, 35.88659), (35.1817, 35.9403)],
    "daraa_governorate": [(32.61889, 36.10210), (32.8889, 36.0397)],
    "suwayda_governorate": [(32.70896, 36.56951), (32.5170, 36.7090)],
    "quneitra_governorate": [(33.12590, 35.82400), (33.2000, 35.8667)],
}
COUNTRY_OF = {
    "syria": [(35.95283, 39.00788), (34.45226, 40.91854), (36.6953, 38.9567), (36.8175, 38.0111), (33.5000, 38.6700)],
    "iraq": [(34.36860, 41.09447), (36.335, 43.119), (33.34058, 44.40088), (36.3209, 41.8656)],
    "turkey": [(36.71099, 38.94768), (37.0778, 41.2178), (37.06622, 37.38332), (36.8339, 37.9983), (39.9199, 32.8543)],
    "lebanon": [(33.89332, 35.50157), (34.43352, 35.84415)],
    "jordan": [(31.95522, 35.94503), (32.5587, 36.0081)],
    "egypt": [(30.06263, 31.24967), (31.1311, 33.7984)],
    "israel": [(32.08088, 34.78057), (31.2518, 34.7913)],
    "palestine": [(31.50161, 34.46672), (31.34018, 34.30627), (31.8996, 35.2042)],
    "saudi_arabia": [(24.68773, 46.72185)],
    "iran": [(35.69439, 51.42151)],
    "russia": [(55.75222, 37.61556), (43.59917, 39.72569)],
    "united_states": [(38.89511, -77.03637)],
    "france": [(48.85341, 2.3488)],
    "germany": [(52.52437, 13.41053)],
    "qatar": [(25.28545, 51.53096)],
    "kazakhstan": [(51.1801, 71.44598)],
}


def _pairs(table: dict[str, list[tuple[float, float]]]) -> list[tuple[str, float, float]]:
    return [(name, lat, lon) for name, points in table.items() for lat, lon in points]


@pytest.mark.parametrize(("governorate", "lat", "lon"), _pairs(GOVERNORATE_OF))
def test_a_town_of_syria_lies_in_its_governorate(governorate: str, lat: float, lon: float) -> None:
    assert governorate_at(lat=lat, lon=lon, tolerance_km=0) == governorate
    assert country_at(lat=lat, lon=lon, tolerance_km=0) == "syria"


@pytest.mark.parametrize(("country", "lat", "lon"), _pairs(COUNTRY_OF))
def test_a_city_lies_in_its_country(country: str, lat: float, lon: float) -> None:
    assert country_at(lat=lat, lon=lon) == country


@pytest.mark.parametrize(("lat", "lon"), [(34.36860, 41.09447), (36.71099, 38.94768), (37.0778, 41.2178)])
def test_a_town_across_the_border_is_in_no_governorate(lat: float, lon: float) -> None:
    assert governorate_at(lat=lat, lon=lon) is None


def test_a_point_just_off_the_coast_belongs_to_it_and_the_open_sea_to_nobody() -> None:
    assert country_at(lat=35.52, lon=35.755, tolerance_km=0) is None
    assert country_at(lat=35.52, lon=35.755, tolerance_km=5) == "syria"
    assert governorate_at(lat=35.52, lon=35.755, tolerance_km=5) == "latakia_governorate"
    assert country_at(lat=34.5, lon=34.0) is None


@pytest.mark.parametrize(("lat", "lon"), [(91, 0), (0, 181), (float("nan"), 0)])
def test_impossible_degrees_are_refused(lat: float, lon: float) -> None:
    with pytest.raises(BoundaryError, match="expected degrees"):
        country_at(lat=lat, lon=lon)


@given(lat=st.floats(32, 37.5), lon=st.floats(35.5, 42.5))
def test_a_point_has_a_governorate_exactly_where_it_lies_in_syria(lat: float, lon: float) -> None:
    in_syria = country_at(lat=lat, lon=lon, tolerance_km=0) == "syria"
    assert (governorate_at(lat=lat, lon=lon, tolerance_km=0) is not None) == in_syria


def test_the_governorates_tile_syria_without_gap_or_overlap() -> None:
    table = read_boundaries().set_index("id")
    governorates = table[table["kind"] == "governorate"].geometry
    assert len(governorates) == 14
    assert shapely.coverage_is_valid(governorates.to_numpy())
    flat = governorates.to_crs("ESRI:54034")  # equal-area
    syria = table.geometry[["syria"]].to_crs("ESRI:54034").iloc[0]
    assert flat.area.sum() == pytest.approx(flat.union_all().area, rel=1e-9)
    assert flat.union_all().symmetric_difference(syria).area < 1e5  # m2
    assert syria.area / 1e6 == pytest.approx(187_437, rel=0.005)  # km2, CIA World Factbook, the Golan included


def test_every_outline_is_valid_and_named_in_both_languages() -> None:
    table = read_boundaries()
    assert table.crs.to_epsg() == 4326
    assert table.geometry.is_valid.all()
    assert table["id"].is_unique
    assert (table["name_en"].str.len() > 0).all()
    assert table["name_ar"].str.contains("[\u0600-\u06ff]").all()
    assert {"syria", "iraq", "lebanon", "jordan", "turkey", "egypt", "israel", "palestine"} <= set(table["id"])


def test_points_are_joined_to_governorates_in_any_coordinate_system() -> None:
    lon, lat = [39.00788, 40.91854, 44.40088], [35.95283, 34.45226, 33.34058]
    points = gpd.GeoDataFrame({"n": [1, 2, 3, 4]}, geometry=[*gpd.points_from_xy(lon, lat), None], crs=4326)
    joined = join_governorates(points.to_crs(32637))
    assert joined["governorate"].tolist() == ["raqqa_governorate", "deir_ez_zor_governorate", None, None]
    assert joined["n"].tolist() == [1, 2, 3, 4]
    assert "governorate" not in points


def test_a_table_that_cannot_be_joined_says_why() -> None:
    with pytest.raises(BoundaryError, match="coordinate system"):
        join_governorates(gpd.GeoDataFrame(geometry=gpd.points_from_xy([39], [36])))
    with pytest.raises(BoundaryError, match="Polygon"):
        join_governorates(gpd.GeoDataFrame(geometry=[shapely.box(38, 35, 39, 36)], crs=4326))


def test_a_lookup_needs_neither_geopandas_nor_pandas() -> None:
    code = (
        "import sys, geo.boundaries as b; b.country_at(lat=35, lon=39); "
        "sys.exit(any(m in sys.modules for m in ('geopandas', 'pandas', 'pyproj')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_file_reads_as_something_else_than_lines_of_features() -> None:
    # geo.boundaries reads a feature a line; a reformatted file would be read as empty.
    for name in ("countries", "governorates"):
        text = (DATA / f"{name}.geojson").read_text(encoding="utf-8")
        assert text.count('\n{"type":"Feature",') == len(json.loads(text)["features"])
