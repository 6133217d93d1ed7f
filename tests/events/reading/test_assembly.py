"""The reading handed out: what it says of the day of publication."""

from __future__ import annotations

from datetime import date

from events.reading.reader import Reader


def test_without_publication_yesterday_stays_open_and_says_so(reader: Reader) -> None:
    reading = reader.read("قصف الطيران الروسي مدينة الرقة أمس")
    assert reading.times[0].date_start is None
    assert all(e.date_start is None for e in reading.events)
    assert any("publication is unknown" in issue for issue in reading.issues)


def test_a_dateline_of_its_own_gives_the_day_of_publication(reader: Reader) -> None:
    reading = reader.read("عنوان الخبر\n\n02 نوفمبر 2017\n\nقصف الطيران الروسي مدينة الرقة أمس الأربعاء.")
    assert reading.published == date(2017, 11, 2)
    assert reading.events[0].date_start == date(2017, 11, 1)
