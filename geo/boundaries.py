"""Which country, and which governorate of Syria, a point lies in.

The outlines are geo/data/basemap/countries.geojson and governorates.geojson; its README says whose
they are, how exact, and how they draw what is disputed. Only shapely is needed for a lookup;
geopandas is imported by the functions that hand out tables.
"""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import shapely

from geo.errors import GeoError

if TYPE_CHECKING:
    import geopandas as gpd
    from shapely import Geometry

DATA: Final = Path(__file__).parent / "data" / "basemap"
TOLERANCE_KM: Final = 2.0
"""How far beyond a line a point still counts as inside: the lines and the points are both that vague."""
_KM_PER_DEGREE: Final = 111.2


class BoundaryError(GeoError, ValueError):
    """A point or a table that no boundary can be asked about."""


class _Outlines(NamedTuple):
    ids: tuple[str, ...]
    shapes: tuple[Geometry, ...]
    tree: shapely.STRtree


def country_at(*, lat: float, lon: float, tolerance_km: float = TOLERANCE_KM) -> str | None:
    """The id of the country at a point (degrees WGS 84), None at sea.

    A point that lies in no country belongs to the nearest one within ``tolerance_km``. Raises
    BoundaryError for degrees out of range.
    """
    return _at(_countries(), lat, lon, tolerance_km)


def governorate_at(*, lat: float, lon: float, tolerance_km: float = TOLERANCE_KM) -> str | None:
    """The id of Syria's governorate at a point (degrees WGS 84), None outside Syria.

    A point in no governorate belongs to the nearest one within ``tolerance_km``, unless it lies in
    another country. Raises BoundaryError for degrees out of range.
    """
    found = _at(_governorates(), lat, lon, 0.0)
    if found is None and country_at(lat=lat, lon=lon, tolerance_km=0.0) is None:
        return _at(_governorates(), lat, lon, tolerance_km)
    return found


def read_boundaries() -> gpd.GeoDataFrame:
    """Syria's governorates and every country as a table.

    Columns: id, name_en, name_ar, kind (governorate or country), rank, geometry (EPSG:4326).
    """
    import geopandas as gpd  # half a second, and no lookup needs it
    import pandas as pd

    tables = []
    for kind in ("governorate", "country"):
        features = _features("governorates" if kind == "governorate" else "countries")
        table = gpd.GeoDataFrame.from_features(features, crs=4326)
        tables.append(table.assign(kind=kind)[["id", "name_en", "name_ar", "kind", "rank", "geometry"]])
    return gpd.GeoDataFrame(pd.concat(tables, ignore_index=True), crs=4326)


def join_governorates(points: gpd.GeoDataFrame, *, tolerance_km: float = TOLERANCE_KM) -> gpd.GeoDataFrame:
    """The same table with a column ``governorate``: the id of the governorate, None outside Syria.

    Rows without a point keep None. Raises BoundaryError when the table has no coordinate system or
    holds anything but points.
    """
    import pandas as pd

    if points.crs is None:
        raise BoundaryError("The points have no coordinate system (crs is None); set it, e.g. set_crs(4326).")
    kinds = set(points.geometry[~points.geometry.isna()].geom_type) - {"Point"}
    if kinds:
        raise BoundaryError(f"Found {sorted(kinds)!r} among the geometries; expected points only.")
    places = points.geometry.to_crs(4326)
    found = [
        None if point is None or point.is_empty else governorate_at(lat=point.y, lon=point.x, tolerance_km=tolerance_km)
        for point in places
    ]
    # As object: pandas would turn None into NaN in a column of strings.
    return points.assign(governorate=pd.Series(found, index=points.index, dtype=object))


def _features(name: str) -> list[dict[str, object]]:
    with (DATA / f"{name}.geojson").open(encoding="utf-8") as file:
        features: list[dict[str, object]] = json.load(file)["features"]
    return features


@cache
def _countries() -> _Outlines:
    return _read("countries")


@cache
def _governorates() -> _Outlines:
    return _read("governorates")


def _read(name: str) -> _Outlines:
    lines = (DATA / f"{name}.geojson").read_text(encoding="utf-8").splitlines()
    # A feature a line: shapely reads the geometry itself, far faster than through Python lists.
    features = [line.rstrip(",") for line in lines if line.startswith('{"type":"Feature",')]
    ids = tuple(json.loads(line[: line.index(',"geometry":')] + "}")["properties"]["id"] for line in features)
    shapes = tuple(shapely.from_geojson(features))
    shapely.prepare(shapes)
    return _Outlines(ids, shapes, shapely.STRtree(shapes))


def _at(outlines: _Outlines, lat: float, lon: float, tolerance_km: float) -> str | None:
    point = _point(lat, lon)
    inside = outlines.tree.query(point, predicate="intersects")
    if len(inside):
        return outlines.ids[int(inside.min())]
    if tolerance_km <= 0:
        return None
    near = outlines.tree.query(_around(lat, lon, tolerance_km), predicate="intersects")
    if not len(near):
        return None
    nearest: int = min((_distance_km(outlines.shapes[i], lat, lon), i) for i in near.tolist())[1]
    return outlines.ids[nearest]


def _point(lat: float, lon: float) -> Geometry:
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise BoundaryError(f"Found lat {lat!r}, lon {lon!r}; expected degrees from -90 to 90 and -180 to 180.")
    return shapely.Point(lon, lat)


def _around(lat: float, lon: float, km: float) -> Geometry:
    """A circle of so many km, in degrees: an ellipse, wider where the meridians close up."""
    high = km / _KM_PER_DEGREE
    wide = high / max(math.cos(math.radians(lat)), 0.01)
    steps = [math.tau * step / 32 for step in range(32)]
    return shapely.Polygon([(lon + wide * math.cos(a), lat + high * math.sin(a)) for a in steps])


def _distance_km(shape: Geometry, lat: float, lon: float) -> float:
    across = math.cos(math.radians(lat))
    end = shapely.shortest_line(shape, shapely.Point(lon, lat)).coords[0]
    return _KM_PER_DEGREE * math.hypot((end[0] - lon) * across, end[1] - lat)
