"""The gazetteer's own entry for a place that somebody else names and locates, such as a row of UCDP."""

from __future__ import annotations

import re

from geo.gazetteer import Gazetteer
from geo.place import Place, Point, distance_km

NEAR_KM = 5.0
"""How far apart the two coordinates of a place may lie, where the place itself is no wider. Ours."""
_MOST = 8
_KIND = re.compile(
    r"\s+(?:town|village|city|suburb|quarter|neighbou?rhood|district|subdistrict|governorate|area)$", re.IGNORECASE
)
_PARTS = re.compile(r"\s*[/()]\s*")


def counterpart(gazetteer: Gazetteer, name: str, point: Point) -> Place | None:
    """The place that bears this name, in one of its spellings, at this point; None where there is none.

    name: may end in what the place is ("Teir Maaleh village"), and hold another name after a slash or in brackets.
    """
    bare = _KIND.sub("", name)
    parts = [_KIND.sub("", part) for part in _PARTS.split(bare)]
    for one in filter(None, dict.fromkeys((name, bare, *parts))):
        for found in gazetteer.candidates(one, near=point, limit=_MOST):
            place = found.place
            # "Raqqa/Homs border" is neither governorate: of a part of the name only the very spot counts.
            reach = max(NEAR_KM, place.radius_km) if one in (name, bare) else NEAR_KM
            if found.match != "consonants" and distance_km(Point(lat=place.lat, lon=place.lon), point) <= reach:
                return place
    return None
