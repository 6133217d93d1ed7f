"""How many died: totals and their parts, one person told without a number, both sides, people and things."""

from __future__ import annotations

from datetime import date

import pytest

from events.reading.reader import Reader

DAY = date(2018, 5, 14)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("قتل 18 شخصا في غارات على مدينة عربين، بينهم 5 أطفال و3 نساء.", 18, 18),
        ("قتل 12 مدنيا على الأقل في غارات على مدينة عربين.", 12, None),
        ("أسفرت غارات على مدينة عربين عن مقتل العشرات.", 24, 99),
        ("انفجر لغم في مدينة الرقة ما أدى إلى مقتل مدني.", 1, 1),
        ("انفجر لغم في مدينة الرقة ما أسفر عن استشهاد طفلين.", 2, 2),
        ("قتل ثلاثة مدنيين وأصيب 12 في قصف صاروخي على مدينة دوما.", 3, 3),
        ("أوقع قصف صاروخي على مدينة دوما ثلاثة قتلى و12 جريحا.", 3, 3),
        ("دمرت غارات على مدينة عربين 8 آليات ومقتل مدنيين اثنين.", 2, 2),
        ("أسفرت اشتباكات في مدينة تدمر عن مقتل 25 من قوات النظام و18 من داعش.", 43, 43),
        ("شيع الآلاف في مدينة السويداء ضحايا هجمات داعش.", None, None),
        ("At least 12 civilians were killed in an airstrike on Raqqa.", 12, None),
    ],
)
def test_the_dead_of_one_event(reader: Reader, text: str, low: int | None, high: int | None) -> None:
    found = reader.read("خبر\n\n" + text, published=DAY).events
    assert [(e.fatalities_low, e.fatalities_high) for e in found][:1] == [(low, high)]


def test_a_sentence_that_only_counts_dead_counts_those_of_the_attack_before(reader: Reader) -> None:
    text = "شنت روسيا غارات على مدينة عربين.\nوقتل تسعة مدنيين وأصيب آخرون."
    (event,) = reader.read("خبر\n\n" + text, published=DAY).events
    assert event.fatalities_low == 9
