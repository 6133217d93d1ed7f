"""Times counted in days, weeks, months and years."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.events.reading.dates.conftest import Meaning


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("قبل ثلاثة أيام", "2017-10-11", "2017-10-11"),
        ("قبل يومين", "2017-10-12", "2017-10-12"),
        ("قبل أيام", "2017-10-08", "2017-10-13"),
        ("قبل أسبوعين", "2017-09-27", "2017-10-03"),
        ("قبل شهرين", "2017-08-01", "2017-08-31"),
        ("منذ ثلاثة أسابيع", "2017-09-23", "2017-10-14"),
        ("خلال اليومين الماضيين", "2017-10-12", "2017-10-14"),
        ("three days ago", "2017-10-11", "2017-10-11"),
    ],
)
def test_units_are_counted_back_from_publication(
    meaning: Callable[[str], Meaning], text: str, start: str, end: str
) -> None:
    assert meaning(text) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("الأسبوع الماضي", "2017-10-01", "2017-10-07"),
        ("الشهر الماضي", "2017-09-01", "2017-09-30"),
        ("last week", "2017-10-01", "2017-10-07"),
        ("last year", "2016-01-01", "2016-12-31"),
    ],
)
def test_the_last_one_is_the_whole_unit_before(
    meaning: Callable[[str], Meaning], text: str, start: str, end: str
) -> None:
    assert meaning(text) == (start, end)
