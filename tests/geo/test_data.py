"""The tables hold what they promise: sound places, each with its source, none invented."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from geo.gazetteer import Gazetteer, load_gazetteer
from geo.geonames import GOVERNORATES, country_ids
from geo.names import fold
from geo.place import Place, Point, distance_km
from geo.tables import COLUMNS, Row, load_rows

DATA = Path(__file__).parents[2] / "geo" / "data"

# Where independent sources put what the five reports name (GeoNames, OCHA, UCDP GED, Airwars).
EVIDENCE = [
    ("raqqa", 35.95283, 39.00788),
    ("deir_ez_zor", 35.33588, 40.14084),
    ("mayadin", 35.01982, 40.45154),
    ("al_bukamal", 34.45226, 40.91854),
    ("abu_fas", 35.96429, 40.45929),
    ("mahkan", 34.97607, 40.49188),
    ("al_quriyah", 34.95673, 40.53668),
    ("ain_issa", 36.38569, 38.85869),
    ("tall_abyad", 36.69648, 38.95382),
    ("palmyra", 34.5624, 38.28402),
    ("al_tanf", 33.48952, 38.65698),
    ("hatla", 35.34169, 40.19897),
    ("salihiyah_deir_ez_zor", 35.36203, 40.18112),
    ("salihiyah_c5181", 34.72096, 40.75503),
    ("raqqa_salihiyah", 35.95881, 39.02065),
    ("salihiyah_ucdp_mayadin", 34.76835, 40.64171),
    ("raqqa_rumaniyah", 35.96306, 38.97556),
    ("raqqa_mishlab", 35.94494, 39.04747),
    ("raqqa_sabahiyah", 35.95547, 38.96351),
    ("raqqa_jazrah", 35.94208, 38.96271),
    ("raqqa_sinaah", 35.94744, 39.03219),
    ("raqqa_badu", 35.96178, 39.00608),
    ("raqqa_souq_al_hal", 35.94583, 39.01667),
    ("division_17", 35.99278, 39.02556),
    ("raqqa_black_stadium", 35.95694, 39.00583),
    ("raqqa_national_hospital", 35.94999, 39.00382),
    ("deir_ez_zor_hamidiyah", 35.33015, 40.14563),
    ("deir_ez_zor_rushdiyah", 35.33753, 40.13512),
    ("deir_ez_zor_huwayqah", 35.3421, 40.14576),
    ("deir_ez_zor_urdi", 35.33528, 40.14994),
    ("deir_ez_zor_sheikh_yasin", 35.33367, 40.14831),
    ("mayadin_balum", 35.03435, 40.42664),
]  # fmt: skip

# No source locates these: they stand at their parent, and the radius covers it.
AT_PARENT = {
    "raqqa_bab_baghdad": "raqqa",
    "raqqa_seven_april_garden": "raqqa",
    "deir_ez_zor_jubaylah": "deir_ez_zor",
    "deir_ez_zor_halabiya_roundabout": "salihiyah_deir_ez_zor",
    "mayadin_madihi": "mayadin",
}

# Every toponym of the five reports as they write it, with the context a reader has.
REPORTS = [
    ("سوريا", None, "syria"), ("سورية", None, "syria"), ("الرقة", None, "raqqa"), ("مدينة الرقة", None, "raqqa"),
    ("موسكو", None, "moscow"), ("دير الزور", None, "deir_ez_zor"), ("مدينة دير الزور", None, "deir_ez_zor"),
    ("محافظة دير الزور", None, "deir_ez_zor_governorate"), ("الحسكة", None, "hasakah"),
    ("محافظة الرقة", None, "raqqa_governorate"), ("المشفى الوطني", "raqqa", "raqqa_national_hospital"),
    ("حديقة 7 نيسان", "raqqa", "raqqa_seven_april_garden"), ("الملعب الأسود", "raqqa", "raqqa_black_stadium"),
    ("الملعب الرياضي", "raqqa", "raqqa_black_stadium"), ("حي البدو", "raqqa", "raqqa_badu"),
    ("شمال شرق سوريا", None, "northeast_syria"), ("أبو فاس", None, "abu_fas"),
    ("قرية حطلة", None, "hatla"), ("دوار الحلبية", None, "deir_ez_zor_halabiya_roundabout"),
    ("منطقة الصالحية", "deir_ez_zor", "salihiyah_deir_ez_zor"), ("البلعوم", "mayadin", "mayadin_balum"),
    ("المديحي", "mayadin", "mayadin_madihi"), ("مدينة الميادين", None, "mayadin"), ("التانف", None, "al_tanf"),
    ("نهر الفرات", None, "euphrates"), ("حي الرومانية", None, "raqqa_rumaniyah"), ("المشلب", None, "raqqa_mishlab"),
    ("حي السباهية", None, "raqqa_sabahiyah"), ("حي الجزرة", None, "raqqa_jazrah"), ("واشنطن", None, "washington"),
    ("حي الصناعة", "raqqa", "raqqa_sinaah"), ("سوق الهال", "raqqa", "raqqa_souq_al_hal"),
    ("باب بغداد", None, "raqqa_bab_baghdad"), ("الفرقة 17", None, "division_17"), ("بلدة عين عيسى", None, "ain_issa"),
    ("مدينة عين عيسى", None, "ain_issa"), ("ريف تل أبيض", None, "tall_abyad_countryside"),
    ("ريف دمشق", None, "rif_dimashq_governorate"), ("البوكمال", None, "al_bukamal"), ("تدمر", None, "palmyra"),
    ("الحميدية", "deir_ez_zor", "deir_ez_zor_hamidiyah"), ("الجبيلة", "deir_ez_zor", "deir_ez_zor_jubaylah"),
    ("الرشدية", "deir_ez_zor", "deir_ez_zor_rushdiyah"), ("الحويقة", "deir_ez_zor", "deir_ez_zor_huwayqah"),
    ("العرضي", "deir_ez_zor", "deir_ez_zor_urdi"), ("الشيخ ياسين", "deir_ez_zor", "deir_ez_zor_sheikh_yasin"),
    ("ريف دير الزور الشرقي", None, "deir_ez_zor_eastern_countryside"), ("بلدة محكان", None, "mahkan"),
    ("مدينة القورية", None, "al_quriyah"), ("جنوب محافظة الحسكة", None, "southern_hasakah"),
    ("ريف حلب الشرقي", None, "aleppo_eastern_countryside"), ("بغداد", None, "baghdad"), ("العراق", None, "iraq"),
    ("القاهرة", None, "cairo"), ("قطاع غزة", None, "gaza_strip"), ("خان يونس", None, "khan_yunis"),
    ("معبر رفح", None, "rafah_crossing"), ("مصر", None, "egypt"), ("قطر", None, "qatar"), ("إسرائيل", None, "israel"),
    ("الولايات المتحدة", None, "united_states"), ("جنوبي دمشق", None, "south_damascus"),
    ("الغوطة الشرقية", None, "eastern_ghouta"), ("دمشق", None, "damascus"),
]  # fmt: skip


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def hand_kept() -> list[Place]:
    return [row.place for row in load_rows(DATA / "places.csv")]


def generated() -> list[Place]:
    return [row.place for row in load_rows(DATA / "geonames.csv.gz")]


@pytest.mark.parametrize(("name", "within", "place_id"), REPORTS)
def test_every_place_of_the_reports_resolves(
    gazetteer: Gazetteer, name: str, within: str | None, place_id: str
) -> None:
    assert gazetteer.resolve(name, within=within).id == place_id


@pytest.mark.parametrize(("place_id", "lat", "lon"), EVIDENCE)
def test_a_located_place_stands_where_the_sources_say(
    gazetteer: Gazetteer, place_id: str, lat: float, lon: float
) -> None:
    place = gazetteer.get(place_id)
    assert distance_km(place.point, Point(lat=lat, lon=lon)) < 0.1
    assert not place.source.startswith("no source")


@pytest.mark.parametrize(("place_id", "parent"), AT_PARENT.items())
def test_a_place_nobody_locates_stands_at_its_parent(gazetteer: Gazetteer, place_id: str, parent: str) -> None:
    place, around = gazetteer.get(place_id), gazetteer.get(parent)
    assert place.parent == parent
    assert place.point == around.point
    assert place.radius_km >= around.radius_km
    assert place.source.startswith("no source locates it")


def test_abu_fas_is_the_one_south_west_of_shaddadi(gazetteer: Gazetteer) -> None:
    abu_fas, shaddadi = gazetteer.get("abu_fas"), gazetteer.get("shaddadi")
    assert abu_fas.lat < shaddadi.lat
    assert abu_fas.lon < shaddadi.lon


def test_all_fourteen_governorates_are_there(gazetteer: Gazetteer) -> None:
    found = {p.id for p in gazetteer if p.kind == "governorate" and gazetteer.country_of(p.id) == "syria"}
    assert found == set(GOVERNORATES.values())
    assert len(found) == 14


def test_the_hand_kept_table_has_both_names_and_a_source_in_every_row() -> None:
    places = hand_kept()
    assert len(places) > 500
    assert [p.id for p in places if not p.name_ar] == []
    assert [p.id for p in places if len(p.source) < 5] == []


def test_the_hand_kept_table_is_a_plain_spreadsheet() -> None:
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as lines:
        table = list(csv.reader(lines))
    assert table[0] == list(COLUMNS)
    assert {len(row) for row in table} == {len(COLUMNS)}
    assert [cell for row in table for cell in row if cell != cell.strip()] == []


def test_no_alias_repeats_another_name_of_its_place() -> None:
    for place in hand_kept():
        keys = [fold(name) for name in (place.name_en, *place.aliases)]
        assert len(set(keys)) == len(keys), place.id
        assert "" not in keys, place.id


def test_syrian_places_lie_in_syria(gazetteer: Gazetteer) -> None:
    # The corners of the country; the governorates are asked for below.
    for place in gazetteer:
        if gazetteer.country_of(place.id) == "syria":
            assert 32.3 < place.lat < 37.35, place.id
            assert 35.6 < place.lon < 42.4, place.id


def test_settlements_lie_near_the_area_that_contains_them(gazetteer: Gazetteer) -> None:
    far = []
    for place in gazetteer:
        if place.parent is not None and gazetteer.country_of(place.id) == "syria":
            parent = gazetteer.get(place.parent)
            if distance_km(place.point, parent.point) > 1.5 * parent.radius_km + place.radius_km:
                far.append((place.id, parent.id))
    assert far == []


def test_generated_rows_have_no_junk_for_names() -> None:
    for place in generated():
        for alias in place.aliases:
            assert not re.fullmatch(r"[A-Z]{2,5}|[a-z' ]+|.{0,2}", alias), (place.id, alias)


def test_no_place_stands_in_both_tables() -> None:
    by_key: dict[str, list[Place]] = {}
    for place in hand_kept():
        if place.kind in ("city", "town", "village"):
            for name in place.names:
                by_key.setdefault(fold(name), []).append(place)
    twice = [
        (place.id, known.id)
        for place in generated()
        for name in place.names
        for known in by_key.get(fold(name), ())
        if distance_km(place.point, known.point) <= 6
    ]
    assert twice == []


def test_stored_keys_are_the_keys_of_today() -> None:
    # When this fails a rule of geo.names changed: raise KEYS_VERSION and rebuild.
    for row in load_rows(DATA / "geonames.csv.gz"):
        assert row.keys, row.place.id
        assert row.folds_and_sounds() == Row(place=row.place).folds_and_sounds(), row.place.id


def test_every_country_code_names_a_country(gazetteer: Gazetteer) -> None:
    ids = country_ids()
    assert ids["SY"] == "syria"
    assert ids["US"] == "united_states"
    assert len(ids) > 200
    assert {code: place_id for code, place_id in ids.items() if gazetteer.get(place_id).kind != "country"} == {}


def test_the_generated_table_covers_the_neighbours(gazetteer: Gazetteer) -> None:
    count: dict[str | None, int] = {}
    for place in generated():
        if place.id.startswith("gn_"):
            country = gazetteer.country_of(place.id)
            count[country] = count.get(country, 0) + 1
    assert count["syria"] > 150
    assert count["turkey"] > 3000
    assert min(count[c] for c in ("iraq", "lebanon", "jordan")) > 40
