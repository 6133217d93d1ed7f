"""How much more one namesake is meant than another, when nothing else is said.

The figures are our own rule, measured by what newspapers mean by a bare name: a city before the
governorate named after it, a country before a city, a town hardly before a village.
"""

from __future__ import annotations

import math

from geo.place import Place

_RANK = {
    "country": 8.0,
    "city": 5.0,
    "governorate": 5.0,
    "river": 5.0,
    "town": 3.0,
    "district": 3.0,
    "region": 4.0,
    "subdistrict": 2.5,
    "base": 2.0,
    "camp": 2.0,
    "crossing": 2.0,
    "landmark": 2.0,
    "neighbourhood": 2.0,
    "road": 2.0,
    "village": 2.0,
}
_TOP = 9.0
_ABROAD = 2.0
_SETTLEMENTS = ("city", "town", "village")

CLEAR_LEAD = 1.5
"""The first of several namesakes is meant when its rank leads the second by this much."""


def rank(place: Place, *, population: int = 0, abroad: bool = False) -> float:
    """Rank of a place among its namesakes, 0–9.

    ``population`` (people, 0 where unknown) adds less than 1, so it orders places of one kind.
    ``abroad`` takes 2 from settlements outside Syria: the dashboard's readers mean Syria first.
    """
    of_people = min(0.99, math.log10(population) / 8) if population > 0 else 0.0
    away = _ABROAD if abroad and place.kind in _SETTLEMENTS else 0.0
    return max(0.0, _RANK[place.kind] + of_people - away)


def share(value: float) -> float:
    """A rank as a share of the highest one, 0–1."""
    return min(1.0, value / _TOP)
