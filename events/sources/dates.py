"""Days as tables write them, in numbers and in month names of several languages."""

from __future__ import annotations

import csv
import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from geo.names import fold

Range = tuple[date | None, date | None, int | None, str | None]
"""First and last day, UCDP's precision, and what is wrong."""

_DATA = Path(__file__).parent / "data"
_TIME = r"(?:[T,\s]+(?:[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*" \
    r"(?:[ap]\.?m\.?|z|utc|gmt|[+-][0-9]{2}:?(?:[0-9]{2})?)?|[0-9]{1,2}\s*[ap]\.?m\.?|noon|midnight))?"  # fmt: skip
_BY = r"\s?[-/.\\،]\s?"
_YEAR_FIRST = re.compile(rf"([0-9]{{4}}){_BY}([0-9]{{1,2}}){_BY}([0-9]{{1,2}}){_TIME}", re.IGNORECASE)
_YEAR_LAST = re.compile(rf"([0-9]{{1,2}}){_BY}([0-9]{{1,2}}){_BY}([0-9]{{4}}|[0-9]{{2}}){_TIME}", re.IGNORECASE)
_SOLID = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:[0-9]{4}|[0-9]{6})?")
_SERIAL = re.compile(r"([2-6][0-9]{4})(?:\.[0-9]+)?")
_EPOCH = re.compile(r"(1[0-9]{9}|[1-9][0-9]{8})(?:[0-9]{3})?(?:\.[0-9]+)?")
_FIRST_SERIAL = date(1899, 12, 30)
_YEAR_MONTH = re.compile(r"([0-9]{4})(?:[-/.]|(?=[0-9]{2}\Z))([0-9]{1,2})|([0-9]{1,2})[-/.]([0-9]{4})")
_YEAR = re.compile(r"[0-9]{4}")
_BETWEEN = re.compile(r"\s+(?:-|–|—|to|until|till|إلى|حتى)\s+|(?<=[0-9]{4}-[0-9]{2}-[0-9]{2})/(?=[0-9]{4})|–|—")
_DAYS = re.compile(
    r"([0-9]{1,2})\s*(?:[-–—/]|and|to|until|et|au|ve|и|по|و|إلى|الى|حتى)\s*([0-9]{1,2})(\s+[^\W\d_].*|/[0-9]{1,2}/[0-9]{4})"
)
_MONTH_DAYS = re.compile(
    r"([^\W\d_]+\.?)\s+([0-9]{1,2})\s*(?:[-–—/]|and|to)\s*([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})"
)
_LEADING = re.compile(r"([^\W\d_]+)[\s،,.]+(?=[0-9])")
_OPENING = frozenset({"from", "between", "du", "entre", "с", "من", "بين"})
_ERA = re.compile(r"(?<=[0-9])\s*(?:م|ميلادي|ميلادية|a\.?d\.?|c\.?e\.?)\.?\Z")
_HIJRI_ERA = re.compile(r"[0-9]{3,4}\s*(?:هـ|ه|هجري|هجرية|a\.?h\.?)\.?\Z")
_ROUGHLY = frozenset(
    {"early", "mid", "late", "about", "around", "circa", "approximately", "approx", "on", "the", "beginning", "end",
     "middle", "اوائل", "اواخر", "منتصف", "مطلع", "نهايه", "بدايه", "حوالي", "نحو"}
)  # fmt: skip
HIJRI_YEARS = (1300, 1500)
HIJRI = "this looks like a day of the Hijri calendar; expected the Gregorian one"
_CLOCK = re.compile(rf"{_TIME}\Z", re.IGNORECASE)
_WORD = re.compile(r"[0-9]+|[^\W\d_]+")
_ORDINALS = frozenset({"st", "nd", "rd", "th", "of", "de", "عام", "سنه", "er", "e", "г", "года"})
_LONGEST = 60
_UNKNOWN_DAY = "this is the day 0000-00-00, which stands for unknown"
_NO_DAY = "this is no day; expected one such as 2017-10-12 or 12 October 2017"


@dataclass(frozen=True, kw_only=True)
class DayOrder:
    """How days in numbers such as 5/10/2017 are meant: the day or the month first.

    odd: one of the column that can only be meant the other way round, "" where there is none.
    """

    first: Literal["day", "month"] = "day"
    odd: str = ""


def tell_order(values: Iterable[str]) -> tuple[DayOrder, bool]:
    """The order that numeric days of a column have, and whether anything tells: a number above 12 does.

    Where both orders occur the commoner one is taken, where nothing tells the day comes first.
    """
    first: list[str] = []
    second: list[str] = []
    for value in values:
        if found := _YEAR_LAST.fullmatch(_plain(value)):
            # Points between the numbers are the way of those who put the day first.
            if int(found[1]) > 12 or "." in found[0][:6]:
                first.append(value)
            if int(found[2]) > 12:
                second.append(value)
    if len(second) > len(first):
        return DayOrder(first="month", odd=min(first, default="")), True
    return DayOrder(first="day", odd=min(second, default="")), len(first) > len(second)


def is_numeric(value: str) -> bool:
    """Whether a day is written in numbers with the year last."""
    return bool(_YEAR_LAST.fullmatch(_plain(value)))


def day_range(text: str, order: DayOrder) -> Range:
    """The days a text means: one, a span, a month or a year."""
    plain = _plain(text)
    if re.fullmatch(r"0{4}-0{2}-0{2}.*|0{1,2}/0{1,2}/0{4}", plain):
        return None, None, None, _UNKNOWN_DAY
    try:
        found = _one(plain, order)
        if found:
            return (*found, None) if found[0].year > HIJRI_YEARS[1] else (None, None, None, HIJRI)
        ends = _BETWEEN.split(plain)
        if days := _DAYS.fullmatch(plain):
            ends = [days[1], days[2] + days[3]]
        if days := _MONTH_DAYS.fullmatch(plain):
            ends = [f"{days[n]} {days[1]} {days[4]}" for n in (2, 3)]
        if len(ends) == 2:
            start, end = _one(ends[0], order), _one(ends[1], order)
            if end and not start and re.fullmatch(r"[0-9]{1,2}", ends[0].strip()):
                start = (end[0].replace(day=int(ends[0])), end[0], 1)
            if end and not start:
                start = _worded(f"{ends[0]} {end[0].year}")
            if start and end:
                return _span(start[0], end[1])
    except ValueError:
        return None, None, None, "this is no day of the calendar"
    return None, None, None, HIJRI if _is_hijri(plain) else _NO_DAY


def is_serial(value: str) -> bool:
    """Whether a day is written as the number by which spreadsheets count it."""
    return bool(_SERIAL.fullmatch(_plain(value)))


def _is_hijri(plain: str) -> bool:
    names = _calendar()[2]
    return bool(_HIJRI_ERA.search(plain)) or any(fold(word) in names for word in _WORD.findall(plain))


def _span(first: date, last: date) -> Range:
    days = (last - first).days
    if days < 0:
        return None, None, None, "the days run backwards"
    prec = 1 if not days else 2 if days < 6 else 3 if days < 7 else 4 if days < 31 else 5
    return first, last, prec, None


def _one(plain: str, order: DayOrder) -> tuple[date, date, int] | None:
    """A day, month or year; None for another text. Raises ValueError for a day that no calendar has."""
    if found := _YEAR_FIRST.fullmatch(plain) or _SOLID.fullmatch(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(plain):
        day, month = int(found[1]), int(found[2])
        if order.first == "month":
            day, month = month, day
        if month > 12 >= day:
            # Spreadsheets leave a column half turned: what their own order could not read stays as it was.
            day, month = month, day
        return _day(_full_year(found[3]), month, day)
    if found := _YEAR_MONTH.fullmatch(plain):
        return _month(int(found[1] or found[4]), int(found[2] or found[3]))
    if _YEAR.fullmatch(plain):
        return date(int(plain), 1, 1), date(int(plain), 12, 31), 5
    if found := _SERIAL.fullmatch(plain):
        day_of_serial = _FIRST_SERIAL + timedelta(days=int(found[1]))
        return day_of_serial, day_of_serial, 1
    if found := _EPOCH.fullmatch(plain):
        day_of_epoch = datetime.fromtimestamp(int(found[1]), UTC).date()
        return day_of_epoch, day_of_epoch, 1
    return _worded(plain)


def _worded(plain: str) -> tuple[date, date, int] | None:
    """16 May 2025, May 16, 2025, 16-May-25, ١٢ تشرين الأول ٢٠١٧, May 2017."""
    words = [fold(word) for word in _WORD.findall(_CLOCK.sub("", plain))]
    numbers = [word for word in words if word.isascii() and word.isdigit() and len(word) <= 4]
    names = [word for word in words if word and not word.isdigit() and word not in _ORDINALS | _ROUGHLY]
    month = _month_of(names)
    if month is None or len(numbers) not in (1, 2):
        return None
    if len(numbers) == 1:
        return _month(int(numbers[0]), month) if len(numbers[0]) == 4 else None
    if len(numbers[0]) == 4:
        numbers.reverse()
    return _day(_full_year(numbers[1]), month, int(numbers[0]))


def _month_of(names: list[str]) -> int | None:
    """The month that the words name, weekdays aside; None where a word is neither, or there are two months."""
    months, weekdays, _ = _calendar()
    found: set[int] = set()
    rest = list(names)
    while rest:
        for length in (2, 1):
            word = "".join(rest[:length])
            if word in months:
                found.add(months[word])
                rest = rest[length:]
                break
            if length == 1 and word in weekdays:
                rest = rest[1:]
                break
        else:
            return None
    return found.pop() if len(found) == 1 else None


@cache
def _calendar() -> tuple[dict[str, int], frozenset[str], frozenset[str]]:
    """Months by name, weekdays, and months of the Hijri calendar."""
    months: dict[str, int] = {}
    others: dict[str, set[str]] = {"weekday": set(), "hijri": set()}
    with (_DATA / "calendar.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in row["names"].split("|"):
                if row["kind"] == "month":
                    months[fold(name)] = int(row["number"])
                else:
                    others[row["kind"]].add(fold(name))
    return months, frozenset(others["weekday"]), frozenset(others["hijri"])


def _day(year: int, month: int, day: int) -> tuple[date, date, int]:
    found = date(year, month, day)
    return found, found, 1


def _month(year: int, month: int) -> tuple[date, date, int]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]), 4


def _full_year(digits: str) -> int:
    """Two digits are years from 1970 to 2069."""
    year = int(digits)
    return year if len(digits) == 4 else year + (1900 if year >= 70 else 2000)


def _plain(text: str) -> str:
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text[: _LONGEST + 1])
    if len(digits) > _LONGEST:
        return ""
    plain = _ERA.sub("", "".join(c for c in digits if unicodedata.category(c) != "Cf").strip().casefold())
    opening = _LEADING.match(plain)
    if opening and (opening[1] in _OPENING or fold(opening[1]) in _calendar()[1]):
        return plain[opening.end() :]
    return plain
