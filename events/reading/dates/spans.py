"""Times counted in units back from publication: three days ago, last week, the last two months."""

from __future__ import annotations

from datetime import date, timedelta

from events.reading.dates.calendar import end_of_month
from events.reading.dates.mention import DateMention, Precision
from events.reading.dates.timed_text import LAST, NEXT, PASSING, TimedText

_HOURS = "ساعه ساعات الساعات hours"
_DAYS = "يوم ايام يوما يومين يومان الايام اليومين days day"
_WEEKS = "اسبوع اسابيع اسبوعا اسبوعين الاسابيع الاسبوعين الاسبوع weeks week"
_MONTHS = "شهر اشهر شهرا شهرين شهور الاشهر الشهرين الشهور الشهر months month"
_YEARS = "عام سنوات سنه عاما عامين سنتين اعوام السنوات العامين years year"
_UNITS = {
    word: days for days, words in ((0, _HOURS), (1, _DAYS), (7, _WEEKS), (30, _MONTHS), (365, _YEARS))
    for word in words.split()
}  # fmt: skip
"""Days in what a word counts; hours are of the day itself."""

_PRECISION: dict[int, Precision] = {0: "day", 1: "day", 7: "week", 30: "month", 365: "year"}
_MARGIN = {0: 0, 1: 0, 7: 3, 365: 180}
"""Days by which «قبل أسبوعين», «قبل سنة» may be off, either way."""

_SOME = {0: 1, 1: 5, 7: 3, 30: 4, 365: 3}
"""How many units an uncounted plural stands for: «الأيام الماضية»."""

_DUAL = frozenset(
    ["يومين", "يومان", "اليومين", "اسبوعين", "الاسبوعين", "شهرين", "الشهرين", "عامين", "سنتين", "العامين"]
)
_SINGULAR = frozenset(["يوم", "اسبوع", "شهر", "عام", "سنه"])
_ABOUT = frozenset({"نحو", "حوالي", "قرابه", "اكثر", "من"})
_MOST_DAYS, _MOST_UNITS = 36_500, 1000

STARTERS = frozenset({"قبل", "منذ", "last", *_UNITS})
"""What these times start with, numbers aside."""


def ago(text: TimedText, i: int) -> DateMention | None:
    """«قبل ثلاثة أيام»، «منذ أسابيع»، "three days ago" at word i."""
    key = text.bare(i)
    if key not in ("قبل", "منذ") and i not in text.numbers:
        return None
    at = i if i in text.numbers else i + 1
    if i in text.numbers and "ago" not in (text.key(i + 2), text.key(i + 3)):
        return None
    while text.key(at) in _ABOUT and at < i + 4:
        at += 1
    number = text.numbers.get(at)
    unit_at = number.last + 1 if number is not None else at
    unit = text.key(unit_at)
    days = _UNITS.get(unit)
    if days is None or unit.startswith("ال"):
        return None
    last = unit_at + (text.key(unit_at + 1) == "ago")
    if number is None and unit not in _DUAL | _SINGULAR:
        return _some_back(text, i, last, days)
    count = number.low if number is not None else 2 if unit in _DUAL else 1
    return _counted_back(text, i, last, count, days, since=key == "منذ")


def _some_back(text: TimedText, i: int, last: int, days: int) -> DateMention:
    """«قبل أيام»: two to six of them, or of the unit."""
    if text.published is None:
        return text.mention(i, last, None, _PRECISION[days])
    unit = timedelta(days=max(days, 1))
    return text.mention(
        i, last, (text.published - 6 * unit, text.published - unit), "days" if days == 1 else "month"
    )  # fmt: skip


def _counted_back(text: TimedText, i: int, last: int, count: int, days: int, *, since: bool) -> DateMention:
    if text.published is None or count * max(days, 1) > _MOST_DAYS:
        return text.mention(i, last, None, _PRECISION[days])
    middle = text.published - timedelta(days=count * days)
    if since:
        return text.mention(i, last, (middle, text.published), _stretch(days), "since")
    if days == 30:
        return text.mention(i, last, (middle.replace(day=1), end_of_month(middle)), "month")
    margin = timedelta(days=_MARGIN[days])
    return text.mention(i, last, (middle - margin, middle + margin), _PRECISION[days])


def past_unit(text: TimedText, i: int) -> DateMention | None:
    """«الأسبوع الماضي»، «الأيام الثلاثة الأخيرة»، «اليومين الماضيين»، "last week" at word i."""
    key = text.bare(i)
    days = _UNITS.get(key)
    if key == "last" and text.key(i + 1) in ("week", "month", "year"):
        return _unit_before(text, i, i + 1, _UNITS[text.key(i + 1)])
    if days is None or not (key.startswith("ال") or text.key(i + 1) in PASSING):
        return None
    number = text.numbers.get(i + 1)
    after = number.last + 1 if number is not None else i + 1
    if text.key(after) in NEXT:
        return text.mention(i, after, None, _PRECISION[days], "ahead")
    if text.key(after) not in PASSING | LAST:
        return None
    if key in ("الاسبوع", "الشهر"):
        return _unit_before(text, i, after, days)
    count = number.low if number is not None else 2 if key in _DUAL else _SOME[days]
    if text.published is None or count > _MOST_UNITS:
        return text.mention(i, after, None, _PRECISION[days])
    return text.mention(i, after, (text.published - timedelta(days=count * days), text.published), _stretch(days))


def _unit_before(text: TimedText, i: int, last: int, days: int) -> DateMention:
    """The whole week, month or year before that of publication."""
    if text.published is None:
        return text.mention(i, last, None, _PRECISION[days])
    if days == 7:  # Sunday to Saturday
        start = text.published - timedelta(days=(text.published.weekday() + 1) % 7 + 7)
        return text.mention(i, last, (start, start + timedelta(days=6)), "week")
    if days == 30:
        end = text.published.replace(day=1) - timedelta(days=1)
        return text.mention(i, last, (end.replace(day=1), end), "month")
    year = text.published.year - 1
    return text.mention(i, last, (date(year, 1, 1), date(year, 12, 31)), "year")


def _stretch(days: int) -> Precision:
    """How finely a stretch of such units up to publication is known."""
    return "days" if days <= 1 else _PRECISION[days]
