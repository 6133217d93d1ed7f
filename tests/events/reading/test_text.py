"""Words keep their offsets whatever the text; keys fold what newspapers write differently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.reading.text import Span, fold_word, words_of


@given(st.text())
def test_every_word_is_a_slice_of_the_text_in_order(text: str) -> None:
    words = words_of(text)
    at = 0
    for start, end, key in zip(words.starts, words.ends, words.keys, strict=True):
        assert at <= start < end <= len(text)
        assert key == fold_word(text[start:end])
        at = end


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويأإآةىؤئءًٌٍَُِّْـ .،\n«»", max_size=200))
def test_folding_one_word_never_moves_another(text: str) -> None:
    words = words_of(text)
    plain = words_of("".join(c if c not in "ًٌٍَُِّْ" else "" for c in text))
    assert [k for k in words.keys if k] == [k for k in plain.keys if k]


@given(st.text())
def test_the_joined_line_knows_where_each_word_stands(text: str) -> None:
    words = words_of(text)
    for key, at in zip(words.keys, words.at, strict=True):
        assert words.line[at : at + len(key) + 1] == key + " "


@given(st.text())
def test_sentences_cover_every_word_once(text: str) -> None:
    words = words_of(text)
    covered = [i for first, end in words.sentences for i in range(first, end)]
    assert covered == list(range(len(words)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الرَّقّة", "الرقه"),
        ("إدلب", "ادلب"),
        ("مصطفى", "مصطفي"),
        ("١٢", "12"),
        ("الميـــادين", "الميادين"),
        ("ISIS", "isis"),
    ],
)
def test_spellings_of_one_word_share_a_key(one: str, other: str) -> None:
    assert fold_word(one) == fold_word(other)


def test_the_dots_of_an_abbreviation_end_no_sentence() -> None:
    assert len(words_of("قالت أ.ف.ب إن المعركة انتهت. وعاد الهدوء.").sentences) == 2


def test_a_run_without_a_full_stop_is_cut() -> None:
    assert max(end - first for first, end in words_of("كلمة " * 5000).sentences) <= 200


def test_a_span_slices_its_words() -> None:
    words = words_of("في مدينة الرقة")
    assert words.span(1, 2).of(words.text) == "مدينة الرقة"
    assert words.span(2, 2, skip=2) == Span(start=11, end=14)
