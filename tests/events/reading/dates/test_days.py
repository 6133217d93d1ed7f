"""Yesterday, today and the days of the week."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from events.reading.reading import Reading
from tests.events.reading.dates.conftest import Meaning


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("وصل أمس", "2017-10-13"),
        ("وصل أمس الجمعة", "2017-10-13"),
        ("وصل أول من أمس", "2017-10-12"),
        ("ليل أول أمس", "2017-10-12"),
        ("وصل اليوم السبت", "2017-10-14"),
        ("مساء الخميس", "2017-10-12"),
        ("يوم الثلاثاء الماضي", "2017-10-10"),
        ("السبت الماضي", "2017-10-07"),
        ("on Thursday", "2017-10-12"),
    ],
)
def test_a_day_is_counted_back_from_publication(meaning: Callable[[str], Meaning], text: str, day: str) -> None:
    assert meaning(text) == (day, day)


@pytest.mark.parametrize("text", ["أحد المقاتلين", "في اليوم التالي"])
def test_what_only_looks_like_a_day_is_none(read_on_saturday: Callable[[str], Reading], text: str) -> None:
    assert read_on_saturday(text).times == ()


def test_a_day_ahead_dates_no_event(meaning: Callable[[str], Meaning]) -> None:
    assert meaning("الخميس المقبل") == (None, None)


def test_since_a_day_runs_to_publication(meaning: Callable[[str], Meaning]) -> None:
    assert meaning("منذ الأربعاء") == ("2017-10-11", "2017-10-14")


@pytest.mark.parametrize("text", ["أمس الخميس", "الاثنين 12 تشرين الأول 2017"])
def test_a_weekday_that_contradicts_its_date_is_reported(
    read_on_saturday: Callable[[str], Reading], text: str
) -> None:  # fmt: skip
    assert any("another weekday" in issue for issue in read_on_saturday(text).issues)
