"""Expressions of time: what the words say, counted from the day of publication, never from today.

Syria's clock is meant; a report without a known day of publication leaves «أمس» undated and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hijridate import Hijri

from events.reading.matching import Hit
from events.reading.numbers import Quantity
from events.reading.text import COMMA, Span, Words

Precision = Literal["day", "days", "week", "month", "year"]
Sense = Literal["at", "since", "before", "ahead"]

_LAST = frozenset(["الماضي", "الماضيه", "الفائت", "الفائته", "المنصرم", "المنصرمه", "السابق", "last"])
_NEXT = frozenset(["المقبل", "المقبله", "القادم", "القادمه", "الجاري", "next"])
_PASSING = frozenset(["الماضيه", "الماضيين", "الماضي", "الاخيره", "الاخيرين", "الاخير", "past"])
_SINCE = frozenset(["منذ", "since"])
_NUMBERED_DAYS = frozenset(
    ["التالي", "الاول", "الثاني", "الثالث", "نفسه", "ذاته", "العالمي", "الواحد", "الاخير", "الوطني"]
)
_UNITS = {
    "يوم": 1, "ايام": 1, "يوما": 1, "يومين": 1, "يومان": 1, "الايام": 1, "اليومين": 1, "days": 1, "day": 1,
    "اسبوع": 7, "اسابيع": 7, "اسبوعا": 7, "اسبوعين": 7, "الاسابيع": 7, "الاسبوعين": 7, "الاسبوع": 7,
    "weeks": 7, "week": 7,
    "شهر": 30, "اشهر": 30, "شهرا": 30, "شهرين": 30, "شهور": 30, "الاشهر": 30, "الشهرين": 30, "الشهور": 30, "الشهر": 30,
    "months": 30, "month": 30, "عام": 365, "سنوات": 365, "سنه": 365, "عاما": 365, "عامين": 365, "سنتين": 365,
    "اعوام": 365, "السنوات": 365, "العامين": 365, "years": 365, "year": 365,
    "ساعه": 0, "ساعات": 0, "الساعات": 0, "hours": 0,
}  # fmt: skip
_DUAL = frozenset(
    ["يومين", "يومان", "اليومين", "اسبوعين", "الاسبوعين", "شهرين", "الشهرين", "عامين", "سنتين", "العامين"]
)
_PRECISION: dict[int, Precision] = {0: "day", 1: "day", 7: "week", 30: "month", 365: "year"}


@dataclass(frozen=True, kw_only=True, slots=True)
class DateMention:
    """A time as written and as meant; ``start`` and ``end`` are None where publication is unknown.

    ``sense``: at the time, since it, before it, or still ahead. ``issue`` tells of a contradiction.
    """

    first: int
    last: int
    span: Span
    start: date | None
    end: date | None
    precision: Precision
    sense: Sense
    issue: str = ""


def find_dates(
    words: Words, hits: Sequence[Hit], quantities: Sequence[Quantity], published: date | None
) -> list[DateMention]:
    """The times named in a text, in order, none overlapping."""
    seeker = _Seeker(words, hits, quantities, published)
    found: list[DateMention] = []
    i = 0
    while i < len(words):
        mention = seeker.at(i)
        if mention is None:
            i += 1
        else:
            found.append(mention)
            i = mention.last + 1
    return found


class _Seeker:
    def __init__(
        self, words: Words, hits: Sequence[Hit], quantities: Sequence[Quantity], published: date | None
    ) -> None:
        self.words, self.published = words, published
        self.months = {h.first: h for h in hits if h.kind in ("month", "hijri") and _calm(h)}
        self.weekdays = {h.first: h for h in hits if h.kind == "weekday"}
        self.numbers = {q.first: q for q in quantities}
        starts = set(self.months) | set(self.weekdays) | set(self.numbers)
        self.starts = starts | {i for i, k in enumerate(words.keys) if _may_start(k)} | {
            i for i, k in enumerate(words.keys) if k[:1].isdigit()}  # fmt: skip

    def key(self, i: int) -> str:
        return self.words.keys[i] if 0 <= i < len(self.words) and (i == 0 or self.words.gaps[i] <= COMMA) else ""

    def at(self, i: int) -> DateMention | None:
        """The time that starts at word i, if any."""
        if i not in self.starts:
            return None
        return (
            self._yesterday(i) or self._calendar(i) or self._weekday(i) or self._ago(i) or self._unit_past(i)
            or self._year(i) or self._iso(i)
        )  # fmt: skip

    # -- kinds of expression -----------------------------------------------------------------

    def _yesterday(self, i: int) -> DateMention | None:
        key, nxt = _bare(self.key(i)), self.key(i + 1)
        if key == "اول" and nxt == "امس":
            return self._relative(i, i + 1, 2)
        if key == "اول" and nxt == "من" and self.key(i + 2) == "امس":
            return self._relative(i, i + 2, 2)
        if key in ("امس", "البارحه", "yesterday"):
            if nxt == "الاول":
                return self._relative(i, i + 1, 2)
            day = self.weekdays.get(i + 1)
            last = day.last if day else i
            found = self._relative(i, last, 1)
            return self._checked(found, day.value) if day else found
        if key in ("اليوم", "today"):
            before, day = _bare(self.key(i - 1)), self.weekdays.get(i + 1)
            if nxt in _NUMBERED_DAYS or before in ("في", "خلال", "هذا", "طوال", "حتي") or nxt in _PASSING:
                return None
            found = self._relative(i, day.last if day else i, 0)
            return self._checked(found, day.value) if day else found
        return None

    def _checked(self, found: DateMention, weekday: int) -> DateMention:
        if found.start is None or found.start.weekday() == weekday:
            return found
        named = found.span.of(self.words.text)
        return self._made(
            found.first, found.last, found.start, found.end, found.precision, found.sense,
            f"{named!r} counted from publication is {found.start}, another weekday",
        )  # fmt: skip

    def _since(self, i: int) -> bool:
        """Whether «منذ» governs the time at word i, if need be from afar: «منذ سيطرة X على Y في نوفمبر»."""
        for j in range(i - 1, max(-1, i - 10), -1):
            if self.words.gaps[j + 1] >= COMMA:
                return False
            if _bare(self.words.keys[j]) in _SINCE:
                return True
        return False

    def _weekday(self, i: int) -> DateMention | None:
        hit = self.weekdays.get(i)
        if hit is None:
            return None
        last, follow = hit.last, self.key(hit.last + 1)
        sense: Sense = "since" if self._since(i) else "at"
        strict = follow in _LAST or self.key(i - 1) == "last"
        if follow in _NEXT:
            return self._made(i, last + 1, None, None, "day", "ahead")
        dated = self._calendar(last + 1) if last + 1 in self.starts else None
        if dated is not None and dated.precision == "day" and self.words.gaps[last + 1] <= COMMA:
            joined = self._made(i, dated.last, dated.start, dated.end, "day", sense)
            return self._checked_weekday(joined, hit.value)
        if follow in _LAST:
            last += 1
        if self.published is None:
            return self._made(i, last, None, None, "day", sense)
        back = (self.published.weekday() - hit.value) % 7
        if strict and back == 0:
            back = 7
        day = self.published - timedelta(days=back)
        end = self.published if sense == "since" else day
        return self._made(i, last, day, end, "day" if sense == "at" else "days", sense)

    def _checked_weekday(self, found: DateMention, weekday: int) -> DateMention:
        if found.start is None or found.start.weekday() == weekday:
            return found
        named = found.span.of(self.words.text)
        return self._made(found.first, found.last, found.start, found.end, found.precision, found.sense,
                          f"{named!r}: {found.start} is another weekday")  # fmt: skip

    def _calendar(self, i: int) -> DateMention | None:
        day, month_at = None, i
        number = self.numbers.get(i)
        if number is not None and number.first == number.last and 1 <= number.low <= 31 and number.digits:
            day, month_at = number.low, i + 1
        hit = self.months.get(month_at)
        if hit is None or (day is not None and self.words.gaps[month_at] > COMMA) or self._is_name(i):
            return None
        last = hit.last
        if (
            day is None
            and len(self.key(i)) <= 4
            and hit.last == i
            and last + 1 not in self.months
            and last + 1 not in self.numbers
        ):
            return None  # آب, صفر, رجب: also other words
        twin = self.months.get(last + 1)
        if twin is not None and twin.value == hit.value and self.words.gaps[last + 1] <= COMMA:
            last = twin.last
        if (
            day is None
            and (number := self.numbers.get(last + 1)) is not None
            and number.low <= 31
            and self.words.keys[i].isascii()
        ):
            day, last = number.low, last + 1
        year, last = self._year_after(last)
        if hit.kind == "hijri":
            return self._hijri(i, last, day, hit.value, year)
        return self._gregorian(i, last, day, hit.value, year)

    def _is_name(self, i: int) -> bool:
        """«حديقة 7 نيسان»، «شارع 8 آذار»: a date that names a thing."""
        if self.key(i - 1).isdigit():
            i -= 1
        return _bare(self.key(i - 1)) in (
            "حديقه",
            "شارع",
            "ساحه",
            "جامعه",
            "مدرسه",
            "حي",
            "ملعب",
            "مستشفي",
            "سد",
            "حرب",
            "ثوره",
            "بحيره",
        )

    def _year_after(self, last: int) -> tuple[int | None, int]:
        i = last + 1
        if self.key(i) in ("عام", "سنه", "من"):
            i += 1
        number = self.numbers.get(i)
        if number is not None and number.digits and (1900 <= number.low <= 2100 or 1380 <= number.low <= 1500):
            return number.low, i
        return None, last

    def _gregorian(self, i: int, last: int, day: int | None, month: int, year: int | None) -> DateMention | None:
        sense: Sense = "since" if self._since(i) else "at"
        if self.key(last + 1) in _NEXT:
            return self._made(i, last + 1, None, None, "month", "ahead")
        if self.key(last + 1) in _LAST:
            last += 1
        if year is None:
            if self.published is None:
                return self._made(i, last, None, None, "month", sense)
            year = self.published.year - (month > self.published.month)
        try:
            start = date(year, month, day or 1)
        except ValueError:
            return self._made(i, last, None, None, "day", sense, f"{day}-{month}-{year} is no day of the calendar")
        end = start if day else (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        start, end = self._part(i, start, end) if day is None else (start, end)
        precision: Precision = "day" if day else "month" if (end - start).days > 10 else "week"
        return self._made(i, last, start, end, precision, sense)

    def _hijri(self, i: int, last: int, day: int | None, month: int, year: int | None) -> DateMention | None:
        if year is None or not 1343 <= year <= 1500:
            return None
        try:
            start = Hijri(year, month, day or 1).to_gregorian()
            days = 1 if day else Hijri(year, month, 1).month_length()
        except (ValueError, OverflowError):
            return None
        if self.key(last + 1) in ("ه", "هجريه", "هجري", "للهجره"):
            last += 1
        first = date(start.year, start.month, start.day)
        return self._made(i, last, first, first + timedelta(days=days - 1), "day" if day else "month", "at")

    def _part(self, i: int, start: date, end: date) -> tuple[date, date]:
        """«نهاية»، «منتصف»، «مطلع»: a third of the month or year, a week at its middle or end."""
        before = {_bare(self.key(i - 1)), _bare(self.key(i - 2))}
        length = (end - start).days + 1
        piece = 7 if length <= 31 else 31
        if before & {"نهايه", "اواخر", "اخر", "late"}:
            return end - timedelta(days=piece - 1), end
        if before & {"منتصف", "اواسط", "mid"}:
            middle = start + timedelta(days=length // 2 - piece // 2 - 1)
            return middle, middle + timedelta(days=piece - 1)
        if before & {"مطلع", "بدايه", "اوايل", "early"}:
            return start, start + timedelta(days=piece - 1)
        return start, end

    def _year(self, i: int) -> DateMention | None:
        key = _bare(self.key(i))
        if key not in ("عام", "سنه", "العام", "السنه"):
            number = self.numbers.get(i)
            preceded = _bare(self.key(i - 1)) in ("في", "منذ", "حتي", "in", "since")
            if not (
                number and number.digits and 1990 <= number.low <= 2100 and preceded and number.first == number.last
            ):
                return None
            year, last = number.low, i
        elif self.key(i + 1) in _LAST:
            if self.published is None:
                return self._made(i, i + 1, None, None, "year", "at")
            year, last = self.published.year - 1, i + 1
        else:
            number = self.numbers.get(i + 1)
            if not (number and number.digits and 1900 <= number.low <= 2100):
                return None
            year, last = number.low, i + 1
        start, end = self._part(i, date(year, 1, 1), date(year, 12, 31))
        since = _SINCE & {_bare(self.key(i - k)) for k in (1, 2, 3)}
        return self._made(
            i, last, start, end, "year" if (end - start).days > 40 else "month", "since" if since else "at"
        )

    def _ago(self, i: int) -> DateMention | None:
        """«قبل ثلاثة أيام»، «منذ أسابيع»، "three days ago"."""
        key = _bare(self.key(i))
        if key not in ("قبل", "منذ") and i not in self.numbers:
            return None
        at = i if i in self.numbers else i + 1
        if i in self.numbers and "ago" not in (self.key(i + 2), self.key(i + 3)):
            return None
        while self.key(at) in ("نحو", "حوالي", "قرابه", "اكثر", "من") and at < i + 4:
            at += 1
        number = self.numbers.get(at)
        unit_at = number.last + 1 if number is not None else at
        unit = self.key(unit_at)
        days = _UNITS.get(unit)
        if days is None or unit.startswith("ال"):
            return None
        count = number.low if number is not None else 2 if unit in _DUAL else 1
        vague = number is None and unit not in _DUAL and unit not in ("يوم", "اسبوع", "شهر", "عام", "سنه")
        last = unit_at + (self.key(unit_at + 1) == "ago")
        return self._counted(i, last, count, days, vague=vague, since=key == "منذ")

    def _counted(self, i: int, last: int, count: int, days: int, *, vague: bool, since: bool) -> DateMention | None:
        if self.published is None or count * max(days, 1) > 36_500:
            return self._made(i, last, None, None, _PRECISION[days], "at")
        if vague:  # «قبل أيام»: two to six of them
            start, end = (
                self.published - timedelta(days=6 * max(days, 1)),
                self.published - timedelta(days=max(days, 1)),
            )
            return self._made(i, last, start, end, "days" if days == 1 else "month", "at")
        middle = self.published - timedelta(days=count * days)
        if since:
            return self._made(i, last, middle, self.published, "days" if days <= 1 else _PRECISION[days], "since")
        if days == 30:
            start = middle.replace(day=1)
            return self._made(
                i,
                last,
                start,
                (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1),
                "month",
                "at",
            )
        half = timedelta(days=3 if days == 7 else 180 if days == 365 else 0)
        return self._made(i, last, middle - half, middle + half, _PRECISION[days], "at")

    def _unit_past(self, i: int) -> DateMention | None:
        """«الأسبوع الماضي»، «الأيام الثلاثة الأخيرة»، «اليومين الماضيين»، "last week"."""
        key = _bare(self.key(i))
        days = _UNITS.get(key)
        if key == "last" and self.key(i + 1) in ("week", "month", "year"):
            return self._calendar_unit(i, i + 1, _UNITS[self.key(i + 1)])
        if days is None or not (key.startswith("ال") or self.key(i + 1) in _PASSING):
            return None
        number = self.numbers.get(i + 1)
        after = number.last + 1 if number is not None else i + 1
        if self.key(after) in _NEXT:
            return self._made(i, after, None, None, _PRECISION[days], "ahead")
        if self.key(after) not in _PASSING | _LAST:
            return None
        if key in ("الاسبوع", "الشهر"):
            return self._calendar_unit(i, after, days)
        count = number.low if number is not None else 2 if key in _DUAL else {1: 5, 7: 3, 30: 4, 365: 3, 0: 1}[days]
        if self.published is None or count > 1000:
            return self._made(i, after, None, None, _PRECISION[days], "at")
        start = self.published - timedelta(days=count * days)
        return self._made(i, after, start, self.published, "days" if days <= 1 else _PRECISION[days], "at")

    def _calendar_unit(self, i: int, last: int, days: int) -> DateMention:
        if self.published is None:
            return self._made(i, last, None, None, _PRECISION[days], "at")
        if days == 7:  # the calendar week before, Sunday to Saturday
            start = self.published - timedelta(days=(self.published.weekday() + 1) % 7 + 7)
            return self._made(i, last, start, start + timedelta(days=6), "week", "at")
        if days == 30:
            end = self.published.replace(day=1) - timedelta(days=1)
            return self._made(i, last, end.replace(day=1), end, "month", "at")
        year = self.published.year - 1
        return self._made(i, last, date(year, 1, 1), date(year, 12, 31), "year", "at")

    def _iso(self, i: int) -> DateMention | None:
        """2017-10-12 and 12/10/2017, which the words split at the signs."""
        text, starts, ends = self.words.text, self.words.starts, self.words.ends
        if i + 2 >= len(self.words) or not all(self.key(k).isdigit() for k in (i, i + 1, i + 2)):
            return None
        signs = {text[ends[k] : starts[k + 1]] for k in (i, i + 1)}
        if len(signs) != 1 or signs <= {" ", "\n"} or not signs <= {"-", "/", "."}:
            return None
        a, b, c = (int(self.key(k)[:4]) for k in (i, i + 1, i + 2))
        year, month, day = (a, b, c) if a > 31 else (c, b, a)
        try:
            found = date(year, month, day)
        except ValueError:
            return None
        return self._made(i, i + 2, found, found, "day", "at") if 1900 <= year <= 2100 else None

    # -- values ------------------------------------------------------------------------------

    def _relative(self, first: int, last: int, back: int) -> DateMention:
        day = self.published - timedelta(days=back) if self.published else None
        return self._made(first, last, day, day, "day", "at")

    def _made(
        self, first: int, last: int, start: date | None, end: date | None, precision: Precision, sense: Sense,
        issue: str = "",
    ) -> DateMention:  # fmt: skip
        span = self.words.span(first, min(last, len(self.words) - 1))
        return DateMention(
            first=first, last=last, span=span, start=start, end=end, precision=precision, sense=sense, issue=issue
        )


_STARTERS = frozenset(
    [
        "اول",
        "امس",
        "البارحه",
        "اليوم",
        "yesterday",
        "today",
        "قبل",
        "منذ",
        "عام",
        "سنه",
        "العام",
        "السنه",
        "last",
        *_UNITS,
    ]
)


def _may_start(key: str) -> bool:
    return key in _STARTERS or _bare(key) in _STARTERS


def _bare(key: str) -> str:
    """A word of time without و or ف before it."""
    return key[1:] if len(key) > 3 and key[0] in "وفب" else key


def _calm(hit: Hit) -> bool:
    """Short month names (آب، ماي، صفر) count only when nothing is stuck to them."""
    return not hit.clitic or (hit.clitic in ("و", "ف", "ب", "ل") and hit.value not in (8, 5))
