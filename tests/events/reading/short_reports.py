"""Short invented reports of Saturday 14 October 2017, and the events read from them."""

from __future__ import annotations

from datetime import date

from events.reading.reader import Reader
from events.reading.reading import ReadEvent

DAY = date(2017, 10, 14)


def events(reader: Reader, text: str) -> tuple[ReadEvent, ...]:
    """The events of a report, under a headline that tells none."""
    return reader.read("خبر\n\n" + text, published=DAY).events


def only(reader: Reader, text: str) -> ReadEvent:
    """The one event of a report."""
    (event,) = events(reader, text)
    return event


def last(reader: Reader, text: str, kind: str) -> ReadEvent:
    """The last event of its kind."""
    return [e for e in events(reader, text) if e.sub_event_type == kind][-1]
