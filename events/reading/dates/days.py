"""Days told by their distance or their name: yesterday, today, Thursday."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from events.reading.dates.calendar import calendar_date
from events.reading.dates.mention import DateMention, Sense
from events.reading.dates.timed_text import LAST, NEXT, PASSING, TimedText
from events.reading.text import COMMA

STARTERS = frozenset(["اول", "امس", "البارحه", "اليوم", "yesterday", "today"])
"""What yesterday and today start with; weekdays come with the text."""

_NUMBERED_DAYS = frozenset(
    ["التالي", "الاول", "الثاني", "الثالث", "نفسه", "ذاته", "العالمي", "الواحد", "الاخير", "الوطني"]
)
"""What makes «اليوم» one of several, or a day of remembrance."""

_ALL_DAY = frozenset({"في", "خلال", "هذا", "طوال", "حتي"})
"""What makes «اليوم» the day told of, not that of publication."""


def yesterday_or_today(text: TimedText, i: int) -> DateMention | None:
    """«أمس», «أول من أمس», «اليوم الجمعة» at word i."""
    key, after = text.bare(i), text.key(i + 1)
    if key == "اول" and after == "امس":
        return _days_back(text, i, i + 1, 2)
    if key == "اول" and after == "من" and text.key(i + 2) == "امس":
        return _days_back(text, i, i + 2, 2)
    if key in ("امس", "البارحه", "yesterday"):
        return _days_back(text, i, i + 1, 2) if after == "الاول" else _with_weekday(text, i, 1)
    if key in ("اليوم", "today"):
        if after in _NUMBERED_DAYS or text.bare(i - 1) in _ALL_DAY or after in PASSING:
            return None
        return _with_weekday(text, i, 0)
    return None


def _with_weekday(text: TimedText, i: int, back: int) -> DateMention:
    """«أمس الخميس»: the name must be that of the day."""
    day = text.weekdays.get(i + 1)
    if day is None:
        return _days_back(text, i, i, back)
    return _checked(text, _days_back(text, i, day.last, back), day.value, " counted from publication is {}, another")


def _days_back(text: TimedText, first: int, last: int, back: int) -> DateMention:
    return text.mention(first, last, _one(text.published - timedelta(days=back)) if text.published else None, "day")


def weekday(text: TimedText, i: int) -> DateMention | None:
    """«الخميس», «الثلاثاء الماضي», «الاثنين 12 تشرين الأول» at word i: the last such day up to publication."""
    hit = text.weekdays.get(i)
    if hit is None:
        return None
    last, follow = hit.last, text.key(hit.last + 1)
    sense: Sense = "since" if text.since(i) else "at"
    if follow in NEXT:
        return text.mention(i, last + 1, None, "day", "ahead")
    dated = calendar_date(text, last + 1)
    if dated is not None and dated.precision == "day" and text.words.gaps[last + 1] <= COMMA:
        days = (dated.start, dated.end) if dated.start and dated.end else None
        return _checked(text, text.mention(i, dated.last, days, "day", sense), hit.value, ": {} is another")
    if follow in LAST:
        last += 1
    if text.published is None:
        return text.mention(i, last, None, "day", sense)
    back = (text.published.weekday() - hit.value) % 7
    if back == 0 and (follow in LAST or text.key(i - 1) == "last"):
        back = 7
    day = text.published - timedelta(days=back)
    if sense == "since":
        return text.mention(i, last, (day, text.published), "days", sense)
    return text.mention(i, last, _one(day), "day", sense)


def _one(day: date) -> tuple[date, date]:
    return day, day


def _checked(text: TimedText, found: DateMention, weekday: int, contradiction: str) -> DateMention:
    """The time, with an issue where its day is not the weekday (0 is Monday) that is named beside it."""
    if found.start is None or found.start.weekday() == weekday:
        return found
    named = found.span.of(text.words.text)
    return replace(found, issue=f"{named!r}{contradiction.format(found.start)} weekday")
