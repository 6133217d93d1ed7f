"""When an event word's deed took place: the nearest time of its sentence, else the last one told before."""

from __future__ import annotations

from datetime import date, timedelta

from events.reading.breaks import Breaks
from events.reading.dates.mention import DateMention
from events.reading.mentions import Sentence

_RECENT = timedelta(days=8)
"""What was told of so shortly before publication is the time of the sentences behind it, too."""

_FRESH = timedelta(days=1)
"""What nothing dates happened on the day of publication or so long before."""

_LONGEST = timedelta(days=45)
"""A longer stretch of time says too little of when."""

_OLD = timedelta(days=45)
_HALF_YEAR = timedelta(days=183)


class Dater:
    """Dates the events of one report; remembers, sentence by sentence, what time was spoken of."""

    def __init__(self, breaks: Breaks, published: date | None) -> None:
        self._breaks, self._published = breaks, published
        self._told: DateMention | None = None
        self._paragraph = -1  # where it was told

    def remember(self, sentence: Sentence) -> None:
        """Take in the time of a sentence that later ones of its paragraph may be about."""
        for told in sentence.dates:
            if told.start and self._published and self._published - told.start <= _RECENT and told.sense == "at":
                self._told, self._paragraph = told, sentence.paragraph
                break

    def when(self, sentence: Sentence, i: int, *, siege: bool) -> tuple[DateMention | None, bool]:
        """The time that the event word i stands for, and whether its own sentence names it.

        ``siege``: of a siege it is told how long it lasts.
        """
        usable = [d for d in sentence.dates if (d.start or d.sense == "ahead") and (siege or not _span_of_time(d))]
        if usable:
            return min(usable, key=lambda d: self._cost(d, i)), True
        return self._told if self._paragraph == sentence.paragraph else None, False

    def _cost(self, when: DateMention, i: int) -> float:
        lo, hi = (i, when.first) if when.first > i else (when.last, i)
        commas, turns = self._breaks.between(lo, hi)
        return hi - lo + 1.5 * commas + 6 * turns + (8 if when.precision in ("year", "month") else 0)

    def tells_when(self, when: DateMention) -> bool:
        """Whether the time is over, and fine enough for an event."""
        if when.sense == "ahead" or (when.precision == "year" and when.start):
            return False
        return not (when.start and when.end and when.end - when.start > _LONGEST)

    def is_recent(self, when: DateMention) -> bool:
        """Whether the time ends within a week or so of publication, as far as both are known."""
        return not (when.end and self._published and self._published - when.end > _RECENT)

    def is_background(self, when: DateMention) -> bool:
        """Whether the time is so far back that the report only recalls it."""
        return bool(when.end and self._published and self._published - when.end > _OLD)

    def long_since(self, sentence: Sentence, i: int) -> bool:
        """«سيطرت منذ العام الماضي»: a state since then, not news."""
        return any(
            self._published - d.start > _HALF_YEAR
            for d in sentence.dates
            if _span_of_time(d) and d.first > i and d.start and self._published
        )

    def days(self, when: DateMention | None) -> tuple[date | None, date | None, str]:
        """First and last day and their precision; None, None, "unknown" where nothing dates the event."""
        if when is not None and when.start is not None:
            end = self._published if when.sense == "since" and self._published else when.end
            return when.start, end or when.start, when.precision
        if self._published is None:
            return None, None, "unknown"
        return self._published - _FRESH, self._published, "days"


def _span_of_time(when: DateMention) -> bool:
    """«الأعنف منذ شهور»، «منذ 2014»: how long, not when."""
    return when.sense == "since" and when.precision in ("month", "year")
