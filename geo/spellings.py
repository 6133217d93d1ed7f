"""Choosing, among the alternate names of a GeoNames row, the spellings worth keeping."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from geo.names import fold, is_arabic, sound_key

_MOST = 12
_LIKE = 66.0
_PLAIN_ARABIC = re.compile(r"[\u0621-\u063a\u0641-\u0652 ]+\Z")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff '’‘`ʿʾʼʻ-]+\Z")
_ROMANISED_RUSSIAN = re.compile(r"[Ee]h[lrtzsd]|'-|'[a-z]+'")
_CODE = re.compile(r"[A-Z]{2,5}\Z")
_ARABIC_CONSONANTS = str.maketrans(
    dict(
        zip(
            "بتثجحخدذرزسشصضطظغفقكلمنه",
            ("b", "t", "t", "g", "h", "h", "d", "d", "r", "z", "s", "s", "s", "d", "t", "z", "g",
             "f", "k", "k", "l", "m", "n", "h"),
            strict=True,
        )
    )
    | dict.fromkeys("اوييىءأإآؤئةع", "")
)  # fmt: skip
_LATIN_CONSONANTS = str.maketrans({"j": "g", "p": "b", "v": "w"} | dict.fromkeys("aeiouyw", ""))


def arabic_name(name: str, alternates: Iterable[str]) -> str:
    """The alternate name that is Arabic and sounds most like the main name; "" for none.

    Persian and Kurdish forms are in Arabic script too: they are told by their letters, and lose to
    a form with the article or with ة.
    """
    arabic = [alt for alt in alternates if _PLAIN_ARABIC.match(alt) and len(fold(alt)) > 1]
    likeness = {alt: fuzz.ratio(_bones(name), _bones(alt)) for alt in arabic}
    return max(
        arabic,
        key=lambda alt: (round(likeness[alt], -1), "ة" in alt, alt.startswith("ال"), -len(alt)),
        default="",
    )


def spellings(name: str, name_ar: str, alternates: Iterable[str]) -> tuple[str, ...]:
    """Other spellings of the two main names: no codes, no machine transliterations, no exonyms.

    Kept are Arabic and capitalised Latin names whose consonants are like those of a main name,
    one for each folded key, at most twelve.
    """
    bones = [_bones(main) for main in (name, name_ar) if main]
    seen = {fold(name), fold(name_ar)}
    kept: list[str] = []
    for alt in sorted(alternates, key=lambda a: (not is_arabic(a), a)):
        key = fold(alt)
        if key in seen or len(key) < 3 or not _well_formed(alt):
            continue
        if max(fuzz.ratio(_bones(alt), main) for main in bones) >= _LIKE:
            seen.add(key)
            kept.append(alt)
    return tuple(kept[:_MOST])


def _well_formed(alt: str) -> bool:
    if is_arabic(alt):
        return bool(_PLAIN_ARABIC.match(alt))
    junk = _CODE.match(alt) or _ROMANISED_RUSSIAN.search(alt)
    return bool(_LATIN.match(alt)) and alt[0].isupper() and not junk


def _bones(name: str) -> str:
    if is_arabic(name):
        return fold(name).translate(_ARABIC_CONSONANTS)
    key = sound_key(name).replace("sh", "s").replace("kh", "h")
    return key.translate(_LATIN_CONSONANTS)
