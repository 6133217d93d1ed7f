"""Countries by their names in other languages than the gazetteer's, and by their ISO codes, from Unicode's CLDR."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import get_global

from geo.names import fold

_LANGUAGES = ("fr", "de", "es", "it", "nl", "pt", "tr", "ru", "uk", "ku", "ckb", "fa", "he")
_ISO_3 = 3


def english_name(country: str) -> str | None:
    """Syria for Syrie, Syrien, Suriye, Сирия, SY or SYR; None for what is no country's name there."""
    return _names().get(country if country.isupper() and len(country) <= _ISO_3 else fold(country))


@cache
def _names() -> dict[str, str]:
    english = {code: name for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}
    found = {
        fold(name): english[code]
        for language in _LANGUAGES
        for code, name in Locale(language).territories.items()
        if code in english
    }
    longer = {three: codes[0] for three, codes in get_global("territory_aliases").items() if len(three) == _ISO_3}
    return found | english | {three: english[code] for three, code in longer.items() if code in english}
