"""A place or point that breaks the rules never comes to be."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import GeoError, InvalidPlace
from geo.place import Place, Point, distance_km

GOOD: dict[str, Any] = {
    "id": "raqqa",
    "name_en": "Raqqa",
    "name_ar": "الرقة",
    "aliases": ("Rakka",),
    "kind": "city",
    "lat": 35.95283,
    "lon": 39.00788,
    "radius_km": 5.0,
    "parent": "raqqa_governorate",
    "source": "GeoNames 172955",
}

points = st.builds(Point, lat=st.floats(-90, 90), lon=st.floats(-180, 180))


def test_a_good_place_comes_to_be_and_stays_as_it_is() -> None:
    place = Place(**GOOD)
    assert place.point == Point(lat=35.95283, lon=39.00788)
    assert place.names == ("Raqqa", "الرقة", "Rakka")
    with pytest.raises(dataclasses.FrozenInstanceError):
        place.lat = 0.0  # type: ignore[misc]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "Raqqa"), ("id", ""), ("id", "raqqa-city"), ("id", "الرقة"), ("id", "_raqqa"), ("id", "raqqa\n"),
        ("name_en", ""), ("kind", "planet"), ("lat", 90.1), ("lat", math.nan), ("lon", -180.5), ("lon", math.inf),
        ("radius_km", 0.0), ("radius_km", -1.0), ("radius_km", math.nan), ("radius_km", math.inf),
        ("parent", "raqqa"), ("source", ""),
    ],
)  # fmt: skip
def test_a_bad_field_is_refused_by_name_of_place_or_value(field: str, value: object) -> None:
    with pytest.raises(InvalidPlace) as caught:
        Place(**{**GOOD, field: value})
    assert isinstance(caught.value, GeoError)
    assert isinstance(caught.value, ValueError)
    assert repr(value) in str(caught.value) or "'raqqa'" in str(caught.value)


def test_a_place_without_arabic_name_has_only_the_others() -> None:
    assert Place(**{**GOOD, "name_ar": ""}).names == ("Raqqa", "Rakka")


def test_distance_from_raqqa_to_deir_ez_zor_is_about_124_km() -> None:
    raqqa, deir_ez_zor = Point(lat=35.95283, lon=39.00788), Point(lat=35.33588, lon=40.14084)
    assert distance_km(raqqa, deir_ez_zor) == pytest.approx(123.5, abs=1.5)


@given(points, points)
def test_distance_is_symmetric_and_at_most_half_round_the_earth(a: Point, b: Point) -> None:
    km = distance_km(a, b)
    assert km == pytest.approx(distance_km(b, a), abs=1e-6)
    assert 0 <= km <= 20016


@given(points)
def test_a_point_is_no_distance_from_itself(point: Point) -> None:
    assert distance_km(point, point) == 0
