"""The rivers and lakes of the basemap, named from the hand-kept tables."""

from __future__ import annotations

import heapq
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
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
    network = RiverNetwork(lines)
    water = shapely.union_all(list(lakes.values()))
    features = []
    for row in sorted(hand_table("rivers"), key=lambda row: row["rank"]):
        pieces = [network.follow(_points(piece)) for piece in row["via"].split("|")]
        line = shapely.simplify(shapes.to_plane(shapely.union_all(pieces)), 45.0 if row["rank"] == "1" else 180.0)
        # A little of the river stays inside the lake, so that no gap shows at its mouth.
        dry = shapely.difference(shapely.line_merge(line), shapely.buffer(water, -300.0))
        features.append(feature(shapely.line_merge(shapes.to_degrees(dry)), **_named(row)))
    return features


def _points(piece: str) -> list[tuple[float, float]]:
    pairs = (pair.split() for pair in piece.split(";"))
    return [(float(lon), float(lat)) for lat, lon in pairs]


def _named(row: Mapping[str, str]) -> dict[str, str | int]:
    return {"id": row["id"], "name_en": row["name_en"], "name_ar": row["name_ar"], "rank": int(row["rank"])}


class RiverNetwork:
    """River lines as a graph, to follow a river from point to point along them (degrees)."""

    def __init__(self, lines: Iterable[Geometry], *, snap: float = 0.012) -> None:
        self._next: dict[int, list[tuple[int, float]]] = {}
        self._xy: list[tuple[float, float]] = []
        known: dict[tuple[float, float], int] = {}
        ends: set[int] = set()
        for line in lines:
            nodes = [self._node((round(x, 5), round(y, 5)), known) for x, y in line.coords]
            ends.update((nodes[0], nodes[-1]))
            for a, b in pairwise(nodes):
                self._join(a, b, 1.0)
        self._tree = shapely.STRtree(shapely.points(self._xy))
        # Lines are cut at whole degrees and stop short of their river: bridge those ends, at a price.
        for a in ends:
            around = shapely.Point(self._xy[a]).buffer(snap)
            for b in self._tree.query(around, predicate="intersects").tolist():
                if b != a:
                    self._join(a, b, 3.0)

    def _node(self, xy: tuple[float, float], known: dict[tuple[float, float], int]) -> int:
        if xy not in known:
            known[xy] = len(self._xy)
            self._xy.append(xy)
        return known[xy]

    def _join(self, a: int, b: int, price: float) -> None:
        if a != b:
            (x0, y0), (x1, y1) = self._xy[a], self._xy[b]
            cost = price * float(np.hypot((x1 - x0) * 0.82, y1 - y0))
            self._next.setdefault(a, []).append((b, cost))
            self._next.setdefault(b, []).append((a, cost))

    def follow(self, via: Sequence[tuple[float, float]]) -> Geometry:
        """The line through the network nearest to the given (lon, lat) points, in their order.

        Raises ValueError when two of the points are not connected.
        """
        stops = [int(self._tree.nearest(shapely.Point(point))) for point in via]
        nodes = [stops[0]]
        for start, stop in pairwise(stops):
            nodes += self._shortest(start, stop)[1:]
        return shapely.LineString([self._xy[node] for node in nodes])

    def _shortest(self, start: int, stop: int) -> list[int]:
        costs, came, queue = {start: 0.0}, {start: start}, [(0.0, start)]
        while queue:
            cost, node = heapq.heappop(queue)
            if node == stop:
                path = [stop]
                while path[-1] != start:
                    path.append(came[path[-1]])
                return path[::-1]
            for after, length in self._next.get(node, ()):
                if cost + length < costs.get(after, np.inf):
                    costs[after], came[after] = cost + length, node
                    heapq.heappush(queue, (cost + length, after))
        raise ValueError(f"No river line leads from {self._xy[start]!r} to {self._xy[stop]!r}; add a point between.")
