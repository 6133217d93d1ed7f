"""What words of time mean, counted from Saturday 14 October 2017."""

from __future__ import annotations

from datetime import date

import pytest

from events.reading.reader import Reader

SATURDAY = date(2017, 10, 14)


def one(reader: Reader, text: str) -> tuple[str | None, str | None]:
    times = reader.read(text, published=SATURDAY).times
    assert len(times) == 1, [t.text for t in times]
    start, end = times[0].date_start, times[0].date_end
    return (start.isoformat() if start else None, end.isoformat() if end else None)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("وصل أمس", "2017-10-13", "2017-10-13"),
        ("وصل أمس الجمعة", "2017-10-13", "2017-10-13"),
        ("وصل أول من أمس", "2017-10-12", "2017-10-12"),
        ("ليل أول أمس", "2017-10-12", "2017-10-12"),
        ("مساء الخميس", "2017-10-12", "2017-10-12"),
        ("يوم الثلاثاء الماضي", "2017-10-10", "2017-10-10"),
        ("السبت الماضي", "2017-10-07", "2017-10-07"),
        ("قبل ثلاثة أيام", "2017-10-11", "2017-10-11"),
        ("قبل يومين", "2017-10-12", "2017-10-12"),
        ("قبل أيام", "2017-10-08", "2017-10-13"),
        ("الأسبوع الماضي", "2017-10-01", "2017-10-07"),
        ("الشهر الماضي", "2017-09-01", "2017-09-30"),
        ("خلال اليومين الماضيين", "2017-10-12", "2017-10-14"),
        ("02 نوفمبر 2017", "2017-11-02", "2017-11-02"),
        ("2 تشرين الثاني 2017", "2017-11-02", "2017-11-02"),
        ("في يونيو (حزيران) الماضي", "2017-06-01", "2017-06-30"),
        ("في ديسمبر/ كانون الأول", "2016-12-01", "2016-12-31"),
        ("نهاية عام 2016", "2016-12-01", "2016-12-31"),
        ("24 محرم 1439 هـ", "2017-10-14", "2017-10-14"),
        ("2017-10-12", "2017-10-12", "2017-10-12"),
        ("12/10/2017", "2017-10-12", "2017-10-12"),
        ("three days ago", "2017-10-11", "2017-10-11"),
        ("last week", "2017-10-01", "2017-10-07"),
        ("on Thursday", "2017-10-12", "2017-10-12"),
    ],
)
def test_an_expression_means_its_days(reader: Reader, text: str, start: str, end: str) -> None:
    assert one(reader, text) == (start, end)


@pytest.mark.parametrize("text", ["حديقة 7 نيسان", "أحد المقاتلين", "باب المدينة", "35 مدنيا"])
def test_what_only_looks_like_a_date_is_none(reader: Reader, text: str) -> None:
    assert reader.read(text, published=SATURDAY).times == ()


def test_a_day_ahead_dates_no_event(reader: Reader) -> None:
    assert one(reader, "الخميس المقبل") == (None, None)


def test_since_a_day_runs_to_publication(reader: Reader) -> None:
    assert one(reader, "منذ الأربعاء") == ("2017-10-11", "2017-10-14")


@pytest.mark.parametrize("text", ["أمس الخميس", "الاثنين 12 تشرين الأول 2017"])
def test_a_weekday_that_contradicts_its_date_is_reported(reader: Reader, text: str) -> None:
    assert any("another weekday" in issue for issue in reader.read(text, published=SATURDAY).issues)


def test_without_publication_yesterday_stays_open_and_says_so(reader: Reader) -> None:
    reading = reader.read("قصف الطيران الروسي مدينة الرقة أمس")
    assert reading.times[0].date_start is None
    assert all(e.date_start is None for e in reading.events)
    assert any("publication is unknown" in issue for issue in reading.issues)


def test_a_dateline_of_its_own_gives_the_day_of_publication(reader: Reader) -> None:
    reading = reader.read("عنوان الخبر\n\n02 نوفمبر 2017\n\nقصف الطيران الروسي مدينة الرقة أمس الأربعاء.")
    assert reading.published == date(2017, 11, 2)
    assert reading.events[0].date_start == date(2017, 11, 1)
