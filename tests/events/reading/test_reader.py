"""Any text is read; the work grows with the text; the same text always reads the same."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.reading.reader import Reader

PIECES = st.sampled_from(
    (
        *("الرقة", "في", "سيطر", "داعش", "على", "قتل", "12", "مدنيا", "أمس", "الخميس", "قال", "المرصد", "إن", "2017"),
        *(".", "،", "\n", "«", "»", "(", ")", "و", "لل", "ال", "تشرين", "الأول", "عشرات", "بين", "لم", "قرية", "حي"),
        *("أحياء", "والميادين", "بالرقة", "الجيش", "السوري", "غارات", "Raqqa", "killed", "in", "\u200f", "\u0651", "ـ"),
    )
)


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text_is_read(reader: Reader, text: str) -> None:
    json.dumps(reader.read(text).as_json(docno="x"))


@settings(max_examples=120, deadline=None)
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_every_span_slices_to_the_words_it_names(reader: Reader, text: str) -> None:
    reading = reader.read(text)
    for mention in (*reading.mentions, *reading.times, *reading.parties, *reading.counts):
        assert mention.span.of(text) == mention.text
        assert mention.text == mention.text.strip()
        assert mention.text
    for event in reading.events:
        assert event.places
        assert 0 <= event.confidence <= 1
        for spans in event.spans.values():
            assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_the_same_text_reads_the_same(reader: Reader) -> None:
    text = "قصف الطيران الروسي مدينة الرقة أمس. وقال ناشطون إن 5 مدنيين قتلوا."
    assert reader.read(text) == reader.read(text)


@pytest.mark.parametrize(
    "text",
    [
        "ا" * 5_000_000,
        "، ".join(["الرقة", "الميادين", "حلب", "تدمر", "سوسة"] * 20_000),
        "قتل في الرقة 5 مدنيين " * 3_000,
        "مئة وخمسة وعشرين ألف " * 10_000,
        "1," * 200_000,
        "قال إن " * 20_000,
        "ا" + " " * 1_000_000 + "ب",
        "التي سيطر " * 10_000,
    ],
    ids=["one word", "100,000 places", "no full stop", "number words", "digits", "frames", "a gap", "relatives"],
)
def test_hostile_texts_do_not_blow_up(reader: Reader, text: str) -> None:
    begin = time.perf_counter()
    reader.read(text)
    assert time.perf_counter() - begin < 20


def test_work_grows_with_the_text_and_not_faster(reader: Reader) -> None:
    article = (
        "قال المرصد السوري إن الجيش السوري سيطر على مدينة تدمر أمس. وقتل 12 مدنيا في غارات على مدينة الرقة.\n" * 40
    )

    def seconds(text: str) -> float:
        begin = time.perf_counter()
        reader.read(text)
        return time.perf_counter() - begin

    seconds(article)
    assert seconds(article * 16) < 64 * max(min(seconds(article) for _ in range(3)), 0.002)


def test_who_says_so_and_who_denies_it_point_at_their_words(reader: Reader) -> None:
    text = "ذكرت وكالة سانا أن الجيش السوري سيطر على الميادين، فيما نفى داعش سقوطها."
    event = reader.read(text).events[0]
    assert [span.of(text) for span in event.spans["claimants"]] == ["وكالة سانا"]
    assert [span.of(text) for span in event.spans["denied_by"]] == ["داعش"]
