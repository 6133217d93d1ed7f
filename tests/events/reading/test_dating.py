"""When an event took place, where its own words do not say."""

from __future__ import annotations

from datetime import date

import pytest

from events.reading.reader import Reader
from tests.events.reading.short_reports import events, last

YESTERDAY = date(2017, 10, 13)
STRIKE = "Air/drone strike"


def test_a_sentence_without_a_time_has_that_of_the_one_before(reader: Reader) -> None:
    text = "سيطر الجيش السوري على مدينة تدمر أمس. وقصف الطيران الروسي مدينة السخنة."
    assert last(reader, text, STRIKE).date_end == YESTERDAY


def test_a_new_paragraph_has_none_and_is_as_fresh_as_the_news(reader: Reader) -> None:
    text = "سيطر الجيش السوري على مدينة تدمر أمس.\nوقصف الطيران الروسي مدينة السخنة."
    strike = last(reader, text, STRIKE)
    assert (strike.date_start, strike.date_end, strike.date_precision) == (YESTERDAY, date(2017, 10, 14), "days")


def test_the_nearest_time_is_that_of_the_event(reader: Reader) -> None:
    text = "قصف الطيران الروسي مدينة تدمر أمس، وسيطر في 12 تشرين الأول 2017 الجيش السوري على مدينة السخنة."
    assert [e.date_start for e in events(reader, text)] == [YESTERDAY, date(2017, 10, 12)]


@pytest.mark.parametrize(
    "text",
    [
        "سيطر الجيش السوري على مدينة تدمر الخميس المقبل.",
        "سيطر تنظيم داعش على مدينة تدمر منذ عام 2015.",
        "سيطر تنظيم داعش على مدينة تدمر في عام 2015.",
    ],
)
def test_what_is_ahead_or_a_state_for_years_is_no_event(reader: Reader, text: str) -> None:
    assert events(reader, text) == ()
