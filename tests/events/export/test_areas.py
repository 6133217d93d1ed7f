"""What surrounds a place: by the gazetteer where it knows, by the outlines where it does not."""

from __future__ import annotations

import pytest

from events.atlas import Atlas
from events.export.areas import Areas, countries
from geo.place import Place


def site(place: Place) -> dict[str, object]:
    return {"place": place.id, "lat": place.lat, "lon": place.lon, "kind": place.kind}


@pytest.mark.parametrize(
    ("key", "country", "adm_1", "adm_2"),
    [
        ("raqqa_mishlab", "Syria", "Raqqa Governorate", "Raqqa District"),
        ("al_tanf", "Syria", "Homs Governorate", ""),
        ("deir_ez_zor_governorate", "Syria", "Deir ez-Zor Governorate", ""),
        ("syria", "Syria", "", ""),
        ("cairo", "Egypt", "", ""),
    ],
)
def test_a_place_of_the_gazetteer_lies_where_it_says(
    atlas: Atlas, key: str, country: str, adm_1: str, adm_2: str
) -> None:
    area = Areas(atlas).of(site(atlas.place(key)))
    assert (area.country, area.adm_1, area.adm_2) == (country, adm_1, adm_2)


def test_a_point_that_came_with_a_file_lies_where_the_outlines_say(atlas: Atlas) -> None:
    areas = Areas(atlas)
    inside = areas.of({"place": "at_359500_390100", "lat": 35.95, "lon": 39.01, "kind": "village"})
    assert (inside.country, inside.adm_1, inside.codes.gwno) == ("Syria", "Raqqa Governorate", "652")
    abroad = areas.of({"place": "at_333000_444000", "lat": 33.3, "lon": 44.4, "kind": "village"})
    assert (abroad.country, abroad.adm_1, abroad.codes.iso) == ("Iraq", "", "368")
    sea = areas.of({"place": "at_340000_200000", "lat": 34.0, "lon": 20.0, "kind": "region"})
    assert (sea.country, sea.codes.ucdp_region) == ("", "")


def test_every_country_of_the_gazetteer_has_a_row(atlas: Atlas) -> None:
    assert set(countries()) <= {place.id for place in atlas.gazetteer if place.kind == "country"}
    assert countries()["syria"].ucdp_region == "Middle East"
    assert countries()["egypt"].ucdp_region == "Middle East"
    assert countries()["sudan"].ucdp_region == "Africa"
    numbers = [country.gwno for country in countries().values() if country.gwno]
    assert len(numbers) == len(set(numbers))
