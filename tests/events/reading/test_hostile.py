"""Texts that no newspaper prints: endless, empty, of one sign, of any sign. Each is read, and spans still fit."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.reading.reader import Reader
from events.reading.reading import Reading

DAY = date(2018, 6, 1)
_NEWS = [
    "قصف", "سيطر", "على", "قوات", "النظام", "مدينة", "الرقة", "أمس", "الخميس", "12", "قتيلا", "قال", "المرصد", "إن",
    "بين", "و", "في", "،", ".", "(", ")", "«»",
]  # fmt: skip


def _fits(reading: Reading) -> bool:
    spans = [m.span for m in (*reading.mentions, *reading.times, *reading.parties, *reading.counts)]
    spans += [span for event in reading.events for found in event.spans.values() for span in found]
    return all(0 <= span.start < span.end <= len(reading.text) for span in spans)


@pytest.mark.parametrize(
    "text",
    [
        "قصف" + " " * 200_000 + "الرقة",
        "(" * 50_000 + "قصف الرقة" + ")" * 50_000,
        "1" * 100_000 + " " + "1," * 50_000,
        "12 " * 20_000,
        "قصف\n" * 5_000,
        "قصف. " * 5_000,
        " ".join(["قصفت قوات النظام بلدة هجين وسيطرت قسد على المدينة"] * 1_000),
        "أمس الخميس 12 أكتوبر " * 2_000,
        "قال المتحدث إن " * 3_000,
        "بين " * 10_000,
        "و" * 100_000,
        "\u0651" * 10_000,
        "\u200f\u202e" * 10_000,
        "\ud800 قصف الرقة",
    ],
    ids=range(14),
)
def test_a_hostile_text_is_read(reader: Reader, text: str) -> None:
    assert _fits(reader.read(text, published=DAY))


def test_a_place_named_many_times_without_an_event_gives_none(reader: Reader) -> None:
    assert reader.read("، ".join(["الرقة", "الميادين", "حلب"] * 3_000), published=DAY).events == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_NEWS), max_size=60))
def test_any_order_of_the_words_of_news_is_read(reader: Reader, words: list[str]) -> None:
    assert _fits(reader.read(" ".join(words), published=DAY))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_unicode_is_read(reader: Reader, text: str) -> None:
    assert _fits(reader.read(text))
