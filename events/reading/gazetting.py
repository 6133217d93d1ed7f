"""What the gazetteer's names look like in running text, and how much each needs to be believed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from events.reading.lexicon import common_words, fold_phrase
from events.reading.matching import Pattern
from geo.gazetteer import HOME, Gazetteer
from geo.place import Place

_WIDE = ("country", "governorate", "river", "region")
_BIG_ABROAD = 300_000
_IMPORTED = "gn_"
"""How the ids of places begin that nobody chose by hand."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceName:
    """One name as the gazetteer writes it, and the places that bear it, most important first.

    ``strong``: believed wherever it stands. ``common``: also an ordinary word, believed only after a
    head noun or in a list of places. ``bared``: the article has been taken off.
    """

    phrase: str
    places: tuple[Place, ...]
    strong: bool
    common: bool
    bared: bool = False


def place_patterns(gazetteer: Gazetteer) -> Iterator[Pattern]:
    """Every name of every place, and each name with an article also without it."""
    bearers: dict[str, dict[str, Place]] = {}
    for place in gazetteer:
        for name in place.names:
            phrase = fold_phrase(name.replace("-", " ").replace("(", " ").replace(")", " "))
            if len(phrase) > 1 and not phrase.isdigit():
                for spelling in _with_article(phrase, place):
                    bearers.setdefault(spelling, {})[place.id] = place
    names = {phrase: _name(phrase, tuple(places.values()), gazetteer) for phrase, places in bearers.items()}
    for phrase, found in names.items():
        yield Pattern(phrase=phrase, kind="place", value=found, form="name")
        bare = phrase[2:]
        if phrase.startswith("ال") and len(bare.split()[0]) > 2 and bare not in names:
            bared = PlaceName(phrase=bare, places=found.places, strong=False, common=bare in common_words(), bared=True)
            yield Pattern(phrase=bare, kind="place", value=bared, form="name")


def _with_article(phrase: str, place: Place) -> set[str]:
    """An English name of a place whose Arabic name has the article, with it and without: Shaddadi, Al-Shaddadi."""
    if not phrase.isascii() or not place.name_ar.startswith("ال") or place.kind == "country":
        return {phrase}
    bare = phrase.removeprefix("al ")
    return {phrase, "al " + bare} if bare != phrase and len(bare) < 5 else {phrase, bare, "al " + bare}


def _name(phrase: str, places: tuple[Place, ...], gazetteer: Gazetteer) -> PlaceName:
    ranked = tuple(sorted(places, key=lambda p: (-gazetteer.rank(p.id), p.id)))
    several = " " in phrase
    plain = all(word in common_words() for word in phrase.split())
    big = any(_is_big(place, gazetteer) for place in ranked)
    strong = (big and (several or not plain)) or (several and not plain)
    return PlaceName(phrase=phrase, places=ranked, strong=strong, common=plain and not several and not big)


def _is_big(place: Place, gazetteer: Gazetteer) -> bool:
    if place.kind in _WIDE:
        return True
    if gazetteer.country_of(place.id) == HOME:
        return place.kind == "city" or gazetteer.population_of(place.id) >= 40_000
    known = not place.id.startswith(_IMPORTED) or gazetteer.population_of(place.id) >= _BIG_ABROAD
    return place.kind == "city" and known
