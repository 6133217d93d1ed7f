"""Which words are places, and which place: rules by example. All sentences are our own."""

from __future__ import annotations

import pytest

from events.reading.reader import Reader


def ids(reader: Reader, text: str) -> list[str | None]:
    return [m.place for m in reader.read(text).mentions]


def names(reader: Reader, text: str) -> list[str]:
    return [m.text for m in reader.read(text).mentions]


@pytest.mark.parametrize("text", ["في الرقة", "وبالرقة", "قرب الرقة", "إلى مدينة الرقة"])
def test_a_city_is_found_behind_its_proclitics(reader: Reader, text: str) -> None:
    assert ids(reader, text) == ["raqqa"]


@pytest.mark.parametrize(
    "text", ["غارات على دمشق", "وصل وفد إلى القاهرة", "اجتماع بالقاهرة", "قصف مدفعي على إدلب", "في بغداد"]
)
def test_a_capital_after_a_preposition_of_place_is_a_place(reader: Reader, text: str) -> None:
    assert len(names(reader, text)) == 1


def test_after_li_the_article_is_written_without_alif(reader: Reader) -> None:
    reading = reader.read("تقدم عسكري وصولا للبوكمال")
    assert [(m.text, m.place) for m in reading.mentions] == [("لبوكمال", "al_bukamal")]


def test_a_head_noun_governs_a_whole_list(reader: Reader) -> None:
    found = ids(reader, "دارت مواجهات في أحياء الحميدية والجبيلة والرشدية في مدينة دير الزور")
    assert found[:3] == ["deir_ez_zor_hamidiyah", "deir_ez_zor_jubaylah", "deir_ez_zor_rushdiyah"]


def test_the_head_noun_tells_city_from_governorate(reader: Reader) -> None:
    assert ids(reader, "في محافظة الرقة") == ["raqqa_governorate"]
    assert ids(reader, "في مدينة الرقة") == ["raqqa"]


@pytest.mark.parametrize(
    "text",
    [
        "قال المرصد السوري إن الهدوء عاد",
        "تقدمت قوات سوريا الديمقراطية",
        "عقد مجلس الرقة المدني جلسة",
        "قالت موسكو إنها تدرس الأمر",
        "أعلنت صحيفة الوطن ذلك",
        "بدعم من الولايات المتحدة",
    ],
)
def test_names_of_organisations_and_governments_are_no_places(reader: Reader, text: str) -> None:
    assert names(reader, text) == []


@pytest.mark.parametrize("text", ["وصل الوفد إلى المدينة أمس", "تحت القصف", "أبرز ما حدث", "عاد إليه وسط الليل"])
def test_ordinary_words_that_name_villages_somewhere_are_no_places(reader: Reader, text: str) -> None:
    assert names(reader, text) == []


def test_a_direction_is_a_toponym_but_not_where_it_happened(reader: Reader) -> None:
    reading = reader.read("سيطر الجيش السوري على بلدة السخنة وتقدم باتجاه دير الزور")
    assert "دير الزور" in [m.text for m in reading.mentions]
    assert all(e.places[0].place != "deir_ez_zor" for e in reading.events)


def test_a_side_of_the_countryside_is_its_own_area(reader: Reader) -> None:
    reading = reader.read("شن الطيران الروسي غارات على مواقع في ريف دير الزور الشرقي")
    assert [p.place for e in reading.events for p in e.places] == ["deir_ez_zor_eastern_countryside"]


def test_a_river_stands_where_the_report_is(reader: Reader) -> None:
    east = reader.read("على ضفة نهر الفرات قرب البوكمال").mentions[0]
    west = reader.read("على ضفة نهر الفرات قرب مدينة الرقة").mentions[0]
    assert east.lon is not None
    assert west.lon is not None
    assert east.lon - west.lon > 1


def test_an_unknown_village_is_placed_in_what_is_named_after_it(reader: Reader) -> None:
    mention = reader.read("في قرية زغطبان في ريف الحسكة الجنوبي").mentions[0]
    assert mention.text == "زغطبان"
    assert mention.place is None
    assert mention.lat == pytest.approx(36.1, abs=0.8)


def test_english_names_need_a_capital(reader: Reader) -> None:
    assert ids(reader, "Fighting broke out in Raqqa on Thursday") == ["raqqa"]
    assert ids(reader, "they homs and idle") == []
