"""Web Mercator: what a map on the screen shows, and where a point lies in it."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Extent:
    """The smallest box of latitudes and longitudes that holds some events, in degrees."""

    south: float
    west: float
    north: float
    east: float


@dataclass(frozen=True, kw_only=True)
class Box:
    """A part of the map in Web Mercator, 0 to 1 from the north-west corner of the world."""

    west: float
    north: float
    east: float
    south: float


def mercator(*, lat: float, lon: float) -> tuple[float, float]:
    """x and y of a point in Web Mercator, 0 to 1 from the north-west corner; poles are clamped."""
    sine = math.sin(math.radians(max(-85.05112878, min(85.05112878, lat))))
    return lon / 360 + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
