"""A place as others name and locate it is known again only by its name and its point together."""

from __future__ import annotations

import pytest

from geo.counterpart import counterpart
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.place import Point

RAQQA = Point(lat=35.95, lon=39.01)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


@pytest.mark.parametrize(
    "name", ["Ar Raqqah town", "Raqqa", "Ar Raqqah city", "الرقة", "Invented/Raqqa town", "Raqqa (T9)"]
)
def test_a_name_with_its_kind_or_another_name_is_known(gazetteer: Gazetteer, name: str) -> None:
    found = counterpart(gazetteer, name, RAQQA)
    assert found is not None
    assert found.name_ar == "الرقة"


@pytest.mark.parametrize(
    ("name", "point"),
    [
        ("Ar Raqqah town", Point(lat=36.2, lon=37.1)),  # the name, elsewhere
        ("Invented village", RAQQA),  # the point, another name
        ("Salihiyah", Point(lat=10.0, lon=10.0)),
        ("", RAQQA),
        (" town", RAQQA),
        ("Ar Raqqah/Homs border", Point(lat=35.6, lon=38.9)),
        ("//", RAQQA),
    ],
)
def test_name_and_point_must_both_fit(gazetteer: Gazetteer, name: str, point: Point) -> None:
    assert counterpart(gazetteer, name, point) is None


def test_of_namesakes_the_one_at_the_point_is_meant(gazetteer: Gazetteer) -> None:
    found = counterpart(gazetteer, "Al Salihiyah village", Point(lat=35.36, lon=40.18))
    assert found is not None
    assert found.id == "salihiyah_deir_ez_zor"
