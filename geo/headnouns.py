"""The words that say what kind of place a name means: محافظة الرقة, Raqqa Governorate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from geo.names import fold, plain_words

_SETTLEMENT = ("city", "town", "village")
_COUNTRYSIDE = ("region", "governorate", "district")

_NOUNS: dict[str, tuple[str, ...]] = {
    "دولة جمهورية country republic": ("country",),
    "محافظة ولاية governorate province mohafazat muhafazat wilayah": ("governorate",),
    "منطقة": ("neighbourhood", "region", "district", "subdistrict", *_SETTLEMENT),
    "قضاء district mantiqa mantika": ("district",),
    "ناحية subdistrict nahiya nahiyah": ("subdistrict", *_SETTLEMENT),
    "مدينة بلدة قرية ضيعة city town village": _SETTLEMENT,
    "مركز centre center": _SETTLEMENT,
    "حي ضاحية neighbourhood neighborhood quarter suburb": ("neighbourhood",),
    "ريف countryside": _COUNTRYSIDE,
    "بادية desert": _COUNTRYSIDE,
    "مخيم camp": ("camp", "neighbourhood"),
    "قاعدة base": ("base",),
    "معبر crossing": ("crossing",),
    "نهر river": ("river",),
    "طريق road highway": ("road",),
}
_KINDS_OF_NOUN = {fold(noun): kinds for nouns, kinds in _NOUNS.items() for noun in nouns.split()}

# Which side of the countryside: heard after ريف, before or after "countryside", never kept.
_SIDE_WORDS = (
    "شمالي جنوبي شرقي غربي شمالية جنوبية شرقية غربية شمال جنوب شرق غرب "
    "northern southern eastern western north south east west "
    "northeastern northwestern southeastern southwestern"
)
_SIDES = {fold(side) for side in _SIDE_WORDS.split()}


@dataclass(frozen=True, kw_only=True, slots=True)
class HeadNoun:
    """A name without its head noun, and the kinds of place that the noun allows.

    With ``first_only`` the kinds are tried in order: the countryside of a city is its own region
    where we know one, else its governorate.
    """

    rest: str
    noun: str
    kinds: tuple[str, ...]
    first_only: bool


@lru_cache(maxsize=4096)
def head_noun(name: str) -> HeadNoun | None:
    """Split a leading (or, in English, leading or trailing) head noun off a name.

    None when there is no head noun, or nothing besides it. "ريف X الشرقي" and "eastern X
    countryside" lose the side too, since the kinds of a countryside say how coarse it is.
    """
    found = list(plain_words(name))
    if len(found) < 2:
        return None
    for noun, rest in ((found[0], found[1:]), (found[-1], found[:-1])):
        kinds = _KINDS_OF_NOUN.get(fold(noun))
        if kinds is None or (noun == found[-1] and not noun.isascii()):
            continue
        if rest[0] == "of":
            rest = rest[1:]
        if kinds is _COUNTRYSIDE:
            rest = [word for word in rest if fold(word) not in _SIDES]
        if rest:
            return HeadNoun(
                rest=" ".join(rest),
                noun=noun,
                kinds=kinds,
                first_only=kinds is _COUNTRYSIDE,
            )
    return None
