"""Casualties: digits, words, duals, bounds and ranges; and what is no casualty."""

from __future__ import annotations

import pytest

from events.reading.reader import Reader


@pytest.mark.parametrize(
    ("text", "kind", "low", "high"),
    [
        ("قتل 12 مدنيا في الرقة", "killed", 12, 12),
        ("مقتل خمسة وثلاثين شخصا في الرقة", "killed", 35, 35),
        ("مقتل جنديين في الرقة", "killed", 2, 2),
        ("قتل 50 شخصا على الأقل في الرقة", "killed", 50, None),
        ("قتل ما لا يقل عن 20 عنصرا في الرقة", "killed", 20, None),
        ("مقتل بين 10 و15 شخصا في الرقة", "killed", 10, 15),
        ("مقتل عشرات المدنيين في الرقة", "killed", 24, 99),
        ("مقتل مئات المقاتلين في الرقة", "killed", 200, 999),
        ("إصابة سبعة أطفال في الرقة", "wounded", 7, 7),
        ("اعتقال ثلاثة عناصر في الرقة", "captured", 3, 3),
        ("نزح 14 ألف مدني من الرقة", "displaced", 14000, 14000),
        ("أسفرت عن 9 قتلى في الرقة", "killed", 9, 9),
        ("At least 12 civilians were killed in Raqqa", "killed", 12, None),
    ],
)
def test_a_number_of_people_is_read(reader: Reader, text: str, kind: str, low: int, high: int | None) -> None:
    counts = reader.read(text).counts
    assert [(c.kind, c.low, c.high) for c in counts] == [(kind, low, high)]


@pytest.mark.parametrize(
    "text", ["سيطر على 8% من المساحة", "مساحتها 185 ألف كيلومتر مربع", "قتل في الرقة يوم 12 أيار 2017"]
)
def test_shares_areas_and_dates_are_no_casualties(reader: Reader, text: str) -> None:
    assert reader.read(text).counts == ()


def test_a_part_is_not_added_to_its_whole(reader: Reader) -> None:
    event = reader.read("قتل 12 مدنيا بينهم 4 أطفال في غارة للتحالف الدولي على مدينة الرقة").events[0]
    assert (event.fatalities_low, event.fatalities_high) == (12, 12)
