"""Which place a name means: clear names resolve, unclear ones list what they may mean."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import importance
from geo.errors import AmbiguousPlace, GeoError, PlaceTableError, UnknownPlace, UnknownPlaceId
from geo.gazetteer import Gazetteer, load_gazetteer
from geo.place import Place, Point
from geo.tables import Row

RAQQA = Point(lat=35.95, lon=39.01)
DEIR_EZ_ZOR = Point(lat=35.335, lon=40.14)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def place(
    place_id: str, *, name_en: str = "", kind: str = "village", parent: str | None = None, lat: float = 35.0
) -> Place:
    return Place(
        id=place_id, name_en=name_en or place_id, name_ar="", kind=kind, lat=lat, lon=40.0, radius_km=1.0,
        parent=parent, source="a test",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        # the city before its district and governorate, in every spelling of the press
        ("الرقة", "raqqa"), ("الرقه", "raqqa"), ("\u200eالرقة", "raqqa"), ("Raqqa", "raqqa"), ("Ar-Raqqah", "raqqa"),
        ("Rakka", "raqqa"), ("Deir ez-Zor", "deir_ez_zor"), ("Dayr az Zawr", "deir_ez_zor"),
        ("Deir Ezzor", "deir_ez_zor"), ("Deir al-Zour", "deir_ez_zor"), ("Deir-ez-Zor", "deir_ez_zor"),
        ("Dayr al-Zawr", "deir_ez_zor"), ("Deir Ezzour", "deir_ez_zor"), ("ديرالزور", "deir_ez_zor"),
        ("Al-Bukamal", "al_bukamal"), ("Abu Kamal", "al_bukamal"), ("Albukamal", "al_bukamal"),
        ("Boukamal", "al_bukamal"), ("البو كمال", "al_bukamal"), ("ابو كمال", "al_bukamal"),
        ("Palmyra", "palmyra"), ("Tadmur", "palmyra"), ("تدمر", "palmyra"), ("Mayadeen", "mayadin"),
        ("Meyadin", "mayadin"), ("Tal Abiad", "tall_abyad"), ("Ein Issa", "ain_issa"), ("حلب", "aleppo"),
        # head nouns choose the kind
        ("محافظة الرقة", "raqqa_governorate"), ("مدينة الرقة", "raqqa"), ("Raqqa Governorate", "raqqa_governorate"),
        ("Governorate of Raqqa", "raqqa_governorate"), ("Deir ez-Zor province", "deir_ez_zor_governorate"),
        ("Rakka province", "raqqa_governorate"), ("منطقة تل أبيض", "tall_abyad_district"),
        ("ريف دير الزور الشرقي", "deir_ez_zor_eastern_countryside"), ("ريف الرقة الشمالي", "raqqa_governorate"),
        ("ريف دمشق", "rif_dimashq_governorate"), ("حي البدو", "raqqa_badu"), ("مخيم الهول", "al_hawl_camp"),
        ("مدينة القورية", "al_quriyah"), ("قرية حطلة", "hatla"), ("نهر الفرات", "euphrates"), ("الفرات", "euphrates"),
        # countries and capitals
        ("سورية", "syria"), ("قطر", "qatar"), ("موسكو", "moscow"), ("واشنطن", "washington"), ("Türkiye", "turkey"),
        ("Romania", "romania"), ("الرومانية", "raqqa_rumaniyah"),
    ],
)  # fmt: skip
def test_a_clear_name_resolves(gazetteer: Gazetteer, name: str, place_id: str) -> None:
    assert gazetteer.resolve(name).id == place_id


@pytest.mark.parametrize(
    "name", ["الصالحية", "المنصورة", "الحميدية", "الجبيلة", "الجزرة", "عمان", "طرابلس", "الباغوز", "حي الصالحية"]
)
def test_a_name_of_several_places_lists_them(gazetteer: Gazetteer, name: str) -> None:
    with pytest.raises(AmbiguousPlace) as caught:
        gazetteer.resolve(name)
    assert isinstance(caught.value, GeoError)
    assert isinstance(caught.value, LookupError)
    assert len(caught.value.candidates) >= 2
    assert all(candidate.place.id in str(caught.value) for candidate in caught.value.candidates[:3])
    assert {c.place.id for c in caught.value.candidates} <= {c.place.id for c in gazetteer.candidates(name, limit=99)}


def test_salihiyah_may_mean_eighteen_places_of_syria(gazetteer: Gazetteer) -> None:
    found = [c for c in gazetteer.candidates("الصالحية", limit=99) if c.match == "exact"]
    assert len(found) == 18
    assert all(gazetteer.country_of(c.place.id) == "syria" for c in found)


@pytest.mark.parametrize(
    ("name", "within", "place_id"),
    [
        ("الصالحية", "raqqa", "raqqa_salihiyah"), ("الصالحية", "deir_ez_zor", "salihiyah_deir_ez_zor"),
        ("الصالحية", "al_bukamal_district", "salihiyah_c5181"), ("الجزرة", "raqqa", "raqqa_jazrah"),
        ("الحميدية", "deir_ez_zor", "deir_ez_zor_hamidiyah"), ("الجبيلة", "deir_ez_zor", "deir_ez_zor_jubaylah"),
        ("المنصورة", "raqqa_governorate", "mansura"), ("المنصورة", "raqqa", "mansura"),
        ("المشفى الوطني", "raqqa", "raqqa_national_hospital"), ("عمان", "jordan", "amman"),
        ("الرقة", "raqqa_governorate", "raqqa"), ("Karama", "raqqa_governorate", "karama"),
    ],
)  # fmt: skip
def test_a_place_it_lies_in_decides(gazetteer: Gazetteer, name: str, within: str, place_id: str) -> None:
    assert gazetteer.resolve(name, within=within).id == place_id


@pytest.mark.parametrize(
    ("name", "near", "place_id"),
    [
        ("الصالحية", RAQQA, "raqqa_salihiyah"), ("الصالحية", DEIR_EZ_ZOR, "salihiyah_deir_ez_zor"),
        ("المنصورة", RAQQA, "mansura"), ("الحميدية", DEIR_EZ_ZOR, "deir_ez_zor_hamidiyah"),
        ("الجبيلة", DEIR_EZ_ZOR, "deir_ez_zor_jubaylah"), ("الجزرة", RAQQA, "raqqa_jazrah"),
        ("طرابلس", Point(lat=33.9, lon=35.5), "gn_266826"),
    ],
)  # fmt: skip
def test_a_nearby_point_decides(gazetteer: Gazetteer, name: str, near: Point, place_id: str) -> None:
    if place_id == "gn_266826":
        # 64 km off is near to nothing, and neither Tripoli leads: still unclear, the near one first.
        with pytest.raises(AmbiguousPlace):
            gazetteer.resolve(name, near=near)
        assert gazetteer.candidates(name, near=near)[0].place.id == place_id
    else:
        assert gazetteer.resolve(name, near=near).id == place_id


def test_a_far_point_does_not_unseat_the_important_one(gazetteer: Gazetteer) -> None:
    assert gazetteer.resolve("الرقة", near=Point(lat=33.5, lon=36.3)).id == "raqqa"


@pytest.mark.parametrize(
    "name",
    [
        "الرقة تذبح بصمت",
        "Raqqa is Being Slaughtered Silently",
        "الرق",
        "Raqq",
        "قة",
        "مجلس الرقة المدني",
        "Raqqqa",
        "الرقا",
        "",
        "!?",
        "\ud800",
    ],
)
def test_parts_and_slips_of_names_never_resolve(gazetteer: Gazetteer, name: str) -> None:
    with pytest.raises(UnknownPlace) as caught:
        gazetteer.resolve(name)
    assert repr(name) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "closest"),
    [
        ("الرققة", "الرقة"),
        ("Raqqqa", "Raqqa"),
        ("Mayadn", "Mayadin"),
        ("القوريه ة", "القورية"),
        ("Deir ez-Zom", "Deir ez-Zor"),
    ],
)
def test_an_unknown_name_suggests_the_closest_spelling(gazetteer: Gazetteer, name: str, closest: str) -> None:
    with pytest.raises(UnknownPlace) as caught:
        gazetteer.resolve(name)
    assert closest in caught.value.suggestions
    assert closest in str(caught.value)


def test_a_name_borne_elsewhere_says_where(gazetteer: Gazetteer) -> None:
    with pytest.raises(UnknownPlace, match="within Mayadin; elsewhere it is .*mansura"):
        gazetteer.resolve("المنصورة", within="mayadin")


def test_an_exact_name_ranks_before_a_false_friend(gazetteer: Gazetteer) -> None:
    found = gazetteer.candidates("الجزرة")
    matches = [candidate.match for candidate in found]
    assert matches == sorted(matches, key=["exact", "spelling", "consonants"].index)
    assert "algiers" not in {c.place.id for c in found if c.match != "consonants"}


def test_candidates_are_ranked_and_say_why(gazetteer: Gazetteer) -> None:
    found = gazetteer.candidates("المنصورة", near=RAQQA)
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert all(0 <= c.score <= 1 for c in found)
    assert found[0].place.id == "mansura"
    assert "km from the point given" in " ".join(found[0].reasons)
    assert gazetteer.candidates("المنصورة", limit=2) == gazetteer.candidates("المنصورة")[:2]


def test_nobody_bears_a_nonsense_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.candidates("Xyzzyqq") == ()


def test_an_unknown_id_suggests_the_closest(gazetteer: Gazetteer) -> None:
    with pytest.raises(UnknownPlaceId, match="raqa_city.*'raqqa") as caught:
        gazetteer.get("raqa_city")
    assert isinstance(caught.value, KeyError)
    with pytest.raises(UnknownPlaceId):
        gazetteer.candidates("الرقة", within="nowhere")


def test_ancestors_lead_up_to_the_country(gazetteer: Gazetteer) -> None:
    assert [p.id for p in gazetteer.ancestors("raqqa_badu")] == [
        "raqqa",
        "raqqa_district",
        "raqqa_governorate",
        "syria",
    ]
    assert gazetteer.is_within("raqqa_badu", "raqqa_governorate")
    assert gazetteer.is_within("raqqa", "raqqa")
    assert not gazetteer.is_within("raqqa", "raqqa_badu")
    assert gazetteer.country_of("khan_yunis") == "palestine"
    assert gazetteer.country_of("tigris") is None


def test_an_id_used_twice_is_refused() -> None:
    with pytest.raises(PlaceTableError, match="'a' is used twice"):
        Gazetteer([Row(place=place("a")), Row(place=place("a"))])


def test_an_unknown_parent_is_refused() -> None:
    with pytest.raises(PlaceTableError, match="'a' has the parent 'b'"):
        Gazetteer([Row(place=place("a", parent="b"))])


def test_a_circle_of_parents_is_refused() -> None:
    with pytest.raises(PlaceTableError, match="lies in itself"):
        Gazetteer([Row(place=place("a", parent="b")), Row(place=place("b", parent="a"))])


def test_a_much_more_important_namesake_is_meant_and_an_equal_one_is_not() -> None:
    home = place("syria", kind="country")
    city = place("big", name_en="Nawa", kind="city", parent="syria")
    village = place("small", name_en="Nawa", parent="syria", lat=36.0)
    other = place("other", name_en="Nawa", parent="syria", lat=37.0)
    assert Gazetteer(Row(place=place) for place in (home, village, city)).resolve("Nawa").id == "big"
    with pytest.raises(AmbiguousPlace):
        Gazetteer(Row(place=place) for place in (home, village, other)).resolve("Nawa")


def test_population_orders_places_of_one_kind_only() -> None:
    village = place("v")
    assert importance.rank(village, population=4_000) > importance.rank(village)
    assert importance.rank(village, population=9_000_000_000) < importance.rank(place("t", kind="town"))


def test_places_at_home_come_before_places_abroad() -> None:
    assert importance.rank(place("v")) > importance.rank(place("v"), abroad=True)


@given(name=st.text(max_size=30), lat=st.floats(-90, 90), lon=st.floats(-180, 180))
def test_no_name_breaks_the_lookup(name: str, lat: float, lon: float) -> None:
    gazetteer, near = load_gazetteer(), Point(lat=lat, lon=lon)
    found = {c.place.id for c in gazetteer.candidates(name, near=near, limit=9999)}
    try:
        said = gazetteer.resolve(name, near=near).id
    except (AmbiguousPlace, UnknownPlace) as error:
        said = str(error)
    assert said in found or repr(name) in said


@given(st.sampled_from(list(load_gazetteer())))
def test_every_place_is_among_the_candidates_of_each_of_its_names(known: Place) -> None:
    for name in known.names:
        found = load_gazetteer().candidates(name, limit=9999)
        assert known.id in {c.place.id for c in found if c.match == "exact"}, name


def test_the_gazetteer_loads_once_and_answers_at_once(gazetteer: Gazetteer) -> None:
    assert load_gazetteer() is gazetteer
    gazetteer.candidates("Ar-Raqqah")
    start = time.perf_counter()
    for _ in range(100):
        gazetteer.resolve("Deir Ezzour")
    assert (time.perf_counter() - start) / 100 < 0.02  # measured 0.00001 s; a scan of all names takes longer
