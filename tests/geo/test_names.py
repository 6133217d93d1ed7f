"""Names of one place fold together, names of two places do not, and no text breaks the folding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.names import consonants, fold, is_arabic, plain_words, sound_key, words

ARABIC_FOLDS = {
    "الرقة": ["الرقه", "رقة", "اَلرَّقَّة", "الـــرقـة", "\u200eالرقة\u200f", "\u2067الرقة\u2069", "الر\u200bقة", "ﺍﻟﺮﻗﺔ",
              "\ufeffالرقة"],
    "أبو فاس": ["ابو فاس", "إبو فاس", "ٱبو فاس", "أبوفاس", "أبو-فاس", "أبو\u00a0فاس"],
    "البوكمال": ["البو كمال", "بوكمال", "البو-كمال", "البوكمـال", "البوکمال"],
    "عين عيسى": ["عين عيسي", "عین عیسی", "عين\u200cعيسى", "ع\u064eين عيسى"],
    "آبار": ["ابار", "أبار", "إبار"],
    "رؤية": ["رويه"],
    "مئة": ["مية", "ميه"],
    "السويداء": ["السويدا", "سويداء"],
    "حديقة 7 نيسان": ["حديقة ٧ نيسان", "حديقة ۷ نيسان", "حديقة７نيسان"],
    "الفرقة 17": ["الفرقة ١٧", "الفرقه ۱۷", "فرقة17"],
}  # fmt: skip

LATIN_FOLDS = {
    "Raqqa": ["raqqa", "RAQQA", "Ar-Raqqa", "Ar Raqqa", "al-Raqqa", "Al Raqqa", "Ráqqa", "Raq\u200dqa", "‘Raqqa’"],
    "Deir ez-Zor": ["Deir ez Zor", "deir al-zor", "Deir el Zor", "DEIR EZ-ZOR", "Deir-ez-Zor", "Deir az-Zor"],
    "Ash-Shaddadi": ["Shaddadi", "al-Shaddadi", "As-Shaddadi", "Ash Shaddādī"],
    "Ḥasakah": ["Hasakah", "Al-Ḩasakah", "al-Hasakah"],
    "Ma'dan": ["Madan", "Maʿdan", "Maʾdan", "Ma’dan", "Ma`dan"],
}  # fmt: skip

SOUNDS_ALIKE = [
    ("Raqqa", ["Rakka", "Ar-Raqqah", "Raqqah", "Arraqqa", "Al Rakkah", "Raqqeh"]),
    ("Deir ez-Zor", ["Dayr az Zawr", "Deir Ezzor", "Deir al-Zour", "Dayr al-Zawr", "Deir Ezzour", "Deir Al Zor",
                     "Dair az-Zaur", "Deir Azzor"]),
    ("Al-Bukamal", ["Abu Kamal", "Albukamal", "Boukamal", "Abukamal", "Albu Kamal", "Abou Kamal",
                   "Al Boukamal", "Abu Kemal"]),
    ("Mayadin", ["Mayadeen", "Al Mayadin", "Meyadin", "al-Mayādīn"]),
    ("Tall Abyad", ["Tel Abyad", "Tal Abiad", "Tell Abyad"]),
    ("Ain Issa", ["Ayn Isa", "Ein Issa", "ʿAyn ʿĪsá"]),
    ("Tadmur", ["Tadmor"]),
    ("Hasakah", ["Hassakeh", "Al-Hasaka", "Haseke"]),
    ("Baghuz", ["Al Bagouz", "Baguz"]),
    ("أبو كمال", ["البوكمال", "بوكمال", "ابوكمال"]),
]  # fmt: skip

DIFFERENT = [
    ("Raqqa", "Raqqqa"),
    ("Raqqa", "Rafqa"),
    ("Mayadin", "Maadan"),
    ("Hama", "Homs"),
    ("Deir ez-Zor", "Deir Hafir"),
    ("الرقة", "الرقا"),
    ("الباب", "البابا"),
    ("الميادين", "معدان"),
    ("الرقة", "الرقة تذبح بصمت"),
]


@pytest.mark.parametrize(("name", "others"), [*ARABIC_FOLDS.items(), *LATIN_FOLDS.items()])
def test_careful_spellings_of_one_name_fold_together(name: str, others: list[str]) -> None:
    assert {other: fold(other) for other in others} == dict.fromkeys(others, fold(name))


@pytest.mark.parametrize(("name", "others"), SOUNDS_ALIKE)
def test_newspaper_spellings_of_one_name_sound_alike(name: str, others: list[str]) -> None:
    assert {other: sound_key(other) for other in others} == dict.fromkeys(others, sound_key(name))


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert sound_key(one) != sound_key(other)
    assert fold(one) != fold(other)


def test_an_article_alone_is_kept() -> None:
    assert fold("ال")
    assert fold("Al")


def test_an_assimilated_article_needs_its_letter() -> None:
    assert fold("Ar-Raqqa") == "raqqa"
    assert fold("Ar-Hasakah") == "arhasakah"


def test_the_article_is_dropped_inside_a_name_too() -> None:
    assert words("رأس العين") == ("راس", "عين")
    assert plain_words("رأس العين") == ("راس", "العين")


@pytest.mark.parametrize("name", ["", " ", "!!", "\u200e\u200f", "'", "ـ", "\ud800", "َ"])
def test_text_without_letters_has_no_key(name: str) -> None:
    assert fold(name) == ""
    assert sound_key(name) == ""


@pytest.mark.parametrize(
    ("name", "expected"), [("الرقة", True), ("Raqqa", False), ("ﺍﻟﺮﻗﺔ", True), ("", False), ("17", False)]
)
def test_script_is_told(name: str, expected: bool) -> None:
    assert is_arabic(name) is expected


# Words of the scripts in question find more than arbitrary Unicode does; both are asked.
_ALPHABETS = st.one_of(
    st.text(),
    st.text(alphabet="aeiouyhlrszdtnbkqcgxw' -AÉḥṣ"),
    st.text(alphabet="البوكمرقةىيأإآؤئءـ ٱکیگ\u064e\u200e\u200b"),
)


@given(_ALPHABETS)
def test_folding_twice_changes_nothing(name: str) -> None:
    for key_of in (fold, sound_key, consonants):
        assert key_of(key_of(name)) == key_of(name)


@given(_ALPHABETS)
def test_equal_folds_sound_equal(name: str) -> None:
    assert sound_key(fold(name)) == sound_key(sound_key(fold(name)))


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي", min_size=1))
def test_marks_never_change_an_arabic_key(letters: str) -> None:
    marked = "\u200e" + "\u064e\u0640".join(letters) + "\u202c"
    assert fold(marked) == fold(letters)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1))
def test_case_never_changes_a_latin_key(letters: str) -> None:
    assert fold(letters.upper()) == fold(letters)
