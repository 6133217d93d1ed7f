"""Pure geometry of the basemap build: gapless partitions and the lines that neighbours share.

Shapes are plane (metres) unless a docstring says degrees.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyproj
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from shapely import Geometry

_PLANE = pyproj.CRS("+proj=laea +lat_0=35 +lon_0=38 +datum=WGS84 +units=m")
_TO_PLANE = pyproj.Transformer.from_crs(4326, _PLANE, always_xy=True)
_TO_DEGREES = pyproj.Transformer.from_crs(_PLANE, 4326, always_xy=True)


class Arc(NamedTuple):
    """A stretch of boundary between two junctions, with who lies on its sides (sorted, 1 or 2)."""

    line: Geometry
    owners: tuple[str, ...]


def to_plane(shape: Geometry) -> Geometry:
    """Degrees to metres (equal-area, centred on 35 N 38 E)."""
    return shapely.transform(shape, lambda xy: np.column_stack(_TO_PLANE.transform(xy[:, 0], xy[:, 1])))


def to_degrees(shape: Geometry) -> Geometry:
    """Metres to degrees (lon, lat)."""
    return shapely.transform(shape, lambda xy: np.column_stack(_TO_DEGREES.transform(xy[:, 0], xy[:, 1])))


def filled(shape: Geometry) -> Geometry:
    """The shape without its holes."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return shapely.union_all([shapely.Polygon(part.exterior) for part in parts])


def partition(
    shapes: Mapping[str, Geometry],
    *,
    within: Geometry | None = None,
    fixed: frozenset[str] = frozenset(),
    widest_gap: float,
    grid: float,
) -> dict[str, Geometry]:
    """Polygons that share their borders exactly, from shapes that overlap and gape.

    Where shapes overlap the smaller part wins; an enclosed gap (or, with ``within``, any part of
    it that no shape covers) up to ``widest_gap`` in area goes to the neighbour it shares most
    border with, the ``fixed`` ones aside. ``grid`` is what coordinates are snapped to.
    """
    names, parts = _parts(shapes)
    order = np.argsort(shapely.area(parts))
    names, parts = [names[i] for i in order], parts[order]
    edges = [shapely.boundary(part) for part in parts]
    if within is not None:
        edges.append(shapely.boundary(within))
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(edges, grid_size=grid)]))
    owners = _owners(faces, names, parts)
    if within is not None:
        shapely.prepare(within)
        inside = shapely.contains_properly(within, shapely.point_on_surface(faces))
        faces, owners = (
            faces[inside],
            [owner for owner, kept in zip(owners, inside, strict=True) if kept],
        )
        faces, owners = _meshed(faces, owners)
    _give_gaps(faces, owners, widest_gap, fixed, grid)
    return _gather(faces, owners, grid)


def _parts(shapes: Mapping[str, Geometry]) -> tuple[list[str], np.ndarray[Any, Any]]:
    pairs = [
        (name, part)
        for name, shape in shapes.items()
        for part in shapely.get_parts(shape)
        if part.geom_type == "Polygon" and not part.is_empty
    ]
    return [name for name, _ in pairs], np.array([part for _, part in pairs])


def _owners(faces: np.ndarray[Any, Any], names: Sequence[str], parts: np.ndarray[Any, Any]) -> list[str | None]:
    tree = shapely.STRtree(parts)
    point, part = tree.query(shapely.point_on_surface(faces), predicate="within")
    first: dict[int, int] = {}
    for at, of in zip(point.tolist(), part.tolist(), strict=True):
        first[at] = min(of, first.get(at, of))
    return [names[first[i]] if i in first else None for i in range(len(faces))]


def _meshed(
    faces: np.ndarray[Any, Any], owners: list[str | None], *, cell: float = 1000.0
) -> tuple[np.ndarray[Any, Any], list[str | None]]:
    """Cut the larger gaps into cells, so that a long strip is shared out among all it lies beside."""
    pieces: list[Geometry] = []
    whose: list[str | None] = []
    for face, owner in zip(faces, owners, strict=True):
        west, south, east, north = shapely.bounds(face)
        if owner is not None or max(east - west, north - south) < cell:
            pieces.append(face)
            whose.append(owner)
            continue
        cells = [
            shapely.box(x, y, x + cell, y + cell)
            for x in np.arange(west, east, cell)
            for y in np.arange(south, north, cell)
        ]
        cut = shapely.get_parts(shapely.intersection(face, cells, grid_size=0.01))
        kept = [piece for piece in cut if piece.geom_type == "Polygon" and not piece.is_empty]
        pieces += kept
        whose += [None] * len(kept)
    return np.array(pieces), whose


def _give_gaps(
    faces: np.ndarray[Any, Any], owners: list[str | None], widest_gap: float, fixed: frozenset[str], grid: float
) -> None:
    tree = shapely.STRtree(faces)
    for _ in range(99):  # a gap may touch only other gaps at first
        given: dict[int, str] = {}  # all at once, or a gap would be eaten up from one end
        for i in [i for i, owner in enumerate(owners) if owner is None]:
            if shapely.area(faces[i]) <= widest_gap and (taker := _neighbour(i, faces, owners, tree, fixed, grid)):
                given[i] = taker
        for i, taker in given.items():
            owners[i] = taker
        if not given:
            return


def _neighbour(
    i: int,
    faces: np.ndarray[Any, Any],
    owners: Sequence[str | None],
    tree: shapely.STRtree,
    fixed: frozenset[str],
    grid: float,
) -> str | None:
    # Area within the grid's step, not length in common: the cells of a gap add vertices of their own.
    near = shapely.buffer(faces[i], grid)
    shared: dict[str, float] = {}
    for j in tree.query(near, predicate="intersects").tolist():
        if (owner := owners[j]) is not None and owner not in fixed:
            shared[owner] = shared.get(owner, 0.0) + shapely.area(shapely.intersection(near, faces[j]))
    return max(sorted(shared), key=shared.__getitem__) if any(shared.values()) else None


def _gather(faces: np.ndarray[Any, Any], owners: Sequence[str | None], grid: float) -> dict[str, Geometry]:
    names = sorted({owner for owner in owners if owner is not None})
    return {
        name: shapely.union_all(
            [face for face, owner in zip(faces, owners, strict=True) if owner == name],
            grid_size=grid,
        )
        for name in names
    }


def arcs(shapes: Mapping[str, Geometry], *, step: float, reach: float = 0.0) -> list[Arc]:
    """The boundaries of a partition cut at its junctions; ``step`` off a line lies its owner.

    Where only one side is owned there, the other is looked for ``reach`` away: across the sliver
    that rounding leaves between neighbours whose vertices differ.
    """
    names, parts = _parts(shapes)
    merged = shapely.line_merge(shapely.union_all([shapely.boundary(part) for part in parts]))
    lines = shapely.get_parts(merged)
    tree = shapely.STRtree(parts)
    sides: list[set[str]] = [set() for _ in lines]
    for distance in (step, -step, reach, -reach):
        lonely = [i for i, side in enumerate(sides) if distance and len(side) < 2]
        line, part = tree.query(_beside(lines[lonely], distance), predicate="within")
        for at, of in zip(line.tolist(), part.tolist(), strict=True):
            sides[lonely[at]].add(names[of])
    return [Arc(line, tuple(sorted(side))) for line, side in zip(lines, sides, strict=True)]


def _beside(lines: np.ndarray[Any, Any], step: float) -> np.ndarray[Any, Any]:
    points = []
    for line in lines:
        xy = shapely.get_coordinates(line)
        steps = np.diff(xy, axis=0)
        longest = int(np.argmax((steps**2).sum(axis=1)))
        dx, dy = steps[longest] / np.hypot(*steps[longest])
        points.append((xy[longest] + xy[longest + 1]) / 2 + np.array([-dy, dx]) * step)
    return np.asarray(shapely.points(np.array(points).reshape(-1, 2)))


def simplified(
    shapes: Mapping[str, Geometry],
    *,
    tolerance: Callable[[tuple[str, ...]], float],
    smallest: Callable[[tuple[str, ...]], float],
) -> dict[str, Geometry]:
    """The partition with every shared line simplified once, so that no border gapes.

    ``tolerance`` (m) and ``smallest`` (area in m2 of an island that is kept) by an arc's owners.
    """
    kept = []
    for arc in arcs(shapes, step=1.0):
        ring = arc.line.is_closed
        if ring and len(arc.owners) == 1 and shapely.area(shapely.Polygon(arc.line)) < smallest(arc.owners):
            continue
        line = shapely.simplify(arc.line, tolerance(arc.owners))
        # A small ring may collapse to a line and then has no inside left.
        kept.append(line if len(line.coords) > 3 or not ring else arc.line)
    names, parts = _parts(shapes)
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(kept, grid_size=1.0)]))
    return _gather(faces, _owners(faces, names, parts), 1.0)
