"""Our own rules for what a source does not say: kind from population, radius from kind."""

from __future__ import annotations

RADIUS_KM = {
    "city": 5.0,
    "town": 2.5,
    "village": 1.5,
    "neighbourhood": 1.0,
    "landmark": 0.5,
    "base": 2.0,
    "camp": 1.5,
    "crossing": 1.0,
}
"""Radius of uncertainty of a located place by kind, in km; areas are measured one by one."""

AREA_RADIUS_KM = {"district": 35.0, "subdistrict": 15.0}
"""Radius of imported areas that nobody measured, in km: half the usual width in eastern Syria."""

_CITY, _TOWN = 100_000, 5_000


def settlement_kind(population: int) -> str:
    """City, town or village by number of people; an unknown number (0) makes a village."""
    if population >= _CITY:
        return "city"
    return "town" if population >= _TOWN else "village"
