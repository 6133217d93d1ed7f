"""A text as those see it who look for times in it: its words, months, weekdays and numbers, and its own day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from events.reading.dates.mention import DateMention, Precision, Sense
from events.reading.matching import Hit
from events.reading.numbers import Quantity
from events.reading.text import COMMA, Words

LAST = frozenset(["الماضي", "الماضيه", "الفائت", "الفائته", "المنصرم", "المنصرمه", "السابق", "last"])
"""What puts a weekday, month or year before the present one."""

NEXT = frozenset(["المقبل", "المقبله", "القادم", "القادمه", "الجاري", "next"])
"""What puts it ahead of publication, or, as «الجاري», not behind it yet."""

PASSING = frozenset(["الماضيه", "الماضيين", "الماضي", "الاخيره", "الاخيرين", "الاخير", "past"])
"""What makes days or months those up to publication."""

SINCE = frozenset({"منذ", "since"})
_SINCE_REACH = 9
"""Words between «منذ» and the time it governs."""


class TimedText:
    """The words of one text; months, weekdays and numbers by the word they start at.

    ``published`` is None where the day of publication is unknown.
    """

    def __init__(
        self, words: Words, hits: Sequence[Hit], quantities: Sequence[Quantity], published: date | None
    ) -> None:
        self.words, self.published = words, published
        self.months = {h.first: h for h in hits if h.kind in ("month", "hijri") and _calm(h)}
        self.weekdays = {h.first: h for h in hits if h.kind == "weekday"}
        self.numbers = {q.first: q for q in quantities}

    def key(self, i: int) -> str:
        """Key of word i; "" outside the text and behind a full stop or a new line."""
        return self.words.keys[i] if 0 <= i < len(self.words) and (i == 0 or self.words.gaps[i] <= COMMA) else ""

    def bare(self, i: int) -> str:
        """The same without «و», «ف» or «ب» before it."""
        return bare(self.key(i))

    def since(self, i: int) -> bool:
        """Whether «منذ» governs the time at word i, if need be from afar: «منذ سيطرة X على Y في نوفمبر»."""
        for j in range(i - 1, max(-1, i - 1 - _SINCE_REACH), -1):
            if self.words.gaps[j + 1] >= COMMA:
                return False
            if bare(self.words.keys[j]) in SINCE:
                return True
        return False

    def mention(
        self, first: int, last: int, days: tuple[date, date] | None, precision: Precision, sense: Sense = "at",
        issue: str = "",
    ) -> DateMention:  # fmt: skip
        """The time that words ``first`` to ``last`` name; ``days``: its first and last, None where unknown."""
        start, end = days or (None, None)
        span = self.words.span(first, min(last, len(self.words) - 1))
        return DateMention(
            first=first, last=last, span=span, start=start, end=end, precision=precision, sense=sense, issue=issue
        )


def bare(key: str) -> str:
    """A word of time without «و», «ف» or «ب» before it."""
    return key[1:] if len(key) > 3 and key[0] in "وفب" else key


def _calm(hit: Hit) -> bool:
    """May and August, whose short names (ماي، آب) other words hold, count only when nothing is stuck to them."""
    return not hit.clitic or (hit.clitic in ("و", "ف", "ب", "ل") and hit.value not in (8, 5))
