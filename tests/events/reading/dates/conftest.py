"""What one expression means to a reader of Saturday 14 October 2017."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from events.reading.reader import Reader
from events.reading.reading import Reading

Meaning = tuple[str | None, str | None]
SATURDAY = date(2017, 10, 14)


@pytest.fixture
def read_on_saturday(reader: Reader) -> Callable[[str], Reading]:
    return lambda text: reader.read(text, published=SATURDAY)


@pytest.fixture
def meaning(read_on_saturday: Callable[[str], Reading]) -> Callable[[str], Meaning]:
    """First and last day of the one time that a text names."""

    def of(text: str) -> Meaning:
        times = read_on_saturday(text).times
        assert len(times) == 1, [t.text for t in times]
        start, end = times[0].date_start, times[0].date_end
        return (start.isoformat() if start else None, end.isoformat() if end else None)

    return of
