"""The reader's language: every interface string, date and number goes through a `Language`."""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol

from babel.dates import format_date, format_interval
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from events.selection import LANGS, Lang

LOCALE = Path(__file__).parent.parent / "locale"

# Babel's Syrian Arabic has the Levantine month names; digits are Western in the press and in coordinates.
_BABEL = {"en": "en_GB", "ar": "ar_SY"}
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")


class Named(Protocol):
    """Anything that carries its name in both languages."""

    @property
    def name_en(self) -> str:
        """The English name."""
        ...

    @property
    def name_ar(self) -> str:
        """The Arabic name."""
        ...


@dataclass(frozen=True, kw_only=True)
class Names:
    """Both names of a thing."""

    name_en: str
    name_ar: str


def named(row: Mapping[str, str]) -> Names:
    """The names that a row of the engine brings along."""
    return Names(name_en=row["name_en"], name_ar=row["name_ar"])


@dataclass(frozen=True)
class Language:
    """One language of the interface. lang: "en" or "ar"."""

    lang: Lang
    _translations: gettext.NullTranslations

    @property
    def rtl(self) -> bool:
        """Whether the page runs from right to left."""
        return self.lang == "ar"

    def gettext(self, message: str) -> str:
        """An interface string in this language."""
        return self._translations.gettext(message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        """An interface string that counts, in this language's plural form."""
        return self._translations.ngettext(one, many, n)

    def name(self, named: Named) -> str:
        """A name in this language, in the other where this one is missing."""
        first, second = (named.name_ar, named.name_en) if self.rtl else (named.name_en, named.name_ar)
        return first or second

    def day(self, day: date) -> str:
        """A day written out: 12 October 2017."""
        return _western(format_date(day, "d MMMM y", locale=_BABEL[self.lang]))

    def day_in_lines(self, day: date) -> str:
        """A day in little room, its lines parted by a bar: `12|Oct|2017`."""
        return _western(format_date(day, "d'|'MMM'|'y", locale=_BABEL[self.lang]))

    def days(self, first: date, last: date) -> str:
        """A day or a range of days written out: 10–12 October 2017."""
        if first == last:
            return self.day(first)
        return _western(format_interval(first, last, "yMMMMd", locale=_BABEL[self.lang]))

    def span(self, first: date, last: date, date_prec: int | None) -> str:
        """When an event happened: a whole month or year by its name, anything else by its first and last day."""
        a_day = timedelta(days=1)
        whole_months = first.day == 1 and (last + a_day).day == 1
        if date_prec == 5 and whole_months and (first.month, last.month) == (1, 12) and first.year == last.year:
            return str(first.year)
        if date_prec == 4 and whole_months and (first.year, first.month) == (last.year, last.month):
            return _western(format_date(first, "MMMM y", locale=_BABEL[self.lang]))
        return self.days(first, last)

    def period(self, start: date, unit: str) -> str:
        """A day, week, month or year by its first day."""
        if unit == "year":
            return str(start.year)
        if unit == "month":
            return _western(format_date(start, "MMMM y", locale=_BABEL[self.lang]))
        return self.days(start, start + timedelta(days=6 if unit == "week" else 0))

    def joined(self, parts: Iterable[str]) -> str:
        """A list of names in one line."""
        return ("، " if self.rtl else ", ").join(parts)


def _western(text: str) -> str:
    return text.translate(_ARABIC_DIGITS)


@cache
def language(lang: Lang) -> Language:
    """The language of a code. English is the source; the others are read from `events/locale`."""
    if lang == "en":
        return Language("en", gettext.NullTranslations())
    with (LOCALE / lang / "LC_MESSAGES" / "furat.po").open("rb") as file:
        catalogue = read_po(file, locale=lang)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Language(lang, gettext.GNUTranslations(compiled))


def preferred(locale: str | None) -> Lang:
    """The language for a browser's locale such as "ar-SY"; English where it is neither."""
    code = (locale or "").lower().replace("_", "-").split("-")[0]
    return next((lang for lang in LANGS if lang == code), "en")
