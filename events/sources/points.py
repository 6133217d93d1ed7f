"""One point for a geometry, as text in degrees."""

from __future__ import annotations

import math

from shapely.geometry.base import BaseGeometry

LAT, LON = "lat", "lon"
"""Names of the columns that a geometry adds."""


def point_of(shape: BaseGeometry) -> tuple[str | None, str | None]:
    """Latitude and longitude of a point, or of one that lies on or in any other geometry; None for an empty one.

    Raises ValueError for coordinates that are no numbers.
    """
    if shape is None or shape.is_empty:
        return None, None
    point = shape if shape.geom_type == "Point" else shape.representative_point()
    if not (math.isfinite(point.x) and math.isfinite(point.y)):
        raise ValueError("coordinates that are no numbers")
    return repr(float(point.y)), repr(float(point.x))
