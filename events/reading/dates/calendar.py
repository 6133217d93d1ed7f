"""Times of the calendar: a day of a month, a month, a year, of our era or the Hijra, in words or digits."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from hijridate import Hijri

from events.reading.dates.mention import DateMention, Precision, Sense
from events.reading.dates.timed_text import LAST, NEXT, SINCE, TimedText
from events.reading.text import COMMA

STARTERS = frozenset(["عام", "سنه", "العام", "السنه"])
"""What a year starts with; months and numbers come with the text."""

_NAMED_AFTER_DAYS = frozenset(
    ["حديقه", "شارع", "ساحه", "جامعه", "مدرسه", "حي", "ملعب", "مستشفي", "سد", "حرب", "ثوره", "بحيره"]
)
"""What bears a date for a name."""

_LATE = frozenset({"نهايه", "اواخر", "اخر", "late"})
_MIDDLE = frozenset({"منتصف", "اواسط", "mid"})
_EARLY = frozenset({"مطلع", "بدايه", "اوايل", "early"})
_HIJRI_SIGNS = frozenset({"ه", "هجريه", "هجري", "للهجره"})


def calendar_date(text: TimedText, i: int) -> DateMention | None:
    """«2 تشرين الثاني 2017», «يونيو (حزيران) الماضي», «24 محرم 1439 هـ», "November 2" at word i."""
    day, month_at = None, i
    number = text.numbers.get(i)
    if number is not None and number.first == number.last and 1 <= number.low <= 31 and number.digits:
        day, month_at = number.low, i + 1
    hit = text.months.get(month_at)
    if hit is None or (day is not None and text.words.gaps[month_at] > COMMA) or _names_a_thing(text, i):
        return None
    last = hit.last
    alone = hit.last == i and last + 1 not in text.months and last + 1 not in text.numbers
    if day is None and len(text.key(i)) <= 4 and alone:
        return None  # آب, صفر, رجب: also other words
    twin = text.months.get(last + 1)
    if twin is not None and twin.value == hit.value and text.words.gaps[last + 1] <= COMMA:
        last = twin.last
    number = text.numbers.get(last + 1)
    if day is None and number is not None and number.low <= 31 and text.words.keys[i].isascii():
        day, last = number.low, last + 1
    year, last = _year_after(text, last)
    read = _hijri if hit.kind == "hijri" else _gregorian
    return read(text, i, last, day, hit.value, year)


def _names_a_thing(text: TimedText, i: int) -> bool:
    """«حديقة 7 نيسان»، «شارع 8 آذار»: a date that names a thing."""
    if text.key(i - 1).isdigit():
        i -= 1
    return text.bare(i - 1) in _NAMED_AFTER_DAYS


def _year_after(text: TimedText, last: int) -> tuple[int | None, int]:
    """The year told behind word ``last``, and the last word then."""
    i = last + 1
    if text.key(i) in ("عام", "سنه", "من"):
        i += 1
    number = text.numbers.get(i)
    if number is not None and number.digits and (1900 <= number.low <= 2100 or 1380 <= number.low <= 1500):
        return number.low, i
    return None, last


def _gregorian(
    text: TimedText, i: int, last: int, day: int | None, month: int, year: int | None
) -> DateMention | None:  # fmt: skip
    sense: Sense = "since" if text.since(i) else "at"
    if text.key(last + 1) in NEXT:
        return text.mention(i, last + 1, None, "month", "ahead")
    if text.key(last + 1) in LAST:
        last += 1
    if year is None:
        if text.published is None:
            return text.mention(i, last, None, "month", sense)
        year = text.published.year - (month > text.published.month)
    try:
        start = date(year, month, day or 1)
    except ValueError:
        return text.mention(i, last, None, "day", sense, f"{day}-{month}-{year} is no day of the calendar")
    if day is not None:
        return text.mention(i, last, (start, start), "day", sense)
    start, end = _part(text, i, start, end_of_month(start))
    precision: Precision = "month" if (end - start).days > 10 else "week"
    return text.mention(i, last, (start, end), precision, sense)


def _hijri(text: TimedText, i: int, last: int, day: int | None, month: int, year: int | None) -> DateMention | None:
    if year is None or not 1343 <= year <= 1500:
        return None
    try:
        start = Hijri(year, month, day or 1).to_gregorian()
        days = 1 if day else Hijri(year, month, 1).month_length()
    except (ValueError, OverflowError):
        return None
    if text.key(last + 1) in _HIJRI_SIGNS:
        last += 1
    first = date(start.year, start.month, start.day)
    return text.mention(i, last, (first, first + timedelta(days=days - 1)), "day" if day else "month")


def year(text: TimedText, i: int) -> DateMention | None:
    """«عام 2016», «نهاية العام الماضي», «في 2014» at word i."""
    number = text.numbers.get(i)
    if text.bare(i) not in STARTERS:
        preceded = text.bare(i - 1) in ("في", "منذ", "حتي", "in", "since")
        if not (number and number.digits and 1990 <= number.low <= 2100 and preceded and number.first == number.last):
            return None
        told, last = number.low, i
    elif text.key(i + 1) in LAST:
        if text.published is None:
            return text.mention(i, i + 1, None, "year")
        told, last = text.published.year - 1, i + 1
    else:
        number = text.numbers.get(i + 1)
        if not (number and number.digits and 1900 <= number.low <= 2100):
            return None
        told, last = number.low, i + 1
    start, end = _part(text, i, date(told, 1, 1), date(told, 12, 31))
    since = SINCE & {text.bare(i - k) for k in (1, 2, 3)}
    precision: Precision = "year" if (end - start).days > 40 else "month"
    return text.mention(i, last, (start, end), precision, "since" if since else "at")


def date_in_digits(text: TimedText, i: int) -> DateMention | None:
    """2017-10-12 and 12/10/2017, which the words split at the signs."""
    words = text.words
    if i + 2 >= len(words) or not all(text.key(k).isdigit() for k in (i, i + 1, i + 2)):
        return None
    signs = {words.text[words.ends[k] : words.starts[k + 1]] for k in (i, i + 1)}
    if len(signs) != 1 or signs <= {" ", "\n"} or not signs <= {"-", "/", "."}:
        return None
    a, b, c = (int(text.key(k)[:4]) for k in (i, i + 1, i + 2))
    told, month, day = (a, b, c) if a > 31 else (c, b, a)
    try:
        found = date(told, month, day)
    except ValueError:
        return None
    return text.mention(i, i + 2, (found, found), "day") if 1900 <= told <= 2100 else None


def end_of_month(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _part(text: TimedText, i: int, start: date, end: date) -> tuple[date, date]:
    """«نهاية»، «منتصف»، «مطلع» before word i: a week of the month, a month of the year; else the whole."""
    before = {text.bare(i - 1), text.bare(i - 2)}
    length = (end - start).days + 1
    piece = timedelta(days=(7 if length <= 31 else 31) - 1)
    if before & _LATE:
        return end - piece, end
    if before & _MIDDLE:
        middle = start + timedelta(days=length // 2 - (piece.days + 1) // 2 - 1)
        return middle, middle + piece
    if before & _EARLY:
        return start, start + piece
    return start, end
