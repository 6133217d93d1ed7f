"""How the engine counts the sites of a view: by place, by square cell, by hexagon. Expressions only.

All of it is arithmetic of whole numbers on `x` and `y` (see schema.GRID), so that every engine, and Python,
puts a place into the same cell.
"""

from __future__ import annotations

import math
from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from events.engines.schema import GRID
from events.store.asking import SLOTS
from geo.mercator import Box

BY_NUMBER = 1 << 31
"""More than any place's number: a count and a number are packed into one whole number."""

Numbers = dict[str, int]
"""What takes the place of asking.SLOTS in a translated question."""


def numbers(box: Box, *, cells_across: int = 1, hexagon: int = 1) -> Numbers:
    """A view in whole numbers. cells_across: a power of two. hexagon: width in steps of GRID."""
    edges = {edge: round(getattr(box, edge) * GRID) for edge in ("west", "north", "east", "south")}
    return edges | {"shift": shift(cells_across), "width": hexagon, "height": row_height(hexagon)}


def shift(cells_across: int) -> int:
    """How many bits of x and y lie within a cell of a grid that divides the world so many times, a power of two."""
    return (GRID // cells_across).bit_length() - 1


def row_height(width: int) -> int:
    """Twice the distance between two rows of hexagons of a width, in the same steps."""
    return max(1, round(width * math.sqrt(3)))


def hexagon_of(*, x: int, y: int, width: int) -> tuple[int, int]:
    """The hexagon (pointed up, `width` steps from side to side) that a point lies in, as `col` and `row`.

    Its middle lies at x = col * width / 2 and y = row * row_height(width) / 2; col and row are both even or
    both odd. A point on the edge belongs to the even one.
    """
    height = row_height(width)
    a, b = 2 * x // width, 2 * y // height
    even = (a + 1) // 2 * 2, (b + 1) // 2 * 2
    odd = a // 2 * 2 + 1, b // 2 * 2 + 1

    def away(cell: tuple[int, int]) -> int:
        return (2 * x - cell[0] * width) ** 2 + (2 * y - cell[1] * height) ** 2

    return even if away(even) <= away(odd) else odd


def axial(*, col: int, row: int) -> tuple[int, int]:
    """The axial coordinates q and r of a hexagon."""
    return (col - row) // 2, row


def cells(sites: ir.Table, places: ir.Table) -> ir.Table:
    """The places of events with one place, by cell: see `Gridded.cells`."""
    located = _located(_alone(sites).group_by("place").aggregate(n=_.count()), places, *_CELL)
    # The fullest place, the one of the lowest number first: no engine breaks that tie by chance.
    found = located.group_by("cx", "cy", "area").aggregate(
        n_places=_.count(), packed=(_.n.cast("int64") * BY_NUMBER + (BY_NUMBER - 1 - _.num)).max(),
        south=_.lat.min(), west=_.lon.min(), north=_.lat.max(), east=_.lon.max(),
    )  # fmt: skip
    return found.mutate(place=BY_NUMBER - 1 - _.packed % BY_NUMBER).drop("packed")


def cell_kinds(sites: ir.Table, places: ir.Table) -> ir.Table:
    """How many events with one place each cell has, by sides and vagueness: `cx`, `cy`, `area`, those and `n`."""
    kinds = _alone(sites).select("place", "sides", "vagueness")
    placed = _in_cells(places).select("num", "cx", "cy", "area")
    located = kinds.inner_join(placed, kinds.place == placed.num)
    return located.group_by("cx", "cy", "area", "sides", "vagueness").aggregate(n=_.count())


def cell_places(sites: ir.Table, places: ir.Table) -> ir.Table:
    """The places of each cell: `cx`, `cy`, `area`, `id` and `n`."""
    by_place = _alone(sites).group_by("place").aggregate(n=_.count())
    return _located(by_place, places, "id", "area").select("cx", "cy", "area", "id", "n")


def spread(sites: ir.Table, _places: ir.Table) -> ir.Table:
    """Events told of several places at once, a row an event and place: see `Gridded.spread`."""
    return in_view(sites).filter(_.n_places > 1).select("event", "place", "sides", "vagueness")


def hexagons(sites: ir.Table, places: ir.Table) -> ir.Table:
    """Events with one place by hexagon: see `Gridded.hexagons`."""
    by_place = _alone(sites).group_by("place").aggregate(n=_.count(), vague=(_.vagueness > 0).sum())
    located = _in_hexagons(_located(by_place, places, "x", "y", "lat", "lon", "area", "num"))
    found = located.group_by("col", "row", "area").aggregate(
        n=_.n.sum(), vague=_.vague.sum(), n_places=_.count(),
        packed=(_.n.cast("int64") * BY_NUMBER + (BY_NUMBER - 1 - _.num)).max(),
        south=_.lat.min(), west=_.lon.min(), north=_.lat.max(), east=_.lon.max(),
    )  # fmt: skip
    first = places.select("num", "id", "name_en", "name_ar")
    found = found.mutate(fullest=BY_NUMBER - 1 - _.packed % BY_NUMBER).drop("packed")
    return found.inner_join(first, found.fullest == first.num).drop("num", "fullest")


def hexagon_places(sites: ir.Table, places: ir.Table) -> ir.Table:
    """The places of each hexagon: `col`, `row`, `area`, `id` and `n`."""
    by_place = _alone(sites).group_by("place").aggregate(n=_.count())
    located = _in_hexagons(_located(by_place, places, "x", "y", "area", "id"))
    return located.select("col", "row", "area", "id", "n")


def heat(sites: ir.Table, places: ir.Table) -> ir.Table:
    """Events with one place by cell, and by how far around they may lie: see `Gridded.heat`."""
    kinds = _alone(sites).group_by("place", "vagueness").aggregate(n=_.count())
    located = _located(kinds, places, "radius_km", "area")
    spreads = ibis.cases((_.vagueness > 0, _.radius_km.ceil().cast("int64")), else_=0)
    return located.mutate(km=spreads).group_by("cx", "cy", "area", "vagueness", "km").aggregate(n=_.n.sum())


_CELL = ("num", "lat", "lon", "area")


def in_view(sites: ir.Table) -> ir.Table:
    """The sites within the view's box."""
    across, down = _.x.between(SLOTS["west"], SLOTS["east"]), _.y.between(SLOTS["north"], SLOTS["south"])
    return sites.filter(across, down)


def _alone(sites: ir.Table) -> ir.Table:
    return in_view(sites).filter(_.n_places == 1)


def _in_cells(places: ir.Table) -> ir.Table:
    return places.mutate(cx=_.x >> SLOTS["shift"], cy=_.y >> SLOTS["shift"])


def _located(counted: ir.Table, places: ir.Table, *columns: str) -> ir.Table:
    """Counts by place, each with its cell and columns of its place."""
    placed = _in_cells(places).select("cx", "cy", *columns, key=_.num)
    return counted.inner_join(placed, counted.place == placed.key).drop("key")


def _in_hexagons(located: ir.Table) -> ir.Table:
    """`col` and `row` of each: the same steps as `hexagon_of`."""
    width, height = SLOTS["width"], SLOTS["height"]
    doubled = located.mutate(x2=_.x.cast("int64") * 2, y2=_.y.cast("int64") * 2)
    lattice = doubled.mutate(a=(_.x2 // width).cast("int64"), b=(_.y2 // height).cast("int64"))
    near = lattice.mutate(
        col0=(_.a + 1) // 2 * 2, row0=(_.b + 1) // 2 * 2, col1=_.a // 2 * 2 + 1, row1=_.b // 2 * 2 + 1
    )

    def away(col: Any, row: Any) -> Any:
        across, down = _.x2 - col * width, _.y2 - row * height
        return across * across + down * down

    far = near.mutate(away0=away(_.col0, _.row0), away1=away(_.col1, _.row1))
    nearer = far.away0 <= far.away1
    return far.mutate(
        col=ibis.cases((nearer, far.col0), else_=far.col1), row=ibis.cases((nearer, far.row0), else_=far.row1)
    )
