"""Finding the times that a text names, whatever way they are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from events.reading.dates import calendar, days, spans
from events.reading.dates.mention import DateMention
from events.reading.dates.timed_text import TimedText, bare
from events.reading.matching import Hit
from events.reading.numbers import Quantity
from events.reading.text import Words

_KINDS = (
    days.yesterday_or_today,
    calendar.calendar_date,
    days.weekday,
    spans.ago,
    spans.past_unit,
    calendar.year,
    calendar.date_in_digits,
)
"""Ways to tell a time; of several that start at one word the first holds."""

_STARTERS = days.STARTERS | calendar.STARTERS | spans.STARTERS


def find_dates(
    words: Words, hits: Sequence[Hit], quantities: Sequence[Quantity], published: date | None
) -> list[DateMention]:
    """The times named in a text, in order, none overlapping."""
    text = TimedText(words, hits, quantities, published)
    found: list[DateMention] = []
    free = 0
    for i in _starts(text):
        mention = _at(text, i) if i >= free else None
        if mention is not None:
            found.append(mention)
            free = mention.last + 1
    return found


def _starts(text: TimedText) -> list[int]:
    """The words a time may start at, in order."""
    named = {*text.months, *text.weekdays, *text.numbers}
    told = {i for i, k in enumerate(text.words.keys) if k in _STARTERS or bare(k) in _STARTERS or k[:1].isdigit()}
    return sorted(named | told)


def _at(text: TimedText, i: int) -> DateMention | None:
    return next((found for kind in _KINDS if (found := kind(text, i)) is not None), None)
