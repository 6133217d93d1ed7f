"""Turns the shapes of the basemap into GeoJSON features with names and ranks, and writes them."""

from __future__ import annotations

import csv
import gzip
import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from babel import Locale
from babel.core import get_global

from geo.build import basemap_shapes as shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely import Geometry

DATA = Path(__file__).parents[1] / "data" / "basemap"
HAND = DATA / "hand"
_SYRIA = "SY"
_FINE = (33.5, 28.5, 49.0, 38.0)
_BORDERS = shapely.box(-15, 5, 80, 65)
"""Beyond this box the borders between countries are not drawn."""
_LINES: dict[tuple[str, ...], tuple[str, str, str]] = {
    ("golan", "syria"): ("ceasefire", "Line of 1974 (Golan)", "خط فض الاشتباك 1974 (الجولان)"),
    ("ISR", "golan"): ("disputed", "Golan, western line", "الجولان، الخط الغربي"),
    ("ISR", "PSE"): ("ceasefire", "Line of 1949", "خط الهدنة 1949"),
}
"""Lines that are no agreed border, by the two sides; how they are drawn is the sources' way."""

Feature = dict[str, Any]


def hand_table(name: str) -> list[dict[str, str]]:
    """Rows of a table kept by hand beside the generated files."""
    with (HAND / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def rounded(shape: Geometry) -> Geometry:
    """Polygons with vertices on a grid: 0.0001 degrees (11 m) in and around Syria and Iraq, else 0.001.

    The grid depends on the vertex alone, so neighbours keep their shared vertices.
    """
    snapped = shapely.transform(shape, _snap)
    return snapped if shapely.is_valid(snapped) else shapely.buffer(shapely.make_valid(snapped), 0)


def _snap(xy: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    west, south, east, north = _FINE
    lon, lat = xy[:, 0], xy[:, 1]
    fine = (lon > west) & (lon < east) & (lat > south) & (lat < north)
    return np.where(fine[:, None], np.round(xy, 4), np.round(xy, 3))


def feature(shape: Geometry, **properties: Any) -> Feature:
    """A GeoJSON feature, coordinates (degrees) rounded to 4 decimals."""
    geometry = json.loads(shapely.to_geojson(shape))
    geometry["coordinates"] = _round(geometry["coordinates"])
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _round(value: Any) -> Any:
    return [_round(item) for item in value] if isinstance(value, list) else round(value, 4)


def write(name: str, features: Sequence[Feature]) -> None:
    """Write one GeoJSON file, a feature a line, and print its size."""
    body = ",\n".join(json.dumps(item, ensure_ascii=False, separators=(",", ":")) for item in features)
    text = f'{{"type":"FeatureCollection","features":[\n{body}\n]}}\n'
    (DATA / f"{name}.geojson").write_text(text, encoding="utf-8")
    size, packed = len(text.encode()), len(gzip.compress(text.encode(), 9, mtime=0))
    print(f"{name}: {len(features)} features, {size / 1e3:.0f} kB, {packed / 1e3:.0f} kB gzipped")


@cache
def _place_ids() -> dict[str, str]:
    """The gazetteer's place id of each country code, so that both speak of the same places."""
    with (DATA.parent / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["place"] for row in csv.DictReader(file)}


@cache
def _country(code: str) -> dict[str, Any]:
    """Id, names and rank of a country (ISO alpha-2): ours where the hand table has it, else CLDR's."""
    row = next((row for row in hand_table("countries") if row["territory"] == code), None)
    if row is not None:
        return {key: row[key] for key in ("id", "name_en", "name_ar")} | {"rank": int(row["rank"])}
    name = Locale("en").territories[code]
    place = _place_ids().get(code) or slug(name)
    return {"id": place, "name_en": name, "name_ar": Locale("ar").territories[code], "rank": 3}


def slug(name: str) -> str:
    """An id of lower-case ASCII words: 'Côte d'Ivoire' becomes cote_d_ivoire."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "_".join("".join(letter if letter.isalnum() else " " for letter in plain).split())


def _territory(name: str) -> str:
    """The ISO alpha-2 code of a shape's name: alpha-2, alpha-3 or a part of Syria."""
    if len(name) == 2:
        return name
    codes = get_global("territory_aliases").get(name)
    return str(codes[0]) if codes else _SYRIA


def country_features(world: Mapping[str, Geometry]) -> list[Feature]:
    """One polygon feature a country; Syria is the union of its governorates and the Golan."""
    land: dict[str, list[Geometry]] = {}
    for name, shape in world.items():
        land.setdefault(_territory(name), []).append(shape)
    ordered = sorted(land, key=lambda code: (_country(code)["rank"], code))
    return [feature(shapely.union_all(land[code]), **_country(code)) for code in ordered]


def border_features(world: Mapping[str, Geometry]) -> list[Feature]:
    """The lines between countries, merged by pair: ``kind`` is border, ceasefire or disputed."""
    lines: dict[tuple[str, ...], list[Geometry]] = {}
    for arc in shapes.arcs(world, step=3e-5, reach=2e-3):
        sides = tuple(sorted("syria" if owner.endswith("_governorate") else owner for owner in arc.owners))
        territories = {_territory(owner) for owner in arc.owners}
        if sides in _LINES or (len(territories) == 2 and shapely.intersects(arc.line, _BORDERS)):
            key = sides if sides in _LINES else tuple(sorted(territories))
            lines.setdefault(key, []).append(arc.line)
    features = []
    for key in sorted(lines):
        pair = [_country(_territory(owner)) for owner in key]
        names = {lang: " – ".join(str(side[f"name_{lang}"]) for side in pair) for lang in ("en", "ar")}
        kind, name_en, name_ar = _LINES.get(key, ("border", names["en"], names["ar"]))
        rank = min(int(side["rank"]) for side in pair)
        shape = shapely.line_merge(shapely.union_all(lines[key]))
        features.append(feature(shape, kind=kind, name_en=name_en, name_ar=name_ar, rank=rank))
    return sorted(features, key=lambda item: int(item["properties"]["rank"]))


def governorate_features(region: Mapping[str, Geometry]) -> list[Feature]:
    """Syria's governorates as polygons; the Golan is part of Quneitra, as in the source."""
    parts = {"quneitra_governorate": [region["golan"]]}
    rows = hand_table("governorates")
    shape = {row["id"]: shapely.union_all([region[row["id"]], *parts.get(row["id"], ())]) for row in rows}
    return [feature(shape[row["id"]], **_names(row), rank=1) for row in rows]


def _names(row: Mapping[str, str]) -> dict[str, str]:
    return {key: row[key] for key in ("id", "name_en", "name_ar")}


def governorate_line_features(
    region: Mapping[str, Geometry], provinces: Mapping[str, Iterable[Geometry]]
) -> list[Feature]:
    """Lines between Syria's governorates (rank 1) and inside its neighbours (rank 2).

    ``provinces`` holds the divisions of a neighbour by its alpha-3 code, in degrees.
    """
    names = {row["id"]: row for row in hand_table("governorates")}
    lines: dict[tuple[str, ...], list[Geometry]] = {}
    for arc in shapes.arcs(region, step=3e-5):
        if len(arc.owners) == 2 and all(owner in names for owner in arc.owners):
            lines.setdefault(arc.owners, []).append(arc.line)
    features = [
        feature(
            shapely.line_merge(shapely.union_all(lines[pair])),
            name_en=" – ".join(names[owner]["name_en"] for owner in pair),
            name_ar=" – ".join(names[owner]["name_ar"] for owner in pair),
            rank=1,
        )
        for pair in sorted(lines)
    ]
    for code, divisions in provinces.items():
        country = _country(_territory(code))
        shape = _inner_lines(divisions, region[code])
        features.append(feature(shape, name_en=country["name_en"], name_ar=country["name_ar"], rank=2))
    return features


def _inner_lines(divisions: Iterable[Geometry], country: Geometry, *, reach: float = 0.08) -> Geometry:
    """The lines between divisions, cut or drawn out to meet the outline of another source."""
    named = {f"{i:03}": shape for i, shape in enumerate(divisions)}
    inner = [arc.line for arc in shapes.arcs(named, step=3e-5) if len(arc.owners) == 2]
    thin = shapely.simplify(shapely.line_merge(shapely.union_all(inner)), 0.01)
    clipped = shapely.get_parts(shapely.intersection(shapely.line_merge(thin), country))
    lines = [line for line in clipped if line.geom_type == "LineString"]
    ends = [shapely.Point(line.coords[i]) for line in lines for i in (0, -1)]
    outline = shapely.boundary(country)
    for end in ends:
        loose = sum(shapely.equals(end, other) for other in ends) == 1
        if loose and 0 < shapely.distance(end, outline) < reach:
            lines.append(shapely.shortest_line(end, outline))
    # A line that runs along the outline, a little inside it, is the same border drawn twice.
    shadow = shapely.buffer(outline, 0.03)
    kept = [
        line
        for line in lines
        if shapely.length(shapely.intersection(line, shadow)) < 0.7 * line.length or line.length < reach
    ]
    return shapely.line_merge(shapely.union_all(kept))
