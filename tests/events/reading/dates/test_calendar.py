"""Days, months and years of the calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from events.reading.dates.calendar import end_of_month
from events.reading.reading import Reading
from tests.events.reading.dates.conftest import Meaning


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("02 نوفمبر 2017", "2017-11-02", "2017-11-02"),
        ("2 تشرين الثاني 2017", "2017-11-02", "2017-11-02"),
        ("في يونيو (حزيران) الماضي", "2017-06-01", "2017-06-30"),
        ("في ديسمبر/ كانون الأول", "2016-12-01", "2016-12-31"),
        ("نهاية عام 2016", "2016-12-01", "2016-12-31"),
        ("مطلع العام الماضي", "2016-01-01", "2016-01-31"),
        ("في 2014", "2014-01-01", "2014-12-31"),
        ("24 محرم 1439 هـ", "2017-10-14", "2017-10-14"),
        ("2017-10-12", "2017-10-12", "2017-10-12"),
        ("12/10/2017", "2017-10-12", "2017-10-12"),
    ],
)
def test_a_date_means_its_days(meaning: Callable[[str], Meaning], text: str, start: str, end: str) -> None:
    assert meaning(text) == (start, end)


@pytest.mark.parametrize("text", ["حديقة 7 نيسان", "باب المدينة", "35 مدنيا"])
def test_what_only_looks_like_a_date_is_none(read_on_saturday: Callable[[str], Reading], text: str) -> None:
    assert read_on_saturday(text).times == ()


def test_a_day_that_no_month_has_is_reported(read_on_saturday: Callable[[str], Reading]) -> None:
    assert any("no day of the calendar" in issue for issue in read_on_saturday("31 نيسان 2017").issues)


def test_a_month_ends_with_its_own_last_day() -> None:
    ends = [end_of_month(date(2016, 2, 1)), end_of_month(date(2017, 2, 28)), end_of_month(date(2017, 12, 5))]
    assert ends == [date(2016, 2, 29), date(2017, 2, 28), date(2017, 12, 31)]
