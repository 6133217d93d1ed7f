"""The rivers and lakes of the basemap, named from the hand-kept tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from geo.build import basemap_shapes as shapes
from geo.build.basemap_features import Feature, feature, hand_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from shapely import Geometry

_TIDY = 400.0
"""Metres: OpenStreetMap's water comes cut into tiles; this closes the seams and softens the cuts."""


def lake_shapes(
    *, natural_earth: Sequence[Geometry], gshhg: Sequence[Geometry], openstreetmap: Iterable[Geometry]
) -> dict[str, Geometry]:
    """The lake that each row of the hand table points at, plane, simplified to about 100 m.

    ``openstreetmap`` takes the outlines of countries: their holes are inland water.
    Raises ValueError for a row whose point has no lake of its source within 5 km.
    """
    found: dict[str, Sequence[Geometry]] = {"natural_earth": natural_earth, "gshhg": gshhg}
    found["openstreetmap"] = _inland_water(openstreetmap)
    lakes = {}
    for row in hand_table("lakes"):
        point = shapely.Point(float(row["lon"]), float(row["lat"]))
        nearest = min(found[row["source"]], key=lambda shape, at=point: shapely.distance(shape, at))  # type: ignore[misc]
        if shapely.distance(nearest, point) > 0.05:
            raise ValueError(f"No lake of {row['source']!r} lies near {row['id']!r}; correct its point in lakes.csv.")
        lakes[row["id"]] = shapely.simplify(shapes.to_plane(nearest), 120.0)
    return lakes


def _inland_water(outlines: Iterable[Geometry]) -> list[Geometry]:
    holes = [
        shapes.to_plane(shapely.Polygon(ring))
        for shape in outlines
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon"
        for ring in part.interiors
    ]
    large = [hole for hole in holes if shapely.area(hole) > 2e5]
    grown = shapely.union_all([shapely.buffer(hole, _TIDY) for hole in large])
    # Shrinking more than was grown, then growing again, rounds the corners of the tiles.
    whole = shapely.get_parts(shapely.buffer(shapely.buffer(grown, -3 * _TIDY), 2 * _TIDY))
    return [shapes.to_degrees(shape) for shape in whole]


def lake_features(lakes: Mapping[str, Geometry]) -> list[Feature]:
    """The lakes as features, the largest ranks first."""
    return [
        feature(shapes.to_degrees(lakes[row["id"]]), **_named(row))
        for row in sorted(hand_table("lakes"), key=lambda row: row["rank"])
    ]


def river_features(lines: Iterable[Geometry], lakes: Mapping[str, Geometry]) -> list[Feature]:
    """The rivers of the hand table, each followed through its points and cut where a lake covers it."""
    network = shapes.RiverNetwork(lines)
    water = shapely.union_all(list(lakes.values()))
    features = []
    for row in sorted(hand_table("rivers"), key=lambda row: row["rank"]):
        pieces = [network.follow(_points(piece)) for piece in row["via"].split("|")]
        line = shapely.simplify(shapes.to_plane(shapely.union_all(pieces)), 90.0 if row["rank"] == "1" else 180.0)
        # A little of the river stays inside the lake, so that no gap shows at its mouth.
        dry = shapely.difference(shapely.line_merge(line), shapely.buffer(water, -300.0))
        features.append(feature(shapely.line_merge(shapes.to_degrees(dry)), **_named(row)))
    return features


def _points(piece: str) -> list[tuple[float, float]]:
    pairs = (pair.split() for pair in piece.split(";"))
    return [(float(lon), float(lat)) for lat, lon in pairs]


def _named(row: Mapping[str, str]) -> dict[str, str | int]:
    return {"id": row["id"], "name_en": row["name_en"], "name_ar": row["name_ar"], "rank": int(row["rank"])}
