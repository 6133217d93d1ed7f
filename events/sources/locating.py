"""Where a name lies, by the gazetteer; how far a country reaches."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from geo.boundaries import DATA
from geo.errors import AmbiguousPlace, GeoError, UnknownPlace
from geo.gazetteer import Gazetteer
from geo.place import Place

SEPARATOR = "\x1f"
_PARTS = re.compile(r"\s*(?:[,،:;/>|()]|\s[-–—]\s)\s*")
_NEAR = re.compile(
    r"(?:(?:in )?(?:the )?(?:vicinity|outskirts|surroundings) of|near|nearby|close to|around|(?:just )?outside|"
    r"(?:to the )?(?:north|south)?[ -]?(?:north|south|east|west)(?:ern)?(?: of)?|"
    r"(?:بال)?قرب(?: من)?|(?:في )?محيط|جوار|أطراف|(?:شمال|جنوب|شرق|غرب)(?: (?:شرق|غرب))?)"
    r"\s+(?P<after>.+)|(?P<before>.+?)\s+(?:area|vicinity|outskirts|surroundings)",
    re.IGNORECASE,
)
"""A place that is only near the one it names: within about 25 km, as UCDP has it."""
_PREC = {"district": 3, "subdistrict": 3, "governorate": 4, "region": 5, "river": 5, "road": 5, "country": 6}
_MARGIN = 0.5
_LONGEST = 200
_SHOWN = 4
_WORDS = 6

Found = tuple[str | None, float | None, float | None, int | None, str | None]
"""Gazetteer id, latitude, longitude, UCDP's where_prec, and what is wrong."""


class Locator:
    """Looks names up, each within the areas named beside it."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def place(self, key: str) -> Found:
        """The place of "name, areas from narrow to wide, country", joined by SEPARATOR, empty where not given.

        An area that the gazetteer does not know is passed over; the narrowest that it knows decides. Where it knows
        none of several, a namesake of the place may lie anywhere: there is no answer. Where only areas are given the
        narrowest of them is the place.
        """
        names = [" ".join(part.split())[:_LONGEST] for part in key.split(SEPARATOR)]
        wanted, *areas = [name for name in names if name] or [""]
        if areas and self._within(areas) is None:
            return _nothing(f"the gazetteer knows no area {areas[0]!r}, in which {wanted!r} lies.")
        found = self._named(names)
        if found[4] is not None and (near := _NEAR.fullmatch(names[0])):
            place = self._named([near["after"] or near["before"], *names[1:]])
            return (*place[:3], max(2, place[3]), None) if place[3] else found
        return found

    def _named(self, names: Sequence[str]) -> Found:
        found = self._place(names)
        # "Manbij, Aleppo" names the areas in one cell; some list them from wide to narrow.
        parts = [part for part in _PARTS.split(names[0]) if part][:_SHOWN]
        if found[4] is None or len(parts) < 2:
            return found
        narrow = self._place([*parts, *names[1:]])
        if narrow[4] is None:
            return narrow
        wide = self._place([*parts[::-1], *names[1:]])
        # An area that its own part names is no answer for the part; a town is, though none to the spot.
        if wide[4] is not None or wide[3] != 1:
            return narrow
        return wide if self._area(parts[0], None) else (*wide[:3], 2, None)

    def _place(self, names: Sequence[str]) -> Found:
        wanted = next((i for i, name in enumerate(names) if name), None)
        if wanted is None:
            return None, None, None, None, None
        within = self._within(names[wanted + 1 :])
        if wanted and (area := self._area(names[wanted], within)):
            place = self._gazetteer.get(area)
            return place.id, place.lat, place.lon, _PREC.get(place.kind, 1), None
        return self._resolve(names[wanted], within)

    def _within(self, areas: Sequence[str]) -> str | None:
        """The narrowest known of the areas, which stand from narrow to wide."""
        areas = [name for name in areas if name]
        if not areas:
            return None
        within = self._area(areas[-1], None) or self._country(areas[-1])
        for name in reversed(areas[:-1]):
            within = self._area(name, within) or within
        return within

    def _country(self, name: str) -> str | None:
        """The country of an area that the gazetteer does not know: one in another language; the one that "Northwest
        Syria" or "Damascus Suburbs" speaks of; or that of a province known by its capital only."""
        if english := _english(name):
            return self._area(english, None, kind="country")
        countries: set[str | None] = set()
        for part in (name, *name.split()[:_WORDS]):
            try:
                found = self._gazetteer.candidates(part, limit=8)
            except GeoError:
                continue
            places = [c.place for c in found if c.match != "consonants" and c.place.kind in ("city", "country")]
            countries |= {self._gazetteer.country_of(place.id) for place in places}
        return countries.pop() if len(countries) == 1 else None

    def bounds(self, name: str) -> tuple[float | None, float | None, float | None, float | None]:
        """South, north, west, east of a country by its name, with a margin of half a degree; None for no country."""
        name = name[:_LONGEST]
        country = self._area(name, None, kind="country") or self._area(_english(name) or "", None, kind="country")
        return _bounds().get(country or "", (None, None, None, None))

    def _area(self, name: str, within: str | None, *, kind: str | None = None) -> str | None:
        """The area of a name; among namesakes the widest, since it is other places that lie in it."""
        if not name:
            return None
        try:
            found = self._gazetteer.candidates(name, within=within, limit=8)
        except GeoError:
            return None
        exact = [c.place for c in found if c.match != "consonants" and (kind is None or c.place.kind == kind)]
        areas = [place for place in exact if place.kind in ("country", "governorate", "district", "subdistrict")]
        ranked = sorted(areas, key=lambda place: -place.radius_km)
        return ranked[0].id if ranked else None

    def _resolve(self, name: str, within: str | None) -> Found:
        try:
            place = self._gazetteer.resolve(name, within=within)
        except AmbiguousPlace as error:
            return _nothing(
                f"{name!r} may mean {_listed([c.place for c in error.candidates])}; give coordinates or areas."
            )
        except UnknownPlace as error:
            hint = f"; closest spellings: {', '.join(error.suggestions[:_SHOWN])}" if error.suggestions else ""
            inside = f" within {self._gazetteer.get(within).name_en}" if within else ""
            return _nothing(f"the gazetteer knows no {name!r}{inside}{hint}.")
        except GeoError as error:
            return _nothing(f"{name!r} cannot be located ({error}).")
        return place.id, place.lat, place.lon, _PREC.get(place.kind, 1), None


def _english(name: str) -> str | None:
    from events.sources.countries import english_name  # CLDR's names, for countries that the gazetteer has otherwise

    return english_name(name)


def country_bounds(id: str) -> tuple[float, float, float, float]:
    """South, north, west, east of a country by its id, with a margin of half a degree. Raises KeyError."""
    return _bounds()[id]


def _nothing(problem: str) -> Found:
    return None, None, None, None, problem


def _listed(places: Sequence[Place]) -> str:
    shown = ", ".join(f"{place.name_en} ({place.kind}, {place.id})" for place in places[:_SHOWN])
    more = len(places) - _SHOWN
    return f"{len(places)} places: {shown}" + (f" and {more} more" if more > 0 else "")


@cache
def _bounds() -> dict[str, tuple[float, float, float, float]]:
    with (DATA / "countries.geojson").open(encoding="utf-8") as file:
        features = json.load(file)["features"]
    found = {}
    for feature in features:
        points = list(_points(feature["geometry"]["coordinates"]))
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        found[feature["properties"]["id"]] = (
            min(lats) - _MARGIN, max(lats) + _MARGIN, min(lons) - _MARGIN, max(lons) + _MARGIN,
        )  # fmt: skip
    return found


def _points(nested: Any) -> Any:
    if nested and isinstance(nested[0], (int, float)):
        yield nested
        return
    for part in nested:
        yield from _points(part)
