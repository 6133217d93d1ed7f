"""One point for a geometry, and how finely it is known, as text in degrees."""

from __future__ import annotations

import math
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

LAT, LON, PREC = "lat", "lon", "where_prec"
"""Names of the columns that a geometry adds."""

EXPECTED = "expected longitude and latitude, as in [40.14, 35.33]"

Point = tuple[str | None, str | None, str | None]
"""Latitude, longitude, and UCDP's where_prec where the geometry is no point."""

_WGS_84 = 4326
_NOWHERE: Point = (None, None, None)
_EXACT_KM, _NEAR_KM, _KM = 1, 25, 111.2


def point_of(geometry: BaseGeometry | None) -> Point:
    """The point, or one that lies on or in any other geometry; None for an empty one.

    where_prec of an area or line is 1 where it reaches at most 1 km from its middle, 2 up to 25 km, then 5; ours.
    Raises ValueError for coordinates that are no numbers.
    """
    if geometry is None or geometry.is_empty:
        return _NOWHERE
    if geometry.geom_type == "Point":
        return (*_told(geometry.x, geometry.y), None)
    point = geometry.representative_point()
    west, south, east, north = geometry.bounds
    reach = _KM * math.hypot((east - west) * math.cos(math.radians((south + north) / 2)), north - south) / 2
    prec = "1" if reach <= _EXACT_KM else "2" if reach <= _NEAR_KM else "5"
    return (*_told(point.x, point.y), prec)


def point_of_json(geometry: Any) -> Point:
    """The same of a geometry in GeoJSON, or of a point in Esri's JSON. Raises ValueError for what is none."""
    match geometry:
        case None:
            return _NOWHERE
        case {"type": "Point", "coordinates": [int() | float() as x, int() | float() as y, *_]}:
            return (*_told(x, y), None)
        case {"x": int() | float() as x, "y": int() | float() as y}:
            return (*_told(x, y), None)
    try:
        return point_of(shape(geometry))
    except (shapely.errors.ShapelyError, ValueError, TypeError, AttributeError, KeyError, IndexError) as error:
        raise ValueError(EXPECTED) from error


def point_of_text(text: str) -> tuple[float | None, float | None]:
    """Latitude and longitude of WKT or hexadecimal WKB; None, None for what is none, or in no degrees."""
    kind, _, plain = text.strip().upper().rpartition(";")
    if kind and kind != f"SRID={_WGS_84}":
        return None, None
    try:
        geometry = shapely.from_wkb(plain) if plain.startswith("0") else shapely.from_wkt(plain)
        if shapely.get_srid(geometry) not in (0, _WGS_84):
            return None, None
        lat, lon, _ = point_of(geometry)
    except (shapely.errors.ShapelyError, ValueError):
        return None, None
    return (float(lat), float(lon)) if lat and lon else (None, None)


def _told(x: float, y: float) -> tuple[str, str]:
    lat, lon = float(y), float(x)
    if not (math.isfinite(lat) and math.isfinite(lon)):
        raise ValueError("coordinates that are no numbers")
    return repr(lat), repr(lon)
